/** What limits a scenario and what would help. Plain data with a schema version; `pollux explain --format json` prints exactly this. */
import type { ElementId } from '../../model/index.ts';
import type { Finding, JudgedExpectation, SimulationResult } from '../result.ts';
import type { PairedEstimate } from './comparison-result.ts';
import type { Setting } from './setting.ts';

/** Raised whenever the shape of `Answers` changes. */
export const ANSWERS_SCHEMA = 2;

export interface Answers {
  readonly schema: typeof ANSWERS_SCHEMA;
  /** The scenario as it stands. */
  readonly result: SimulationResult;
  /** What is judged: the measure of every expectation; without any, mean and p95 of every loaded behaviour. */
  readonly goals: readonly Goal[];
  /** What is in the way, the worst first. */
  readonly bottlenecks: readonly Bottleneck[];
  /** Every change that was tried on its own, the most helpful first. */
  readonly sensitivities: readonly Sensitivity[];
  /** The smallest change that meets every expectation; null where it was not searched for. */
  readonly change: SmallestChange | null;
  /** All of it in plain words, the most important first. */
  readonly sentences: readonly string[];
  readonly findings: readonly Finding[];
}

export interface Goal {
  readonly element: ElementId;
  readonly measure: string;
  readonly unit: string;
  /** `p99(Checkout)`. */
  readonly text: string;
  /** As it stands. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Is less of it better? */
  readonly better: 'lower' | 'higher';
  /** Of its expectation, where there is one. */
  readonly verdict?: JudgedExpectation['verdict'];
}

/** A place where work waits, with the evidence. */
export interface Bottleneck {
  /** A kind of node, or a component with its threads. */
  readonly element: ElementId;
  /** Share of it that is busy; null where nothing limits it. */
  readonly utilization: number | null;
  /** Mean number waiting there. */
  readonly queue: number | null;
  /** By how many a second the line grows; 0 where it does not beyond chance. */
  readonly growth: number;
  /** Position in `sensitivities` of what helps here most; null where nothing tried here helps. */
  readonly remedy: number | null;
  readonly sentence: string;
}

/** One change on its own, run with the same random numbers as the scenario as it stands. */
export interface Sensitivity {
  readonly setting: Setting;
  /** `Orders.replicas = 7`. */
  readonly text: string;
  /** In words: `one more replica of Orders`. */
  readonly words: string;
  /** By goal. */
  readonly effects: readonly Effect[];
  /** The mean over the goals of how much better each becomes, as a share of its value; what is not beyond chance counts as 0. */
  readonly gain: number;
  /** In how many it ran: fewer than the scenario itself where a first look was enough. */
  readonly replications: number;
  /** A second, what it costs more; null without prices. */
  readonly cost: number | null;
  readonly sentence: string;
}

export interface Effect {
  /** The goal's figure after the change, and what changed of it by pairs. */
  readonly value: number | null;
  readonly difference: PairedEstimate;
  readonly verdict: 'better' | 'worse' | 'no-difference' | 'undecided';
}

export interface SmallestChange {
  /**
   * `found`; `not-needed` where every expectation is met as it stands; `none` where nothing within what was searched meets all;
   * `out-of-budget` where the runs that were allowed ran out before; `no-expectations`; `cancelled`.
   */
  readonly status: 'found' | 'not-needed' | 'none' | 'out-of-budget' | 'no-expectations' | 'cancelled';
  /** What to change; empty where nothing was found. */
  readonly settings: readonly Setting[];
  readonly text: string;
  /** What was minimised. */
  readonly objective: 'cost' | 'units';
  /** By how much the objective grows: money a second, or cores on all nodes and steps along whatever else is added. */
  readonly price: number | null;
  /** With other random numbers than those that it was found with; absent where nothing was found. */
  readonly confirmation?: SimulationResult;
  /** Combinations simulated, and shown by formulas to be of no use. */
  readonly simulated: number;
  readonly pruned: number;
  /** What was searched, in words: `Orders.replicas 2 to 16, app.cores 4 to 16`. */
  readonly searched: string;
  readonly sentence: string;
}
