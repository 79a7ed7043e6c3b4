/**
 * From a keystroke to fresh findings, of the cheap checks and of all, beside the bare parse of the same text; completion in a
 * long file; a large workspace.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EditingSession } from '@pollux/language-server/lsp';
import { modelText } from './editing-text.ts';
import type { WorkspaceFigures } from './editing-workspace.ts';
import { type BenchReport, median } from './report.ts';

const KEYSTROKES = 10;
const BETWEEN_KEYSTROKES = 30;
/** A person who looks up between two edits, in milliseconds. */
const REST = 200;
/** Somebody who types has been typing: until the code is compiled, times fall. */
const WARM_UP = 40;

export async function bench(): Promise<BenchReport> {
  const short = await measure(1000, 15);
  const long = await measure(5000, 9);
  const workspace = measureWorkspace();
  return {
    title: 'Editing: one character typed → findings of the new text',
    columns: ['', '1,000 lines', '5,000 lines', `${Math.round(workspace.lines / 1000)},000 lines, 200 files`],
    rows: [
      ['one-character edit → fresh cheap findings (ms)', short.edit.wall, long.edit.wall, workspace.edit],
      ['one-character edit, saved at once → all findings (ms)', short.saved.wall, long.saved.wall, workspace.saved],
      ['one-character edit, then rest → all findings (ms)', short.rested.wall, long.rested.wall, ''],
      ['the same where the whole file is parsed (ms)', short.whole.wall, long.whole.wall, ''],
      ['bare parse of the whole text (ms)', short.parse.wall, long.parse.wall, ''],
      ['work until cheap findings / work of the bare parse', short.ratio, long.ratio, ''],
      ['work until all findings / work of the bare parse', short.ratioOfAll, long.ratioOfAll, ''],
      [`work of ${KEYSTROKES} keystrokes / work of one edit`, short.burst, long.burst, ''],
      ['updates that the burst caused', short.updates, long.updates, ''],
      ['last keystroke of the burst → fresh cheap findings (ms)', short.afterBurst, long.afterBurst, ''],
      ['completion of a target (ms)', short.completion, long.completion, ''],
      ['opening: work until every file is checked (s)', '', '', workspace.open],
      ['opening: most memory of the process (MB)', '', '', workspace.memory],
    ],
    figures: {
      'edit.1000': short.edit.wall,
      'edit.5000': long.edit.wall,
      burst: Math.max(short.burst, long.burst),
      parse: Math.max(short.ratio, long.ratio),
      'all.1000': short.saved.wall,
      'all.5000': long.saved.wall,
      'parse.all': Math.max(short.ratioOfAll, long.ratioOfAll),
      'completion.5000': long.completion,
      'workspace.open': workspace.open,
      'workspace.memory': workspace.memory,
      'workspace.edit': workspace.edit,
    },
    notes: [
      'Cheap findings come after each keystroke: syntax, names, types, what lowering says. `edit.*`, `burst` and `parse` wait for these.',
      'The slow checks, which follow paths and loads, run 500 ms after the last update and on saving; until then what they found stays,',
      'moved with the text. `all.*` and `parse.all` wait for these too, without the 500 ms: each edit is saved at once.',
      `Medians after warming up; a burst is ${KEYSTROKES} keystrokes, ${BETWEEN_KEYSTROKES} ms apart, until the findings of the last one.`,
      'Work is CPU time of the whole process. An edit waits 40 ms and more for the next keystroke: the milliseconds include that wait.',
      'The file edited in the workspace is one that no other imports. Messages between editor and server (JSON over a pipe) are left out.',
    ],
  };
}

interface Effort {
  /** Milliseconds that passed. */
  readonly wall: number;
  /** Milliseconds of CPU time. */
  readonly work: number;
}

interface Figures {
  /** Until the cheap findings. */
  readonly edit: Effort;
  /** Until all findings, in one go, because the text was saved. */
  readonly saved: Effort;
  /** Until all findings, in their own time. */
  readonly rested: Effort;
  readonly whole: Effort;
  readonly parse: Effort;
  readonly ratio: number;
  readonly ratioOfAll: number;
  readonly burst: number;
  readonly updates: number;
  readonly afterBurst: number;
  readonly completion: number;
}

