/** Activities → their compiled form. What cannot be found in the model is left out: its names are reported already. */
import {
  type Behaviour,
  compileActions,
  compileCondition,
  compileExpression,
  dataTypesOf,
  type Evaluate,
} from '../../expressions/index.ts';
import type { Activity, Argument, ElementId, Model, ResourceUse, Value, Variable } from '../../model/index.ts';
import { instanceKey } from '../instance-key.ts';
import { type Choice, type Cost, costOf } from '../interaction/index.ts';
import { activityScopes } from './activity-scope.ts';
import { activityTree, type FlatEdge } from './activity-tree.ts';
import {
  type ActivityProgram,
  type CompiledAccept,
  type CompiledActivity,
  type CompiledClaim,
  type CompiledInterrupt,
  type CompiledSend,
  type CompiledWork,
  kind,
  type PlacedNode,
  type ResourceAmount,
  type Way,
} from './compiled-activity.ts';
import { resourceRank } from './resource-rank.ts';

/** The activities in that order, with everything that their invocations share. */
export function compileActivities(model: Model, activities: readonly Activity[]): ActivityProgram {
  const claims: CompiledClaim[] = [];
  const sources: string[] = [];
  const activityOf = new Map(activities.map(({ id }, index) => [id, index]));
  return {
    activities: activities.map((activity, index) =>
      compileActivity(model, activity, index, activityOf, claims, sources),
    ),
    claims,
    sources,
  };
}

function compileActivity(
  model: Model,
  activity: Activity,
  index: number,
  activityOf: ReadonlyMap<ElementId, number>,
  claims: CompiledClaim[],
  sources: string[],
): CompiledActivity {
  const tree = activityTree(activity);
  const { nodes } = tree;
  const scopeAt = activityScopes(model, activity, sources);
  const signalOf = new Map(model.signals.map(({ id }, position) => [id, position]));
  const signals = (ids: readonly ElementId[]): number[] => ids.flatMap((id) => signalOf.get(id) ?? []);
  const edges: FlatEdge[] = [...tree.edges];
  const wayOut = (source: number, target: ElementId, effect: FlatEdge['effect'], way: Way): number => {
    const to = tree.indexOf.get(target);
    return to === undefined ? -1 : edges.push({ source, target: to, effect, way }) - 1;
  };
  const cost = (expression: Parameters<typeof costOf>[0], source: string): Cost =>
    costOf(expression, source, () => scopeAt(source));
  const values = (of: ElementId, given: readonly Argument[], wanted: readonly Variable[]): Evaluate[] => {
    const scope = scopeAt(of);
    const byParameter = new Map(given.map(({ parameter, value }) => [parameter, value]));
    return wanted.map(({ id, initial }): Evaluate => {
      const value = byParameter.get(id) ?? initial;
      return value === undefined ? (): Value => null : compileExpression(value, scope);
    });
  };

  const claimOf = (node: PlacedNode, at: number): CompiledClaim | null => {
    if (!('uses' in node) || node.kind === 'release' || node.uses.length === 0) return null;
    if (node.kind === 'action' && node.batch !== undefined) return null;
    const limit = node.patience?.limit;
    const way = { id: `${node.id}/patience`, label: node.patience?.limit.place ?? node.label };
    const edge = node.patience === undefined ? -1 : wayOut(at, node.patience.abandoned, [], way);
    const claim: CompiledClaim = {
      index: claims.length,
      element: node.id,
      uses: amountsOf(node.uses, model),
      rank: resourceRank(node.uses, model, scopeAt(`${node.id}/priority`)),
      patience: limit === undefined || edge < 0 ? null : { limit: cost(limit, `${node.id}/patience`), edge },
    };
    claims.push(claim);
    return claim;
  };

  const workOf = (node: PlacedNode): CompiledWork | null => {
    if (node.kind !== 'action') return null;
    const { work, batch } = node;
    if (batch !== undefined) {
      const limit = batch.limit === undefined ? null : cost(batch.limit, `${node.id}/batch`);
      const gathered = { activity: activityOf.get(batchOf(node.id)) ?? -1, size: batch.size, limit };
      const everything = [...activity.parameters, ...activity.variables];
      return {
        kind: 'delegated',
        element: node.id,
        behaviour: null,
        batch: gathered,
        values: everything.map(valueInSlot),
      };
    }
    switch (work.kind) {
      case 'nothing':
        return work;
      case 'takes':
      case 'delays':
        return { kind: 'time', cost: cost(work.time, `${node.id}/${work.kind}`) };
      case 'call': {
        const operation = model.components
          .flatMap(({ operations }) => operations)
          .find(({ id }) => id === work.operation);
        const parameters = operation?.parameters ?? [];
        return {
          kind: 'delegated',
          element: node.id,
          behaviour: null,
          batch: null,
          values: values(node.id, work.arguments, parameters),
        };
      }
      case 'invoke': {
        const behaviours = [...model.activities, ...model.interactions, ...model.machines];
        const parameters = behaviours.find(({ id }) => id === work.behaviour)?.parameters ?? [];
        const given = values(node.id, work.arguments, parameters);
        const invoked = activityOf.get(work.behaviour);
        return invoked === undefined
          ? { kind: 'delegated', element: node.id, behaviour: work.behaviour, batch: null, values: given }
          : { kind: 'invoke', activity: invoked, values: given };
      }
    }
  };

  const entered = new Set(tree.edges.map(({ target }) => target));
  const acceptOf = (node: PlacedNode, at: number): CompiledAccept | null => {
    if (node.kind !== 'accept') return null;
    const { event } = node;
    return {
      event:
        event.kind === 'signal'
          ? { kind: 'signal', signals: signals(event.signals) }
          : event.kind === 'time'
            ? { kind: 'time', delay: cost(event.delay, `${node.id}/after`) }
            : event.kind === 'clock'
              ? event
              : { kind: 'change', holds: compileCondition(event.condition, scopeAt(node.id)) },
      guard: node.guard === undefined ? null : compileCondition(node.guard, scopeAt(`${node.id}/guard`)),
      isSpontaneous: !entered.has(at),
    };
  };

  const sendOf = (node: PlacedNode): CompiledSend | null => {
    if (node.kind !== 'send') return null;
    const signal = signalOf.get(node.signal) ?? -1;
    return {
      signal,
      values: values(node.id, node.arguments, model.signals[signal]?.attributes ?? []),
      target: node.to,
      key: node.to.kind === 'instance' ? compileExpression(node.to.key, scopeAt(`${node.id}/key`)) : null,
      delay: node.delay === undefined ? null : cost(node.delay, `${node.id}/delayed`),
    };
  };

  const choiceOf = (node: PlacedNode, at: number): Choice | null => {
    if (node.kind !== 'decision') return null;
    const first = tree.firstEdge[at]!;
    const operands = edges.slice(first, first + tree.edgeCount[at]!).map(({ edge }, position) => ({
      guard: edge?.guard === undefined ? null : compileCondition(edge.guard, scopeAt(edge.id)),
      weight: edge?.weight ?? -1,
      isElse: edge?.isElse === true,
      target: first + position,
    }));
    const written = operands.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
    return {
      element: node.id,
      source: `${node.id}/choice`,
      operands,
      isWeighted: operands.some(({ weight }) => weight >= 0),
      isComplete: written > 1 - 1e-9,
      otherwise: -1,
    };
  };

  const compiledClaims = nodes.map(claimOf);
  const interrupts = tree.interrupts.map(({ region, interrupt }): CompiledInterrupt => {
    const { guard, target, effect, id } = interrupt;
    return {
      region,
      signals: signals(interrupt.signals),
      guard: guard === undefined ? null : compileCondition(guard, scopeAt(id)),
      edge: wayOut(-1, target, effect, interrupt),
    };
  });
  // Inner regions have greater numbers than those around them.
  interrupts.sort((a, b) => b.region - a.region);
  const accepts = nodes.map(acceptOf);
  const variables = [...activity.parameters, ...activity.variables];
  const ordinals = ordinalsOf(edges, nodes);
  return {
    index,
    id: activity.id,
    activity,
    nodes,
    kinds: Uint8Array.from(nodes, (node) => kind[node.kind]),
    within: Int32Array.from(tree.within),
    regionOf: Int32Array.from(tree.regionOf),
    regionParent: Int32Array.from(tree.regionParent),
    firstEdge: Int32Array.from(tree.firstEdge),
    edgeCount: Int32Array.from(tree.edgeCount),
    targets: Int32Array.from(edges, ({ target }) => target),
    ways: edges.map(({ way: { id, label } }) => ({ id, label })),
    ordinals: ordinals.ofEdge,
    effects: edges.map(({ effect, edge }, position) =>
      compileActions(effect, scopeAt(edge?.id ?? `${activity.id}/way${position}`)),
    ),
    joinSize: ordinals.size,
    choices: nodes.map(choiceOf),
    claims: compiledClaims,
    works: nodes.map(workOf),
    accepts,
    sends: nodes.map(sendOf),
    releases: nodes.map((node) => (node.kind === 'release' ? amountsOf(node.uses, model) : null)),
    interrupts,
    starts: [-1, ...nodes.keys()].map((around) =>
      [...nodes.keys()].filter(
        (at) => tree.within[at] === around && (nodes[at]!.kind === 'initial' || accepts[at]?.isSpontaneous === true),
      ),
    ),
    slotCount: variables.length,
    initialise: initialiser(activity, scopeAt),
    watches: accepts.some((accept) => accept?.event.kind === 'change'),
    keyOf: instanceKey(activity.parameters, dataTypesOf(model)),
  };
}

