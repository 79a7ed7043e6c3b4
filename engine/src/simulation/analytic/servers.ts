/** What can be busy in a deployment: the cores of each kind of node, the threads of each component. */
import type { Component, Deployment, ElementId } from '../../model/index.ts';
import type { ServerKind } from './demands.ts';
import { type Placement, placementsOf } from './placements.ts';

export interface Host {
  /** Of the visits to the component: those that go here. */
  readonly share: number;
  readonly version: string | undefined;
  /** The node whose cores are used; absent where none are declared. */
  readonly cores?: ElementId;
  /** Are there as many threads as are declared, and no more? */
  readonly threads: boolean;
}

export class Servers {
  private readonly placements = new Map<ElementId, Placement[]>();
  private readonly components: ReadonlyMap<ElementId, Component>;
  private readonly hosts = new Map<ElementId, readonly Host[]>();
  private readonly cores = new Map<ElementId, number>();
  private readonly taken = new Map<ElementId, number>();
  private readonly threads = new Map<ElementId, number>();

  constructor(deployment: Deployment | undefined, components: ReadonlyMap<ElementId, Component>) {
    this.components = components;
    for (const placement of deployment === undefined ? [] : placementsOf(deployment)) {
      const { component } = placement.deploy;
      const same = this.placements.get(component);
      if (same === undefined) this.placements.set(component, [placement]);
      else same.push(placement);
    }
    for (const node of deployment?.nodes ?? []) {
      if (node.cores === undefined) continue;
      const background = deployment?.backgrounds.filter((load) => load.node === node.id) ?? [];
      const cores = node.cores * node.count;
      this.cores.set(node.id, cores);
      this.taken.set(
        node.id,
        background.reduce((sum, { share }) => sum + share * cores, 0),
      );
    }
  }

  hostsOf(component: Component): readonly Host[] {
    let hosts = this.hosts.get(component.id);
    if (hosts === undefined) {
      hosts = this.place(component);
      this.hosts.set(component.id, hosts);
    }
    return hosts;
  }

  /** Undefined for what is not limited. */
  countOf(kind: 'cores' | 'threads', server: ElementId): number | undefined {
    if (kind === 'cores') return this.cores.get(server);
    const component = this.components.get(server);
    if (component !== undefined) this.hostsOf(component);
    return this.threads.get(server);
  }

  /** Servers that traffic outside the model keeps busy. */
  takenOf(kind: ServerKind, server: ElementId): number {
    return kind === 'cores' ? (this.taken.get(server) ?? 0) : 0;
  }

  private place(component: Component): readonly Host[] {
    const own = component.external ? [] : (this.placements.get(component.id) ?? []);
    const all = own.reduce((sum, { replicas }) => sum + replicas, 0);
    const threads = own.map(({ deploy, replicas }) => {
      const version = component.versions.find(({ name }) => name === deploy.version);
      const each = deploy.threads ?? version?.threads ?? component.threads;
      return each === undefined ? Number.POSITIVE_INFINITY : each * replicas;
    });
    const pool =
      own.length === 0 ? (component.threads ?? Number.POSITIVE_INFINITY) : threads.reduce((a, b) => a + b, 0);
    const isPool = Number.isFinite(pool) && (own.length > 0 || component.external);
    if (isPool) this.threads.set(component.id, pool);
    if (own.length === 0) return [{ share: 1, version: undefined, threads: isPool }];
    return own.map(({ node, deploy, replicas }) => ({
      share: replicas / all,
      version: deploy.version,
      ...(node.cores === undefined ? {} : { cores: node.id }),
      threads: isPool,
    }));
  }
}
