/** `pollux freeze FILE --twin NAME [RECORDINGS…]`: writes down beside the model what a twin observes, so that runs can be repeated. */
import { relative, resolve } from 'node:path';
import type { Model, Twin } from '@pollux/engine/model';
import { formatSeconds } from '@pollux/engine/numeric';
import { type Frozen, freeze as freezeArrivals, observeRecordings, recordingsOfTwin } from '@pollux/runtime';
import { type ExitCode, exitCode, UsageError } from '../exit-code.ts';
import { ProgressLine } from '../progress-line.ts';
import { named } from '../read-model.ts';
import { readableRecording } from '../readable-recording.ts';
import type { Format, Terminal } from '../terminal.ts';
import { counted } from '../text/figures.ts';
import { runnableModel } from './runnable-model.ts';

export interface FreezeOptions {
  readonly twin?: string;
  readonly format: Format;
}

export async function freeze(
  path: string,
  recordings: readonly string[],
  { twin: wanted, format }: FreezeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const model = await runnableModel(path, format, terminal);
  if (model === null) return exitCode.problems;
  const twin = named(model.twins, wanted, 'twin', '--twin');
  await Promise.all(recordings.map((recording) => readableRecording(recording, terminal.folder)));
  const paths =
    recordings.length > 0
      ? recordings.map((recording) => resolve(terminal.folder, recording))
      : await recordingsOfTwin(model, twin);
  if (paths.length === 0) {
    throw new UsageError(
      `${twin.name} names no recording that is there. Name one: pollux freeze ${path} --twin ${twin.name} RECORDING`,
    );
  }
  const line = new ProgressLine(terminal);
  const { arrivals } = await observeRecordings(model, twin, paths, {
    signal: terminal.signal,
    onProgress: (observations) => line.show(`reading: ${counted(observations, 'observation')}`),
  });
  line.clear();
  if (terminal.signal.aborted) return exitCode.undecided;
  const frozen = await freezeArrivals(model.uri, twin.name, arrivals);
  if (frozen === null) {
    terminal.error(`pollux: ${twin.name} saw no interaction of the model begin, so nothing was frozen.\n`);
    return exitCode.undecided;
  }
  terminal.out(format === 'json' ? frozenJson(frozen, twin, terminal) : frozenText(frozen, twin, model, terminal));
  return exitCode.fine;
}

function frozenText(
  { path, sha256, arrivals }: Frozen,
  twin: Twin,
  { interactions }: Model,
  terminal: Terminal,
): string {
  const rows = [...arrivals].map(([behaviour, { times, length }]) => {
    const name = interactions.find(({ id }) => id === behaviour)?.name ?? behaviour;
    return `  ${name}: ${counted(times.length, 'arrival')} in ${formatSeconds(length / 1e6)}`;
  });
  return `${twin.name}\n${rows.join('\n')}\nfrozen in ${relative(terminal.folder, path)} (sha256 ${sha256})\n`;
}

function frozenJson({ path, sha256, arrivals }: Frozen, twin: Twin, terminal: Terminal): string {
  const behaviours = [...arrivals].map(([element, { times, length, begins, share }]) => {
    return { element, arrivals: times.length, begins, length_s: length / 1e6, share };
  });
  const shown = { schema: 1, twin: twin.id, file: relative(terminal.folder, path), sha256, behaviours };
  return `${JSON.stringify(shown, null, 2)}\n`;
}
