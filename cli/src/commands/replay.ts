/** `pollux replay FILE --twin NAME RECORDINGS…`: holds recorded telemetry against the model. */
import { resolve } from 'node:path';
import { type ReplayReport, replay as replayRecordings } from '@pollux/runtime';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { ProgressLine } from '../progress-line.ts';
import { named } from '../read-model.ts';
import { readableRecording } from '../readable-recording.ts';
import type { Format, Terminal } from '../terminal.ts';
import { counted } from '../text/figures.ts';
import { paintFor } from '../text/paint.ts';
import { replayText } from '../text/replay.ts';
import { runnableModel } from './runnable-model.ts';

export interface ReplayOptions {
  readonly twin?: string;
  readonly simulation: boolean;
  readonly format: Format;
}

const exitCodes: Readonly<Record<ReplayReport['verdict'], ExitCode>> = {
  conforms: exitCode.fine,
  violates: exitCode.problems,
  undecided: exitCode.undecided,
};

export async function replay(
  path: string,
  recordings: readonly string[],
  options: ReplayOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const model = await runnableModel(path, options.format, terminal);
  if (model === null) return exitCode.problems;
  const twin = named(model.twins, options.twin, 'twin', '--twin');
  await Promise.all(recordings.map((recording) => readableRecording(recording, terminal.folder)));
  const line = new ProgressLine(terminal);
  const report = await replayRecordings(
    model,
    twin.id,
    recordings.map((recording) => resolve(terminal.folder, recording)),
    {
      simulation: options.simulation,
      signal: terminal.signal,
      onProgress: ({ observations, simulating }) =>
        line.show(
          simulating
            ? `simulating ${twin.name} at the observed load`
            : `replaying: ${counted(observations, 'observation')}`,
        ),
    },
  );
  line.clear();
  const asGiven = new Map(report.files.map(({ path: absolute }, index) => [absolute, recordings[index] ?? absolute]));
  const renamed = <T extends { readonly path: string }>(item: T): T => ({
    ...item,
    path: asGiven.get(item.path) ?? item.path,
  });
  const shown = { ...report, files: report.files.map(renamed), problems: report.problems.map(renamed) };
  terminal.out(
    options.format === 'json'
      ? `${JSON.stringify(shown, null, 2)}\n`
      : replayText(shown, model, terminal.folder, paintFor(terminal.colours)),
  );
  return exitCodes[report.verdict];
}
