/** Which kinds of syntax node a measure is taken of, and how messages call them. */
import { type MeasurableKind, type MeasureDeclaration, poolNames } from '@pollux/engine/property';
import type { AstNode } from 'langium';
import { isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';

/** The kinds of syntax node that stand for each kind of the engine. */
const nodesOf: Readonly<Record<MeasurableKind, readonly string[]>> = {
  interaction: ['Interaction'],
  operation: ['Operation'],
  component: ['Component'],
  node: ['Node'],
  state: ['State', 'Final'],
  machine: ['Machine'],
  resource: ['Resource'],
  activity: ['Activity'],
  topic: ['Topic'],
  // Named behind their component.
  pool: [],
  action: ['ActionNode', 'StructuredNode', 'AcceptNode', 'AcquireNode', 'SendNode', 'FlowFinal'],
};

export function isMeasuredOf(measure: MeasureDeclaration, element: AstNode): boolean {
  if (isBuiltInName(element)) return measure.appliesTo.includes('pool') && isPoolName(element.name);
  return measure.appliesTo.some((kind) => nodesOf[kind].includes(element.$type));
}

function isPoolName(name: string): boolean {
  return poolNames.some((each) => each === name);
}

/** `an interaction or an operation`; empty for what is measured of the whole. */
export function kindsOf(measure: MeasureDeclaration): string {
  const names = measure.appliesTo.map((kind) =>
    kind === 'pool'
      ? `the ${poolNames.map((name) => `\`${name}\``).join('/')} of a component`
      : kindName(nodesOf[kind][0] ?? kind),
  );
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}
