/** Calibrations: learned numbers that replace the model's own for one deployment. */
import type { Calibration, LearnedValue } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';
import { readQuantity } from '../quantities/units.ts';
import { contentOf, idOf } from './element-ids.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { lowerCost } from './operations.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { versionsOf, whyNotDeployed } from './replicas.ts';

export function lowerCalibration(lowering: Lowering, node: ast.Calibration): Calibration | undefined {
  const deployment = node.deployment?.ref;
  const period = lowerPeriod(lowering, node);
  reportRepeatedClauses(lowering, node.entries, (entry) => `${contentOf(entry.subject)} ${entry.version ?? ''}`.trim());
  const values = node.entries.flatMap((entry) => lowerLearned(lowering, entry, deployment));
  if (deployment === undefined) return undefined;
  const element = { ...elementOf(lowering, node, 'deployment'), name: deployment.name };
  return { ...element, kind: 'calibration', deployment: idOf(deployment), ...period, values };
}

function lowerPeriod(lowering: Lowering, node: ast.Calibration): Pick<Calibration, 'period'> {
  const [from, to] = [dateOf(lowering, node, 'from'), dateOf(lowering, node, 'to')];
  if (from === undefined || to === undefined) return {};
  if (from > to) {
    const message = `The period ends before it begins. Write \`from ${to} to ${from}\`.`;
    lowering.report('out-of-range', placeOfProperty(lowering, node, 'to'), message);
    return {};
  }
  return { period: { from, to } };
}

/** The date as ISO 8601 writes it, so that texts compare as days do. */
function dateOf(lowering: Lowering, node: ast.Calibration, property: 'from' | 'to'): string | undefined {
  const text = node[property];
  if (text === undefined) return undefined;
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3])];
  if (parts !== null && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)) return text;
  const message = `\`${text}\` is no day. Write year, month and day: \`2026-11-20\`.`;
  lowering.report('out-of-range', placeOfProperty(lowering, node, property), message);
  return undefined;
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function lowerLearned(
  lowering: Lowering,
  node: ast.LearnedValue,
  deployment: ast.Deployment | undefined,
): LearnedValue[] {
  const subject = node.subject?.steps.at(-1)?.to?.ref;
  const operation = ast.isOperation(subject) ? subject : undefined;
  const cost = node.clauses.length === 0 ? undefined : lowerCost(lowering, operation, node.clauses);
  const share = node.share === undefined ? undefined : lowerLearnedShare(lowering, node, node.share);
  if (subject === undefined) return [];
  const problem = wrongSubject(node, subject);
  if (problem !== undefined) {
    lowering.report('wrong-kind', placeOf(lowering, node.subject), problem);
    return [];
  }
  if (operation !== undefined) checkOperation(lowering, node, operation, deployment);
  return [
    {
      ...elementOf(lowering, node, 'subject'),
      kind: 'learned',
      subject: idOf(subject),
      ...(node.version === undefined ? {} : { version: node.version }),
      ...(cost === undefined ? {} : { cost }),
      ...(share === undefined ? {} : { share }),
    },
  ];
}

function lowerLearnedShare(lowering: Lowering, node: ast.LearnedValue, text: string): number | undefined {
  const quantity = readQuantity(text);
  if (quantity.kind === 'known' && quantity.dimension === 'Percent' && quantity.value <= 1) return quantity.value;
  const message = 'What is learned of a branch is its share: write a percentage from 0 % to 100 %.';
  lowering.report('out-of-range', placeOfProperty(lowering, node, 'share'), message);
  return undefined;
}

/** Costs are learned of operations, shares of branches. */
function wrongSubject(node: ast.LearnedValue, subject: ast.Named): string | undefined {
  const name = contentOf(node.subject);
  const is = `\`${name}\` is ${isBuiltInName(subject) ? 'a property: name its operation' : kindName(subject)}`;
  if (node.share === undefined) {
    return ast.isOperation(subject) ? undefined : `Times and failures are learned of operations, but ${is}.`;
  }
  if (ast.isCombinedFragment(subject)) {
    const isWeighted = subject.operands.some((operand) => !ast.isPlainOperand(operand) && operand.weight !== undefined);
    return isWeighted ? undefined : `\`${name}\` has no share: write one at its first operand, \`alt 50 % { … }\`.`;
  }
  const before = node.subject.steps.at(-2)?.to?.ref;
  if (ast.isChoice(before) || ast.isJunction(before) || ast.isDecision(before)) return undefined;
  return `A share is learned of a fragment or of a branch (\`Order.Risk.Review 3 %\`), but ${is}.`;
}

function checkOperation(
  lowering: Lowering,
  node: ast.LearnedValue,
  operation: ast.Operation,
  deployment: ast.Deployment | undefined,
): void {
  const component = operation.$container;
  const place = placeOf(lowering, node.subject);
  for (const clause of node.clauses) {
    if (!ast.isMethod(clause) && !ast.isPriority(clause)) continue;
    const message = `A ${clause.$type.toLowerCase()} is part of the model and is not learned. Remove it.`;
    lowering.report('wrong-kind', placeOf(lowering, clause), message);
  }
  if (!ast.isComponent(component) || deployment === undefined) return;
  const why = whyNotDeployed(component, deployment, 'is calibrated');
  if (why !== undefined) lowering.report('not-deployed', place, why);
  const versions = versionsOf(component, deployment);
  if (node.version === undefined || versions.includes(node.version)) return;
  const known = versions.length === 0 ? '' : ` There are ${versions.map((version) => `"${version}"`).join(', ')}.`;
  const message = `There is no version "${node.version}" of \`${component.name}\`.${known}`;
  lowering.report('unresolved-name', placeOfProperty(lowering, node, 'version'), message);
}
