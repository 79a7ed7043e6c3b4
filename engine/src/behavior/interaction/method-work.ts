/** The interaction that does what a method says, told from all others by what its id ends with. */
import type { ElementId } from '../../model/index.ts';

const METHOD_WORK = '/method/work';

export function methodWorkOf(operation: ElementId): ElementId {
  return `${operation}${METHOD_WORK}`;
}

export function isMethodWork(interaction: ElementId): boolean {
  return interaction.endsWith(METHOD_WORK);
}
