/** A deployment as numbers: node instances, replicas placed on them, latencies between kinds of node. */
import type {
  Balance,
  Capacity,
  Component,
  Deployment,
  DeploymentSettings,
  ElementId,
  RateLimit,
  Scheduling,
} from '../model/index.ts';
import { noRoom, type Room } from './changes/room.ts';

export interface Layout {
  /** Kinds of node, as the deployment declares them. */
  readonly kinds: readonly ElementId[];
  /** Every node instance, `app[1] … app[3]` one after the other. */
  readonly kindOfNode: Int32Array;
  /** 0: as many as anyone asks for. */
  readonly coresOfNode: Int32Array;
  readonly schedulingOfNode: readonly Scheduling[];
  readonly nodeOfReplica: Int32Array;
  readonly componentOfReplica: readonly ElementId[];
  /** As the deployment says; undefined: as the component stands. */
  readonly versionOfReplica: readonly (string | undefined)[];
  /** Node instances and replicas that are there from the beginning; those numbered above may come. */
  readonly nodesAtBeginning: number;
  readonly replicasAtBeginning: number;
  /** As the deployment sets them up, whatever version they run. */
  readonly settingsOfReplica: readonly Capacity[];
  /** What the deployment says of it, else its component. */
  readonly capacityOfReplica: readonly Capacity[];
  /** As the component itself says. */
  readonly capacityOf: ReadonlyMap<ElementId, Capacity>;
  /** In the order in which calls are dealt out: one on each node, then the second on each, … */
  readonly replicasOf: ReadonlyMap<ElementId, Int32Array>;
  /** How calls are spread, by component; those of others are dealt out in turn. */
  readonly strategyOf: ReadonlyMap<ElementId, Balance['strategy']>;
  readonly limits: readonly RateLimit[];
  /** Microseconds one way by kind and kind; null where no link delays or loses anything. Within one node there is none. */
  readonly latency: Float64Array | null;
}

/** `room`: for what may come while it runs. */
export function layout(
  deployment: Deployment | undefined,
  components: readonly Component[],
  room: Room = noRoom,
): Layout {
  const nodes = deployment?.nodes ?? [];
  const kindOfNode: number[] = [];
  const coresOfNode: number[] = [];
  const schedulingOfNode: Scheduling[] = [];
  const firstOfKind: number[] = [];
  const add = (kind: number): number => {
    const { cores, scheduling } = nodes[kind]!;
    coresOfNode.push(cores ?? 0);
    schedulingOfNode.push(scheduling);
    return kindOfNode.push(kind) - 1;
  };
  nodes.forEach((node, kind) => {
    firstOfKind.push(kindOfNode.length);
    for (let i = 0; i < node.count; i++) add(kind);
  });
  const nodesAtBeginning = kindOfNode.length;
  const nodeOfReplica: number[] = [];
  const componentOfReplica: ElementId[] = [];
  const capacityOf = new Map<ElementId, Capacity>(components.map((component) => [component.id, component]));
  const settingsOfReplica: Capacity[] = [];
  const capacityOfReplica: Capacity[] = [];
  const replicas = new Map<ElementId, number[]>();
  const versionOfReplica: (string | undefined)[] = [];
  const settingsOf = new Map<ElementId, DeploymentSettings>();
  /** Where a component may run. */
  const placesOf = new Map<ElementId, Set<number>>();
  const allow = (component: ElementId, instances: readonly number[]): void => {
    placesOf.set(component, new Set([...(placesOf.get(component) ?? []), ...instances]));
  };
  const place = (component: ElementId, node: number, settings: DeploymentSettings): void => {
    versionOfReplica.push(settings.version);
    if (!settingsOf.has(component)) settingsOf.set(component, settings);
    const placed = replicas.get(component) ?? [];
    placed.push(nodeOfReplica.length);
    replicas.set(component, placed);
    nodeOfReplica.push(node);
    componentOfReplica.push(component);
    const own = capacityOf.get(component);
    settingsOfReplica.push(settings);
    capacityOfReplica.push(capacityOfPlaced(settings, own));
  };
  nodes.forEach((node, kind) => {
    for (const deployed of node.deploys) {
      const { component, replicas: each } = deployed;
      allow(
        component,
        Array.from({ length: node.count }, (_, i) => firstOfKind[kind]! + i),
      );
      for (let round = 0; round < each; round++) {
        for (let i = 0; i < node.count; i++) place(component, firstOfKind[kind]! + i, deployed);
      }
    }
  });
  for (const spread of deployment?.spreads ?? []) {
    const { component, replicas: total, nodes: across } = spread;
    const places = nodes.flatMap((node, kind) =>
      across.includes(node.id) ? Array.from({ length: node.count }, (_, i) => firstOfKind[kind]! + i) : [],
    );
    allow(component, places);
    for (let i = 0; i < total && places.length > 0; i++) place(component, places[i % places.length]!, spread);
  }
  const replicasAtBeginning = nodeOfReplica.length;
  for (const [component, further] of room.replicas) {
    const settings = settingsOf.get(component);
    const placed = replicas.get(component)?.length ?? 0;
    const places = [...(placesOf.get(component) ?? [])];
    if (settings === undefined) continue;
    for (let i = 0; i < further; i++) place(component, places[(placed + i) % places.length]!, settings);
  }
  nodes.forEach((node, kind) => {
    for (let i = 0; i < (room.nodes.get(node.id) ?? 0); i++) {
      const instance = add(kind);
      for (const deployed of node.deploys) {
        for (let each = 0; each < deployed.replicas; each++) place(deployed.component, instance, deployed);
      }
    }
  });
  return {
    kinds: nodes.map((node) => node.id),
    kindOfNode: Int32Array.from(kindOfNode),
    coresOfNode: Int32Array.from(coresOfNode),
    schedulingOfNode,
    nodeOfReplica: Int32Array.from(nodeOfReplica),
    componentOfReplica,
    versionOfReplica,
    nodesAtBeginning,
    replicasAtBeginning,
    settingsOfReplica,
    capacityOfReplica,
    capacityOf,
    replicasOf: new Map([...replicas].map(([component, placed]) => [component, Int32Array.from(placed)])),
    limits: deployment?.limits ?? [],
    strategyOf: new Map(deployment?.balances.map(({ component, strategy }) => [component, strategy])),
    latency: latencies(deployment),
  };
}

/** What is said where it is deployed goes before what the component says. */
export function capacityOfPlaced(settings: Capacity, own: Capacity | undefined): Capacity {
  const threads = settings.threads ?? own?.threads;
  const queue = settings.queue ?? own?.queue;
  const connections = settings.connections ?? own?.connections;
  const cache = settings.cache ?? own?.cache;
  return {
    ...(threads === undefined ? {} : { threads }),
    ...(queue === undefined ? {} : { queue }),
    ...(connections === undefined ? {} : { connections }),
    ...(cache === undefined ? {} : { cache }),
  };
}

function isFree({ latency, bandwidth, loss }: Deployment['links'][number]): boolean {
  return latency <= 0 && bandwidth === undefined && loss <= 0;
}

function latencies(deployment: Deployment | undefined): Float64Array | null {
  if (deployment === undefined || deployment.links.every(isFree)) return null;
  const count = deployment.nodes.length;
  const index = new Map(deployment.nodes.map((node, kind) => [node.id, kind]));
  const table = new Float64Array(count * count);
  for (const { ends, latency } of deployment.links) {
    const from = index.get(ends[0]);
    const to = index.get(ends[1]);
    if (from === undefined || to === undefined) continue;
    table[from * count + to] = latency;
    table[to * count + from] = latency;
  }
  return table;
}
