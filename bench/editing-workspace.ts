/** A process of its own that opens a large workspace, edits a file that no other imports, and prints what that took. */
import { EditingSession, keepMemorySteady } from '@pollux/language-server/lsp';
import { workspaceFile, workspaceTexts } from './editing-text.ts';
import { median } from './report.ts';

const FILES = 200;
const LINES = 500;
const EDITS = 11;
const REST = 200;

export interface WorkspaceFigures {
  readonly lines: number;
  /** Seconds of work until every file is checked. */
  readonly open: number;
  /** The most memory that the whole process held, in megabytes. */
  readonly memory: number;
  /** Milliseconds until the cheap findings. */
  readonly edit: number;
  /** Milliseconds until all findings, where the text is saved at once. */
  readonly saved: number;
}

keepMemorySteady();
const texts = workspaceTexts(FILES, LINES);
const leaf = workspaceFile(FILES - 1);
const text = texts.get(leaf) ?? '';
const began = process.cpuUsage();
const session = await EditingSession.openWorkspace(texts, leaf);
const { user, system } = process.cpuUsage(began);
const memory = process.resourceUsage().maxRSS / 1000;
const [finding] = await session.checkedAll();
if (finding !== undefined) throw new Error(`The workspace has findings: ${finding.message}`);

const middle = text.indexOf('attempts >= 3', text.length / 2) + 'attempts >= '.length;
const edits: number[] = [];
const saves: number[] = [];
for (let run = -4; run < EDITS; run++) {
  await session.checked();
  await new Promise((resolve) => setTimeout(resolve, REST));
  const start = performance.now();
  session.edit(middle, 1, String(4 + (run & 3)));
  await session.quiet();
  if (run >= 0) edits.push(performance.now() - start);
  const again = performance.now();
  session.edit(middle, 1, '9');
  session.save();
  await session.rested();
  if (run >= 0) saves.push(performance.now() - again);
}
const lines = [...texts.values()].reduce((sum, item) => sum + item.split('\n').length, 0);
const figures: WorkspaceFigures = {
  lines,
  open: (user + system) / 1e6,
  memory,
  edit: median(edits),
  saved: median(saves),
};
console.log(JSON.stringify(figures));
