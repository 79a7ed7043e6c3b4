/** What can be busy in a deployment: the cores of each kind of node, the threads of each component. */
import type { Component, Deployment, ElementId } from '../../model/index.ts';
import { placementsOf } from './placements.ts';

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
  private readonly hosts = new Map<ElementId, readonly Host[]>();
  private readonly counts = new Map<string, number>();

  constructor(deployment: Deployment | undefined, components: readonly Component[]) {
    const placements = deployment === undefined ? [] : placementsOf(deployment);
    for (const node of deployment?.nodes ?? []) {
      const background = deployment?.backgrounds.filter((load) => load.node === node.id) ?? [];
      const taken = background.reduce((sum, { share }) => sum + share, 0);
      if (node.cores !== undefined)
        this.counts.set(`cores ${node.id}`, node.cores * node.count * Math.max(0, 1 - taken));
    }
    for (const component of components) {
      const own = component.external ? [] : placements.filter(({ deploy }) => deploy.component === component.id);
      const all = own.reduce((sum, { replicas }) => sum + replicas, 0);
      const threads = own.map(({ deploy, replicas }) => {
        const version = component.versions.find(({ name }) => name === deploy.version);
        const each = deploy.threads ?? version?.threads ?? component.threads;
        return each === undefined ? Number.POSITIVE_INFINITY : each * replicas;
      });
      const pool =
        own.length === 0 ? (component.threads ?? Number.POSITIVE_INFINITY) : threads.reduce((a, b) => a + b, 0);
      const isPool = Number.isFinite(pool) && (own.length > 0 || component.external);
      if (isPool) this.counts.set(`threads ${component.id}`, pool);
      this.hosts.set(
        component.id,
        own.length === 0
          ? [{ share: 1, version: undefined, threads: isPool }]
          : own.map(({ node, deploy, replicas }) => ({
              share: replicas / all,
              version: deploy.version,
              ...(node.cores === undefined ? {} : { cores: node.id }),
              threads: isPool,
            })),
      );
    }
  }

  hostsOf(component: Component): readonly Host[] {
    return this.hosts.get(component.id) ?? [];
  }

  /** Undefined for what is not limited. */
  countOf(kind: 'cores' | 'threads', server: ElementId): number | undefined {
    return this.counts.get(`${kind} ${server}`);
  }
}
