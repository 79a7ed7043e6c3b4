/** What `verify` finds, in SARIF 2.1.0: each kind of finding a rule, each shortest way a code flow. Knows no machine. */
import { type Explored, type Finding, type FindingKind, findingSeverity } from '@pollux/engine/verification';
import type { ElementNames } from './element-names.ts';
import { wayText } from './exploration.ts';
import { levelOf, resultOf, sarifLog } from './sarif.ts';

const meanings: Readonly<Record<FindingKind, string>> = {
  assertion: 'What the machine asserts of itself does not hold.',
  error: 'A run-time error ends the instance.',
  deadlock: 'Nothing can happen any more that changes anything, short of an end.',
  livelock: 'The machine can go on for ever on its own, without any time passing.',
  race: 'The result of one event depends on the order in which regions go on.',
  order: 'Where the machine comes to rest depends on which of two events at the same moment is first.',
  competing: 'Several transitions of one state are enabled; any may be taken.',
  unreachable: 'No way leads to the state.',
  discard: 'An event is discarded in a state.',
};

export function verifiedSarif(results: Iterable<Explored>, names: ElementNames, folder: string): string {
  const kinds = Object.keys(meanings) as FindingKind[];
  const rules = kinds.map((kind) => ({
    id: kind,
    shortDescription: { text: meanings[kind] },
    defaultConfiguration: { level: levelOf(findingSeverity[kind]) },
  }));
  const found = [...results].flatMap(({ findings }) => findings);
  const told = found.map((finding) => ({
    ...resultOf({ ...finding, rule: finding.kind }, kinds, folder),
    ...flowOf(finding, names),
  }));
  return sarifLog(rules, told);
}

function flowOf({ trace }: Finding, names: ElementNames): object {
  if (trace.length === 0) return {};
  const locations = trace.map((step) => ({ location: { message: { text: wayText(step, names) } } }));
  return { codeFlows: [{ threadFlows: [{ locations }] }] };
}
