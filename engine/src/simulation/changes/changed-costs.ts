/**
 * Costs that are not, or not always, those of the program: of other versions, set by the timeline, or stretched by what is slow.
 * The kernel asks here only for messages of which that is so. What is drawn comes from the same source whatever stretches it.
 */
import type { Cost, Costs, Program } from '../../behavior/interaction/index.ts';
import type { Distribution, ElementId, Value } from '../../model/index.ts';
import { BlockSampler, durationFiller, isDistribution, randomStream } from '../../numeric/index.ts';
import type { Layout } from '../layout.ts';
import type { Sources } from '../sources.ts';
import type { ReplicaSets } from './replica-sets.ts';

type Sampled = { readonly cost: Cost; readonly sampler: BlockSampler | null } | null;

interface SampledCosts {
  readonly takes: Sampled;
  readonly delays: Sampled;
  readonly after: Sampled;
  readonly fails: Costs['fails'];
  readonly request: Sampled;
  readonly reply: Sampled;
}

/** What the timeline has set of one operation. */
interface Setting {
  takes?: BlockSampler;
  delays?: BlockSampler;
  fails?: number;
}

export class ChangedCosts {
  readonly #program: Program;
  readonly #layout: Layout;
  readonly #sets: ReplicaSets;
  readonly #seed: number;
  readonly #evaluate: (cost: Cost, token: number) => number;
  /** By message: of the program, then of each version. */
  #costs: readonly (readonly SampledCosts[])[] = [];
  #sites: readonly Sampled[] = [];
  #sources: Sources | null = null;
  #replication = 0;
  readonly #settings = new Map<ElementId, Setting>();
  /** Factors of all times: by replica, by node instance, and by component that runs nowhere. */
  readonly #ofReplica: Float64Array;
  readonly #ofNode: Float64Array;
  readonly #outside = new Map<ElementId, number>();

  constructor(parts: {
    readonly program: Program;
    readonly layout: Layout;
    readonly sets: ReplicaSets;
    readonly seed: number;
    evaluate(cost: Cost, token: number): number;
  }) {
    this.#program = parts.program;
    this.#layout = parts.layout;
    this.#sets = parts.sets;
    this.#seed = parts.seed;
    this.#evaluate = parts.evaluate;
    this.#ofReplica = new Float64Array(parts.layout.nodeOfReplica.length);
    this.#ofNode = new Float64Array(parts.layout.kindOfNode.length);
  }

