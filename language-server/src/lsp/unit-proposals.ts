/** Units behind a number. */
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

const times = ['ms', 's', 'min', 'h', 'd', 'us', 'ns'];
const rates = ['/s', '/min', '/h', '/d'];

/** Words with plain numbers behind them. */
const plainNumbers: ReadonlySet<string> = new Set(
  'cores replications seed by on loop threads queue connections retry partitions to burst most rolling priority'.split(
    ' ',
  ),
);

const unitsBehind: Readonly<Record<string, readonly string[]>> = {
  at: [...rates, ...times],
  ramp: rates,
  memory: ['GiB', 'MiB'],
  bandwidth: ['Mbps', 'Gbps', 'kbps'],
  loss: ['%'],
  cpu: ['%'],
  budget: ['%'],
  breaker: ['%'],
  canary: ['%'],
  sampled: ['%'],
  cache: ['%'],
};

/** After a keyword that wants a rate, a size or a plain number, those; else times and percent. */
export function unitProposals(document: TextDocument, position: Position): CompletionItem[] {
  const before = document.getText({ start: { line: position.line, character: 0 }, end: position });
  const found = /(?:^|[\s(,:<>=[])(\d+(?:\.\d+)?)( ?)(\/?)([A-Za-z%]*)$/.exec(before);
  const word = /(\w+)\s*$/.exec(before.slice(0, found?.index ?? 0))?.[1] ?? '';
  if (found === null || plainNumbers.has(word)) return [];
  const [, digits = '', blank = '', slash = '', typed = ''] = found;
  if (blank === '' && slash === '' && typed === '') return [];
  const units = slash !== '' ? rates : (unitsBehind[word] ?? [...times, '%']);
  const start = { line: position.line, character: position.character - blank.length - slash.length - typed.length };
  return units
    .filter((unit) => unit.startsWith(`${slash}${typed}`))
    .map((unit, index) => ({
      label: `${digits}${unit.startsWith('/') ? '' : ' '}${unit}`,
      kind: CompletionItemKind.Unit,
      sortText: String(index),
      filterText: `${blank}${slash}${typed}${unit}`,
      textEdit: { range: { start, end: position }, newText: `${unit.startsWith('/') ? '' : ' '}${unit}` },
    }));
}
