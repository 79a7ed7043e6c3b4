/** Elements that a test names as they are declared, in a machine that may have inherited them under names of its own. */
import type { CompiledMachine } from '../behavior/index.ts';
import type { ElementId, Model } from '../model/index.ts';

export function idsInMachine(model: Model, { id: machine, vertexIndex, variables }: CompiledMachine) {
  const generals: ElementId[] = [];
  for (let at = parentOf(model, machine); at !== undefined && !generals.includes(at); at = parentOf(model, at)) {
    generals.push(at);
  }
  const slots = new Map(variables.map((variable, slot) => [variable.id, slot]));
  const knows = (id: ElementId): boolean => vertexIndex.has(id) || slots.has(id);
  const own = (id: ElementId): ElementId => {
    if (knows(id)) return id;
    const inherited = generals.map((general) => (id.startsWith(general) ? machine + id.slice(general.length) : id));
    return inherited.find(knows) ?? id;
  };
  return {
    vertex: (id: ElementId): number | undefined => vertexIndex.get(own(id)),
    slot: (id: ElementId): number | undefined => slots.get(own(id)),
  };
}

function parentOf(model: Model, machine: ElementId): ElementId | undefined {
  return model.machines.find(({ id }) => id === machine)?.extends;
}