/** The id of the activity that does the work of a batch. */
export function batchOf(action: ElementId): ElementId {
  return `${action}/batch`;
}

function valueInSlot(_: Variable, slot: number): Evaluate {
  return (frame) => frame.slots[slot] ?? null;
}

function initialiser(activity: Activity, scopeAt: ReturnType<typeof activityScopes>): Behaviour | null {
  const first = activity.parameters.length;
  const parts = activity.variables.flatMap(({ id, initial }, index) =>
    initial === undefined ? [] : [{ slot: first + index, value: compileExpression(initial, scopeAt(id)) }],
  );
  if (parts.length === 0) return null;
  return (frame) => {
    for (const { slot, value } of parts) frame.slots[slot] = value(frame);
  };
}

function amountsOf(uses: readonly ResourceUse[], model: Model): readonly ResourceAmount[] {
  return uses.flatMap(({ resource, amount }) => {
    const index = model.resources.findIndex(({ id }) => id === resource);
    return index < 0 ? [] : [{ resource: index, amount }];
  });
}

/** Numbers the edges that lead to a join. The way out of patience comes in where its node's own edge does. */
function ordinalsOf(
  edges: readonly FlatEdge[],
  nodes: readonly PlacedNode[],
): { readonly ofEdge: Int32Array; readonly size: Int32Array } {
  const size = new Int32Array(nodes.length);
  const ofEdge = new Int32Array(edges.length);
  edges.forEach(({ source, target, edge }, index) => {
    const own = edges.findIndex((other, at) => at < index && other.source === source && other.target === target);
    const isShared = edge === undefined && source >= 0 && own >= 0;
    ofEdge[index] = isShared ? ofEdge[own]! : size[target]!++;
  });
  return { ofEdge, size };
}
