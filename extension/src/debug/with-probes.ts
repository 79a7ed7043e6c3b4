/**
 * A model whose behaviours say when each of their actions begins: in front of every action stands a log with a mark that no
 * text of the language can hold. Knows nothing of who listens.
 */
import type { Action, Machine, Model, Region, Vertex } from '@pollux/engine/model';

const MARK = '\u0000';

export function withProbes(model: Model): Model {
  return { ...model, machines: model.machines.map(probedMachine) };
}

/** How deep the action is nested, from 1; undefined where the text is one of the model's own. */
export function depthOfProbe(text: string): number | undefined {
  return text.startsWith(MARK) ? Number(text.slice(MARK.length)) : undefined;
}

function probedMachine(machine: Machine): Machine {
  return { ...machine, regions: machine.regions.map(probedRegion) };
}

function probedRegion(region: Region): Region {
  return {
    ...region,
    vertices: region.vertices.map(probedVertex),
    transitions: region.transitions.map((transition) => ({ ...transition, effect: probed(transition.effect) })),
  };
}

function probedVertex(vertex: Vertex): Vertex {
  if (vertex.kind !== 'state') return vertex;
  const { activity, submachine } = vertex;
  return {
    ...vertex,
    entry: probed(vertex.entry),
    exit: probed(vertex.exit),
    ...(activity === undefined ? {} : { activity: { ...activity, actions: probed(activity.actions) } }),
    regions: vertex.regions.map(probedRegion),
    ...(submachine === undefined
      ? {}
      : {
          submachine: {
            ...submachine,
            exits: submachine.exits.map((exit) => ({ ...exit, effect: probed(exit.effect) })),
          },
        }),
  };
}

function probed(actions: readonly Action[], depth = 1): Action[] {
  return actions.flatMap((action) => [
    { kind: 'log', parts: [`${MARK}${depth}`], place: action.place },
    within(action, depth + 1),
  ]);
}

function within(action: Action, depth: number): Action {
  switch (action.kind) {
    case 'if':
      // biome-ignore lint/suspicious/noThenProperty: the model calls its branches so; nobody awaits an action.
      return { ...action, then: probed(action.then, depth), otherwise: probed(action.otherwise, depth) };
    case 'for':
    case 'while':
      return { ...action, body: probed(action.body, depth) };
    default:
      return action;
  }
}
