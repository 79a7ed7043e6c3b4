/** From a keystroke to fresh findings, beside the bare parse of the same text; completion in a long file. */
import { EditingSession } from '@pollux/language-server/lsp';
import { modelText } from './editing-text.ts';
import { type BenchReport, median } from './report.ts';

const KEYSTROKES = 10;
const BETWEEN_KEYSTROKES = 30;
/** A person who looks up between two edits, in milliseconds. */
const REST = 200;

export async function bench(): Promise<BenchReport> {
  const short = await measure(1000, 15);
  const long = await measure(5000, 7);
  return {
    title: 'Editing: one character typed → findings of the new text',
    columns: ['', '1,000 lines', '5,000 lines'],
    rows: [
      ['one-character edit → fresh findings (ms)', short.edit, long.edit],
      ['bare parse of the same text, the limit (ms)', short.parse, long.parse],
      ['edit / bare parse', short.edit / short.parse, long.edit / long.parse],
      [`burst of ${KEYSTROKES} keystrokes, in single edits`, short.burst, long.burst],
      ['updates that the burst caused', short.updates, long.updates],
      ['completion of a target (ms)', short.completion, long.completion],
    ],
    figures: {
      'edit.1000': short.edit,
      'edit.5000': long.edit,
      burst: long.burst,
      parse: short.edit / short.parse,
      'completion.5000': long.completion,
    },
    notes: [
      `Medians after warming up; a burst is ${KEYSTROKES} keystrokes, ${BETWEEN_KEYSTROKES} ms apart, until the findings of the last one.`,
      'Messages between editor and server (JSON over a pipe) are left out.',
    ],
  };
}

interface Figures {
  readonly edit: number;
  readonly parse: number;
  readonly burst: number;
  readonly updates: number;
  readonly completion: number;
}

async function measure(lines: number, runs: number): Promise<Figures> {
  const text = modelText(lines);
  const session = await EditingSession.open(text);
  const findings = await session.checked();
  if (findings.length > 0) throw new Error(`The text has findings: ${findings[0]?.message}`);
  const middle = text.indexOf('attempts >= 3', text.length / 2) + 'attempts >= '.length;
  const edits: number[] = [];
  const parses: number[] = [];
  const completions: number[] = [];
  for (let run = -8; run < runs; run++) {
    await new Promise((resolve) => setTimeout(resolve, REST));
    const edit = await timed(async () => {
      session.edit(middle, 1, String(4 + (run & 3)));
      await session.quiet();
    });
    const parse = await timed(async () => session.parse(text));
    const target = text.indexOf('Blocked', middle);
    const completion = await timed(async () => {
      const labels = await session.complete(target);
      if (!labels.includes('Shipped')) throw new Error('Completion does not know the states.');
    });
    if (run < 0) continue;
    edits.push(edit);
    parses.push(parse);
    completions.push(completion);
  }
  const edit = median(edits);
  const before = session.updates;
  const burst = await timed(async () => {
    for (let key = 0; key < KEYSTROKES; key++) {
      session.edit(middle, 1, String(key));
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_KEYSTROKES));
    }
    await session.quiet();
  });
  const updates = session.updates - before;
  return { edit, parse: median(parses), burst: burst / edit, updates, completion: median(completions) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