async function measure(lines: number, runs: number): Promise<Figures> {
  const text = modelText(lines);
  const session = await EditingSession.open(text);
  const findings = await session.checked();
  if (findings.length > 0) throw new Error(`The text has findings: ${findings[0]?.message}`);
  const middle = text.indexOf('attempts >= 3', text.length / 2) + 'attempts >= '.length;
  const packageName = text.indexOf('bench');
  const target = text.indexOf('Blocked', middle);
  const type = async (offset: number, character: string) => {
    session.edit(offset, 1, character);
    await session.quiet();
  };
  const save = async (character: string) => {
    session.edit(middle, 1, character);
    session.save();
    await session.rested();
  };
  const complete = async () => {
    const labels = await session.complete(target);
    if (!labels.includes('Shipped')) throw new Error('Completion does not know the states.');
  };
  const edits: Effort[] = [];
  const saves: Effort[] = [];
  const wholes: Effort[] = [];
  const parses: Effort[] = [];
  const completions: Effort[] = [];
  for (let run = -WARM_UP; run < runs; run++) {
    // What was put off by the last edit is not to be counted as the next one's.
    await session.checked();
    await rest(run < 0 ? 0 : REST);
    const edit = await measured(() => type(middle, String(4 + (run & 3))));
    const saved = await measured(() => save('9'));
    const parse = await measured(async () => session.parse(text));
    const whole = await measured(() => type(packageName, run & 1 ? 'b' : 'c'));
    const completion = await measured(complete);
    if (run < 0) continue;
    edits.push(edit);
    saves.push(saved);
    wholes.push(whole);
    parses.push(parse);
    completions.push(completion);
  }
  const edit = medianOf(edits);
  const parse = medianOf(parses);
  const saved = medianOf(saves);
  const rests: Effort[] = [];
  for (let run = 0; run < 3; run++) {
    await session.checked();
    const rested = async () => {
      await type(middle, String(4 + run));
      await session.rested();
    };
    rests.push(await measured(rested));
  }
  const bursts: Burst[] = [];
  for (let run = 0; run < 3; run++) bursts.push(await burst(session, (key) => session.edit(middle, 1, String(key))));
  return {
    edit,
    saved,
    rested: medianOf(rests),
    parse,
    whole: medianOf(wholes),
    ratio: edit.work / parse.work,
    ratioOfAll: saved.work / parse.work,
    burst: median(bursts.map(({ work }) => work)) / edit.work,
    updates: median(bursts.map(({ updates }) => updates)),
    afterBurst: median(bursts.map(({ wait }) => wait)),
    completion: medianOf(completions).wall,
  };
}

interface Burst {
  readonly work: number;
  readonly updates: number;
  /** From the last keystroke on. */
  readonly wait: number;
}

async function burst(session: EditingSession, strike: (key: number) => void): Promise<Burst> {
  await session.checked();
  await rest(REST);
  const before = session.updates;
  let last = 0;
  const { work } = await measured(async () => {
    for (let key = 0; key < KEYSTROKES; key++) {
      if (key > 0) await rest(BETWEEN_KEYSTROKES);
      last = performance.now();
      strike(key);
    }
    await session.quiet();
  });
  return { work, updates: session.updates - before, wait: performance.now() - last };
}

/** In a process of its own, so that neither its memory nor its work is mixed with what was measured before; with the extension's options. */
function measureWorkspace(): WorkspaceFigures {
  const script = fileURLToPath(new URL('./editing-workspace.ts', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, ['--max-semi-space-size=16', script], { encoding: 'utf8' }));
}

async function measured(work: () => Promise<unknown>): Promise<Effort> {
  const began = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - began, work: (user + system) / 1000 };
}

function medianOf(efforts: readonly Effort[]): Effort {
  return { wall: median(efforts.map(({ wall }) => wall)), work: median(efforts.map(({ work }) => work)) };
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
