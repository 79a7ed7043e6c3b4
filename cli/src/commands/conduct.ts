/** Carries an experiment out on threads while the terminal says how far it is, and prints what it says: the commands differ in the rest. */
import type { Experiment } from '@pollux/engine/simulation';
import { conductInWorkers } from '@pollux/runtime';
import { experimentLine, ProgressLine } from '../progress-line.ts';
import type { Format, Terminal } from '../terminal.ts';

interface Conducting<Answer> {
  readonly threads?: number | undefined;
  readonly format: Format;
  /** In words. */
  text(answer: Answer, cancelled: boolean): string;
}

export async function conduct<Answer>(
  experiment: Experiment<Answer>,
  { threads, format, text }: Conducting<Answer>,
  terminal: Terminal,
): Promise<{ readonly answer: Answer; readonly cancelled: boolean }> {
  const line = new ProgressLine(terminal);
  const answer = await conductInWorkers(experiment, {
    ...(threads === undefined ? {} : { threads }),
    signal: terminal.signal,
    onProgress: (progress) => line.show(experimentLine(progress)),
  });
  line.clear();
  const cancelled = terminal.signal.aborted;
  terminal.out(format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : text(answer, cancelled));
  return { answer, cancelled };
}
