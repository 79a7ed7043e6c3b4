/** Where the names in a machine's expressions live: its slots, the event being handled, its states. */
import { dataTypesOf, type Location, type Scope } from '../../expressions/index.ts';
import type { ElementId, Model, Variable } from '../../model/index.ts';
import type { MachineTree } from './machine-tree.ts';

/** A scope for the behaviours of one element: draws inside get streams named after it. */
export type ScopeOf = (element: ElementId) => Scope;

/** What names are looked up in: the tree while a machine is compiled, the compiled machine itself afterwards. */
type NamedParts = Pick<MachineTree, 'transitions' | 'vertexIndex' | 'strandOf' | 'last'>;

/** `sources` collects the names of the random streams. */
export function machineScopes(
  model: Model,
  variables: readonly Variable[],
  tree: NamedParts,
  sources: ElementId[],
): ScopeOf {
  const locations = new Map<ElementId, Location>();
  for (const { trigger } of tree.transitions) {
    if (trigger.kind !== 'signal' && trigger.kind !== 'call') continue;
    trigger.bindings.forEach((binding, index) => {
      locations.set(binding.id, { kind: 'event', index, type: binding.type });
    });
  }
  variables.forEach((variable, index) => {
    locations.set(variable.id, { kind: 'slot', index, type: variable.type });
  });
  const signals = new Map(model.signals.map((signal, index) => [signal.id, index]));
  const dataTypes = dataTypesOf(model);
  const operations = new Map(
    model.components.flatMap((component) => component.operations.map((each) => [each.id, each])),
  );
  return (element) => {
    let draws = 0;
    const nameOfDraw = (): ElementId => `${element}/draw${++draws === 1 ? '' : draws}`;
    return {
      locate: (variable) => locations.get(variable),
      state(state) {
        const first = tree.vertexIndex.get(state);
        return first === undefined ? undefined : { strand: tree.strandOf[first]!, first, last: tree.last[first]! };
      },
      signal: (signal) => signals.get(signal) ?? -1,
      attributes: (signal) => model.signals[signals.get(signal) ?? -1]?.attributes.map(({ id }) => id) ?? [],
      source: () => sources.push(nameOfDraw()) - 1,
      dataTypes,
      operation(id) {
        const operation = operations.get(id);
        return operation && { ...operation, parameters: operation.parameters.map((parameter) => parameter.id) };
      },
    };
  };
}
