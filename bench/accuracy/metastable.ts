/**
 * A service whose servers are slow for a while, by the letter of the published variants: whether it comes back by itself, and what it
 * serves in the last minute. The shape is that of Bronson (HotOS 2021) and Huang (OSDI 2022).
 */
import { simulate } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { published } from './published.ts';

interface PublishedVariant {
  readonly case: string;
  readonly collapsed: boolean;
  /** A second, means of the last minute. */
  readonly goodput_last60: number;
  readonly offered_last60: number;
}

interface Variant {
  /** What the client does beside waiting for half a second. */
  readonly policy: string;
  readonly queue?: string;
  readonly rate?: number;
  readonly trigger?: string;
  readonly run?: number;
}

export interface MetastableVerdict {
  readonly name: string;
  readonly published: { readonly collapsed: boolean; readonly goodput: number; readonly offered: number };
  /** Of the load that is offered, a second. */
  readonly rate: number;
  readonly collapsed: boolean;
  /** Answered in time, a second. */
  readonly goodput: number;
  /** Attempts that reach the servers, a second. */
  readonly offered: number;
}

const slow = (seconds: number): string => `at 30 s slow n by 5 for ${seconds} s`;
const retry = 'timeout 0.5 s retry 3';

/** By the letter that the published case begins with. */
const variants: Readonly<Record<string, Variant>> = {
  A: { policy: retry, trigger: '' },
  B: { policy: retry },
  C: { policy: 'timeout 0.5 s' },
  D: { policy: retry, trigger: slow(0.3) },
  E: { policy: retry, rate: 200 },
  F: { policy: retry, queue: '300' },
  G: { policy: retry, queue: 'drop expired' },
  // A server knows how much time is left only where the client tells it.
  G2: { policy: `${retry} deadline propagates`, queue: 'drop expired within 50 ms' },
  H: { policy: retry, queue: 'lifo' },
  I: { policy: `${retry} budget 10 %` },
  J: { policy: `${retry} backoff 1 s exponential jitter` },
  K: { policy: retry, trigger: `${slow(10)}  at 60 s load Job * 0.2142857 for 60 s` },
  K2: { policy: retry, trigger: `${slow(10)}  at 60 s load Job * 0.2142857 for 200 s`, run: 380 },
  L: { policy: retry, trigger: 'at 30 s load Job at 1400/s for 10 s' },
  M: { policy: 'timeout 0.5 s retry 1' },
  N: { policy: 'timeout 0.5 s retry 1', rate: 450 },
};

/** Empty where the published variants are not on this machine. */
export function metastableVariants(): readonly PublishedVariant[] {
  return published<PublishedVariant>('metastable');
}

/** Fails where a variant has no text here. */
export async function metastableVerdict(one: PublishedVariant): Promise<MetastableVerdict> {
  const variant = variants[one.case.split(' ')[0] ?? ''];
  if (variant === undefined) throw new Error(`The variant "${one.case}" is not written as a text yet.`);
  const { policy, queue = 'fifo', rate = 700, trigger = slow(10), run = 180 } = variant;
  const { model, problems } = await modelOf(`package m
component Server { operation serve() takes exp(10 ms)  threads 10  queue ${queue} }
interaction Job { actor client  lifeline server: Server  client -> server.serve() ${policy} }
deployment D { node n { cores 10  deploy Server } }
scenario S of D { load Job at ${rate}/s  ${trigger}  run ${run} s  warmup ${run - 60} s  replications 1  seed 4 }
`);
  const error = problems.find(({ severity }) => severity === 'error');
  if (model === null || error !== undefined) throw new Error(`${one.case}: ${error?.message ?? 'no model'}`);
  const { measures } = simulate(model, 'm.S');
  const value = (element: string, measure: string): number => {
    const found = measures.find((each) => each.element === element && each.measure === measure)?.value;
    if (typeof found !== 'number') throw new Error(`${one.case} has no ${measure} of ${element}.`);
    return found;
  };
  const goodput = value('m.Job', 'throughput');
  return {
    name: one.case,
    published: { collapsed: one.collapsed, goodput: one.goodput_last60, offered: one.offered_last60 },
    rate,
    collapsed: goodput < rate / 2,
    goodput,
    offered: value('m.Server.serve', 'rate'),
  };
}
