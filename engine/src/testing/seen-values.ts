/** What a condition looked at: the values of its variables and where the machines are, as a person would say it. */
import { attempt, compileExpression, type Frame, type Scope, valueText } from '../expressions/index.ts';
import type { ElementId, Expression } from '../model/index.ts';

interface Looked {
  readonly variables: Map<ElementId, Extract<Expression, { kind: 'variable' }>>;
  readonly lifelines: Set<ElementId>;
  asksForState: boolean;
}

export function seenValues(
  condition: Expression,
  scope: Scope,
  frame: Frame,
  names: {
    variable(id: ElementId): string;
    /** Of the machine that a lifeline stands for, or of the one under test. */
    whereItIs(lifeline: ElementId | undefined): string;
  },
): string {
  const looked: Looked = { variables: new Map(), lifelines: new Set(), asksForState: false };
  look(condition, looked);
  const values = [...looked.variables.values()].map((variable) => {
    const value = attempt(() => compileExpression(variable, scope)(frame));
    const text = 'problem' in value ? 'unknown' : valueText(value.value, variable.type, scope.dataTypes);
    return `${names.variable(variable.variable)} == ${text === 'null' ? 'nothing' : text}`;
  });
  const places = [
    ...(looked.asksForState ? [names.whereItIs(undefined)] : []),
    ...[...looked.lifelines].map((lifeline) => names.whereItIs(lifeline)),
  ];
  return [...places, ...values].join(', ');
}

function look(part: unknown, looked: Looked): void {
  if (Array.isArray(part)) for (const item of part) look(item, looked);
  else if (typeof part === 'object' && part !== null) {
    const node = part as Partial<Expression>;
    if (node.kind === 'variable' && node.variable !== undefined && node.type !== undefined) {
      looked.variables.set(node.variable, part as Extract<Expression, { kind: 'variable' }>);
    } else if (node.kind === 'in') {
      if (node.lifeline === undefined) looked.asksForState = true;
      else looked.lifelines.add(node.lifeline);
    } else for (const [key, item] of Object.entries(part)) if (key !== 'place' && key !== 'type') look(item, looked);
  }
}
