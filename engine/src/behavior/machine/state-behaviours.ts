/** The behaviours that a state owns, with what they take of the event that it is entered or left by. */
import type { Action, Machine, Region, State, Variable } from '../../model/index.ts';

interface StateBehaviour {
  readonly kind: 'entry' | 'exit' | 'do';
  readonly parameters: readonly Variable[];
  readonly actions: readonly Action[];
}

export function behavioursOf({ entry, exit, activity, entryParameters, exitParameters }: State): StateBehaviour[] {
  return [
    { kind: 'entry', parameters: entryParameters ?? [], actions: entry },
    { kind: 'do', parameters: activity?.parameters ?? [], actions: activity?.actions ?? [] },
    { kind: 'exit', parameters: exitParameters ?? [], actions: exit },
  ];
}

/** Of all states of a machine, in the order of the text. */
export function parametersOfBehaviours({ regions }: Pick<Machine, 'regions'>): Variable[] {
  return regions.flatMap(parametersIn);
}

function parametersIn({ vertices }: Region): Variable[] {
  return vertices.flatMap((vertex) =>
    vertex.kind === 'state'
      ? [...behavioursOf(vertex).flatMap(({ parameters }) => parameters), ...vertex.regions.flatMap(parametersIn)]
      : [],
  );
}
