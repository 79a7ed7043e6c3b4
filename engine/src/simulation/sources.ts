/** The random sources of one replication: each has its own stream, found from the seed, its name and the replication. */
import type { Cost } from '../behavior/interaction/index.ts';
import { BlockSampler, type RandomStream, randomStream } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { calledComponents } from './message-table.ts';

export interface Sources {
  /** By message; null where there is no such cost or an expression has to be evaluated for it. */
  readonly takes: (BlockSampler | null)[];
  readonly delays: (BlockSampler | null)[];
  readonly failsAfter: (BlockSampler | null)[];
  /** By site of work at its place. */
  readonly sites: (BlockSampler | null)[];
  readonly fails: readonly RandomStream[];
  /** Of the caller's policy; by message, then by the caller's version. */
  readonly policies: readonly (readonly PolicySources[])[];
  /** Bytes of requests and replies. */
  readonly requests: readonly (BlockSampler | null)[];
  readonly replies: readonly (BlockSampler | null)[];
  /** Whether a link loses what is sent. */
  readonly losses: readonly RandomStream[];
  readonly jitters: readonly RandomStream[];
  /** Whether a cache answers. */
  readonly caches: readonly RandomStream[];
  readonly choices: readonly RandomStream[];
  readonly loops: readonly RandomStream[];
  /** By component called, as the message table numbers them. */
  readonly balances: readonly RandomStream[];
  /** By load. */
  readonly gaps: readonly BlockSampler[];
  /** By load; null where one comes at a time. */
  readonly batches: readonly (BlockSampler | null)[];
  readonly loads: readonly (readonly RandomStream[])[];
  /** By background load and node instance. */
  readonly backgrounds: readonly { readonly gaps: BlockSampler; readonly work: BlockSampler }[];
  /** What expressions in interactions draw from. */
  readonly expressions: readonly RandomStream[];
}

export interface PolicySources {
  readonly timeout: BlockSampler | null;
  readonly backoff: BlockSampler | null;
  readonly hedge: BlockSampler | null;
}

export function sourcesOf({ program, loads, backgrounds, seed }: CompiledScenario, replication: number): Sources {
  const stream = (name: string): RandomStream => randomStream(seed, name, replication);
  const block = (cost: Cost | null | undefined): BlockSampler | null => {
    if (cost === null || cost === undefined || cost.kind === 'expression') return null;
    if (cost.kind === 'law') return new BlockSampler(cost.fill, stream(cost.source));
    return new BlockSampler((_, draws) => draws.fill(cost.value), stream(''));
  };
  return {
    takes: program.messages.map((message) => block(message.takes)),
    delays: program.messages.map((message) => block(message.delays)),
    failsAfter: program.messages.map((message) => block(message.fails?.after)),
    sites: program.sites.map(({ cost }) => block(cost)),
    fails: program.messages.map((message) => stream(`${message.compiled.key}/fails`)),
    policies: program.messages.map(({ policy, policyVersions }) =>
      policy === null
        ? []
        : [policy, ...policyVersions].map(({ timeout, backoff, hedge }) => ({
            timeout: block(timeout),
            backoff: block(backoff?.first),
            hedge: block(hedge),
          })),
    ),
    requests: program.messages.map(({ size }) => block(size?.request)),
    replies: program.messages.map(({ size }) => block(size?.reply)),
    losses: program.messages.map((message) => stream(`${message.compiled.key}/loss`)),
    caches: program.messages.map((message) => stream(`${message.compiled.key}/cache`)),
    jitters: program.messages.map((message) => stream(`${message.compiled.key}/jitter`)),
    choices: program.choices.map((choice) => stream(choice.source)),
    loops: program.loops.map((loop) => stream(loop.source)),
    balances: calledComponents(program.messages).map((component) => stream(`${component}/balance`)),
    gaps: loads.map(({ gap, luck }) => new BlockSampler(gap, stream(`${luck}/arrivals`))),
    batches: loads.map(({ batch, luck }) => batch && new BlockSampler(batch, stream(`${luck}/batch`))),
    loads: loads.map(({ sources }) => sources.map(stream)),
    backgrounds: backgrounds.map(({ gap, work, source }) => ({
      gaps: new BlockSampler(gap, stream(`${source}/arrivals`)),
      work: new BlockSampler(work, stream(`${source}/work`)),
    })),
    expressions: program.sources.map(stream),
  };
}