  begin(sources: Sources, replication: number): void {
    this.#sources = sources;
    this.#replication = replication;
    this.#ofReplica.fill(1);
    this.#ofNode.fill(1);
    this.#outside.clear();
    this.#settings.clear();
    const { messages, sites } = this.#program;
    this.#costs = messages.map((message, index) => [
      {
        takes: sampled(message.takes, sources.takes[index]!),
        delays: sampled(message.delays, sources.delays[index]!),
        after: sampled(message.fails?.after ?? null, sources.failsAfter[index]!),
        fails: message.fails,
        request: sampled(message.size?.request ?? null, sources.requests[index]!),
        reply: sampled(message.size?.reply ?? null, sources.replies[index]!),
      },
      ...message.versions.map((costs) => ({
        takes: this.#own(costs.takes),
        delays: this.#own(costs.delays),
        after: this.#own(costs.fails?.after ?? null),
        fails: costs.fails,
        request: this.#own(costs.size?.request ?? null),
        reply: this.#own(costs.size?.reply ?? null),
      })),
    ]);
    this.#sites = sites.map(({ cost }, site) => sampled(cost, sources.sites[site]!));
    messages.forEach((_, message) => {
      this.#refresh(message);
    });
  }

  /** All times of a replica, or of a component that runs nowhere, are multiplied. */
  slowReplica(replica: number, factor: number): void {
    this.#ofReplica[replica] = factor;
    this.refresh(this.#layout.componentOfReplica[replica]!);
  }

  slowOutside(component: ElementId, factor: number): void {
    this.#outside.set(component, factor);
    this.refresh(component);
  }

  /** Times without a core; those on its cores are the node's. */
  slowNode(node: number, factor: number): void {
    this.#ofNode[node] = factor;
    for (const replica of this.#sets.on(node)) this.refresh(this.#layout.componentOfReplica[replica]!);
  }

  /** Undefined: as the model says. */
  set(operation: ElementId, name: 'takes' | 'delays' | 'fails', value: Value | Distribution | undefined): void {
    const setting = this.#settings.get(operation) ?? {};
    this.#settings.set(operation, setting);
    if (value === undefined) delete setting[name];
    else if (name === 'fails') setting.fails = Number(value);
    else {
      const law: Distribution = isDistribution(value) ? value : { kind: 'constant', value: Number(value) };
      const stream = randomStream(this.#seed, `${operation}/${name}/set`, this.#replication);
      setting[name] = new BlockSampler(durationFiller(law), stream);
    }
    this.#program.messages.forEach((message, index) => {
      if (message.operation === operation) this.#refresh(index);
    });
  }

  /** What a component costs has changed, or which versions of it run. */
  refresh(component: ElementId): void {
    this.#program.messages.forEach((message, index) => {
      if (message.component === component) this.#refresh(index);
    });
  }

  /** Negative: nothing of the kind is to be done. */
  takes(message: number, token: number, place: number): number {
    const setting = this.#settingOf(message)?.takes;
    const time = setting !== undefined ? setting.next() : this.#draw(this.#costsAt(message, place).takes, token);
    return time * this.#factor(message, place);
  }

  delays(message: number, token: number, place: number): number {
    const setting = this.#settingOf(message)?.delays;
    const time = setting !== undefined ? setting.next() : this.#draw(this.#costsAt(message, place).delays, token);
    return time * this.#factor(message, place) * (place >= 0 ? this.#ofNode[this.#layout.nodeOfReplica[place]!]! : 1);
  }

  failsAfter(message: number, token: number, place: number): number {
    return Math.max(0, this.#draw(this.#costsAt(message, place).after, token)) * this.#factor(message, place);
  }

  /** Bytes of a request to a replica, or of its reply. */
  size(message: number, token: number, place: number, isReply: boolean): number {
    const { request, reply } = this.#costsAt(message, place);
    return Math.max(0, this.#draw(isReply ? (reply ?? request) : request, token));
  }

  /** The share of calls that fail fast, or else after their work. */
  fails(message: number, place: number, isFast: boolean): number {
    const { fails } = this.#costsAt(message, place);
    if ((fails !== null && fails.after !== null) !== isFast) return 0;
    return this.#settingOf(message)?.fails ?? fails?.probability ?? 0;
  }

  atSite(site: number, token: number, place: number, isOnCore: boolean): number {
    const { message } = this.#program.sites[site]!;
    const time = this.#draw(this.#sites[site]!, token);
    const factor = message < 0 ? 1 : this.#factor(message, place);
    return time * factor * (isOnCore || place < 0 ? 1 : this.#ofNode[this.#layout.nodeOfReplica[place]!]!);
  }

  /** What a call yields where no `return` says so. */
  replyOf(message: number, place: number): Costs['reply'] {
    const version = place < 0 ? 0 : this.#sets.version(place);
    const program = this.#program.messages[message]!;
    return version === 0 ? program.reply : (program.versions[version - 1] ?? program).reply;
  }

  #costsAt(message: number, place: number): SampledCosts {
    const kinds = this.#costs[message]!;
    return kinds[place < 0 ? 0 : this.#sets.version(place)] ?? kinds[0]!;
  }

  #settingOf(message: number): Setting | undefined {
    const { operation } = this.#program.messages[message]!;
    return operation === null ? undefined : this.#settings.get(operation);
  }

  #factor(message: number, place: number): number {
    if (place >= 0) return this.#ofReplica[place]!;
    const { component } = this.#program.messages[message]!;
    return component === null ? 1 : (this.#outside.get(component) ?? 1);
  }

  #draw(sampled: Sampled, token: number): number {
    if (sampled === null) return -1;
    return sampled.sampler === null ? this.#evaluate(sampled.cost, token) : sampled.sampler.next();
  }

  /** The kernel draws by itself where nothing differs. */
  #refresh(message: number): void {
    const sources = this.#sources!;
    const { component, versions } = this.#program.messages[message]!;
    const replicas = component === null ? [] : this.#sets.all(component);
    const isPlain =
      versions.length === 0 &&
      this.#settingOf(message) === undefined &&
      replicas.every((replica) => this.#ofReplica[replica] === 1) &&
      (component === null || (this.#outside.get(component) ?? 1) === 1);
    const isWaitPlain =
      isPlain && replicas.every((replica) => this.#ofNode[this.#layout.nodeOfReplica[replica]!] === 1);
    const [own] = this.#costs[message]!;
    sources.takes[message] = isPlain ? (own!.takes?.sampler ?? null) : null;
    sources.delays[message] = isWaitPlain ? (own!.delays?.sampler ?? null) : null;
    sources.failsAfter[message] = isPlain ? (own!.after?.sampler ?? null) : null;
    this.#program.sites.forEach((site, index) => {
      if (site.message === message) sources.sites[index] = isWaitPlain ? (this.#sites[index]?.sampler ?? null) : null;
    });
  }

  #own(cost: Cost | null): Sampled {
    if (cost === null) return null;
    if (cost.kind === 'expression') return { cost, sampler: null };
    const fill = cost.kind === 'law' ? cost.fill : durationFiller({ kind: 'constant', value: cost.value });
    const source = cost.kind === 'law' ? cost.source : '';
    return { cost, sampler: new BlockSampler(fill, randomStream(this.#seed, source, this.#replication)) };
  }
}

function sampled(cost: Cost | null, sampler: BlockSampler | null): Sampled {
  return cost === null ? null : { cost, sampler };
}
