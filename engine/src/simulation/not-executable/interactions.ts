/** What interactions say that is not generated, or not recognised, yet. */
import type { ElementId, Fragment, Interaction, Model } from '../../model/index.ts';
import { inActions } from './actions.ts';
import { type NotExecutable, refused, unreadRecordings } from './entry.ts';
import { comesBack, usedBy } from './leads-to.ts';

export function inInteraction(interaction: Interaction, model: Model): readonly NotExecutable[] {
  const found: NotExecutable[] = [...unreadRecordings([interaction.variables, interaction.lifelines], interaction)];
  const visit = (fragments: readonly Fragment[]): void => {
    for (const fragment of fragments) {
      found.push(...inFragment(fragment, interaction, model));
      if ('execution' in fragment) visit(fragment.execution);
      if (fragment.kind === 'message') visit(fragment.fallback ?? []);
      if ('operands' in fragment) for (const { body } of fragment.operands) visit(body);
    }
  };
  visit(interaction.body);
  return found;
}

/** What holds other fragments is looked into by the caller. */
function inFragment(fragment: Fragment, interaction: Interaction, model: Model): readonly NotExecutable[] {
  switch (fragment.kind) {
    case 'neg':
    case 'assert':
    case 'ignore':
    case 'consider':
      return [{ ...refused(fragment.kind, fragment, properties(fragment.kind, interaction.name)), by: 'both' }];
    case 'ref': {
      if (!refersTo(fragment.interaction, interaction.id, model)) return [];
      const message = `${interaction.name} refers to itself here, which is not executed yet. A \`loop\` can take the place of that.`;
      return [{ ...refused('ref', fragment, message), by: 'both' }];
    }
    case 'consumer': {
      if (!comesBack(fragment, model)) return [];
      const message = `What ${interaction.name} does on this publication publishes to the same topic again, which is not executed yet. It can stand in an interaction of its own that is the \`method\` of the operation called; failed attempts are made again by \`retry\`.`;
      return [refused('on', fragment, message)];
    }
    case 'message':
      return unreadRecordings(fragment.arguments, fragment);
    case 'action':
      return [...inActions([fragment.action], fragment, 'interaction'), ...unreadRecordings(fragment.action, fragment)];
    case 'work':
      return unreadRecordings(fragment.time, fragment);
    case 'return':
      return unreadRecordings(fragment.value, fragment);
    default:
      return [];
  }
}

function properties(kind: string, name: string): string {
  return `\`${kind}\` makes ${name} a property, which is neither simulated nor judged in telemetry yet. What is to be run can stand in an interaction without it.`;
}

/** Whether the one uses the other, directly or through others. */
function refersTo(from: ElementId, to: ElementId, model: Model, seen = new Set<ElementId>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const interaction = model.interactions.find(({ id }) => id === from);
  return interaction !== undefined && usedBy(interaction.body).some((used) => refersTo(used, to, model, seen));
}
