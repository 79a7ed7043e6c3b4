/** Lists every `?` that a scenario would run into: such a model draws and recognises, but cannot be simulated yet. */
import type { Activity, Distribution, ElementId, Interaction, Model, Scenario } from '../model/index.ts';
import { loadsOf } from './loads-of.ts';
import type { Finding } from './result.ts';

export function missingValues(
  model: Model,
  scenario: Scenario,
  interactions: readonly Interaction[],
  activities: readonly Activity[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const look = (value: unknown, element: ElementId, what: string): void => {
    if (!holdsUnknown(value)) return;
    findings.push({
      code: 'missing-value',
      severity: 'error',
      element,
      message: `${what} is not known yet (\`?\`): simulation needs it.`,
    });
  };
  for (const { load } of loadsOf(scenario)) look([load.arrivals, load.arguments], load.id, 'A value of this load');
  const called = new Set<ElementId>();
  const machines = new Set<ElementId>();
  for (const interaction of interactions) {
    look([interaction.body, interaction.variables], interaction.id, `A value in ${interaction.name}`);
    collectSignatures(interaction.body, called);
    for (const { represents } of interaction.lifelines) {
      if (represents.kind === 'machine') machines.add(represents.machine);
    }
  }
  for (const activity of activities) look(activity, activity.id, `A value in ${activity.name}`);
  for (const component of model.components) {
    for (const operation of component.operations) {
      if (!called.has(operation.id)) continue;
      const name = `${component.name}.${operation.name}`;
      look(operation.takes, operation.id, `What ${name} takes`);
      look(operation.delays, operation.id, `How long ${name} delays`);
      look(operation.fails, operation.id, `How ${name} fails`);
      look(operation.result, operation.id, `What ${name} returns`);
    }
  }
  for (const machine of model.machines)
    if (machines.has(machine.id)) look(machine, machine.id, `A value in ${machine.name}`);
  return findings;
}

function collectSignatures(fragments: Interaction['body'], into: Set<ElementId>): void {
  for (const fragment of fragments) {
    if (fragment.kind === 'message') {
      into.add(fragment.signature);
      collectSignatures(fragment.execution, into);
    } else if ('operands' in fragment) for (const operand of fragment.operands) collectSignatures(operand.body, into);
  }
}

/** Whether an `unknown` expression or distribution stands anywhere inside; the types of values are not looked at. */
function holdsUnknown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  const node = value as Partial<Distribution> & Record<string, unknown>;
  if (node.kind === 'unknown') return true;
  return Object.entries(node).some(([key, part]) => key !== 'type' && key !== 'returns' && holdsUnknown(part));
}
