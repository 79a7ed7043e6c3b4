/** Explores every schedule that UML leaves open for a machine, within stated bounds: what it can say, and what can go wrong. */
import { type CompiledMachine, mentions } from '../behavior/index.ts';
import type { Value } from '../model/index.ts';
import { draws } from './draws.ts';
import type { Environment } from './environment.ts';
import { type Bound, Exploration, type Limits, usualLimits } from './exploration.ts';
import type { Finding } from './finding.ts';
import { Judge } from './judge-exploration.ts';
import { tracesOf } from './traces.ts';

export interface ExploreOptions {
  /** Values of the parameters to begin with: one beginning each. */
  readonly beginnings: readonly (readonly Value[])[];
  /** The beginnings are a selection. */
  readonly isSampled?: boolean;
  readonly limits?: Partial<Limits>;
  /** How many traces are told; 10,000 if absent. */
  readonly traces?: number;
}

export interface Explored {
  /** Nothing was left out: `bound` is null then. */
  readonly complete: boolean;
  /** The first bound that was hit, in the order of their weight. */
  readonly bound: Bound | null;
  readonly bounds: readonly Bound[];
  readonly states: number;
  /** Of all states together, with what finds them again; without the values, zones and pools that states share. */
  readonly bytes: number;
  readonly depth: number;
  /** What is logged on each way to the end of a script, each once; empty for an open environment. */
  readonly traces: readonly (readonly string[])[];
  readonly findings: readonly Finding[];
}

export function exploreMachine(compiled: CompiledMachine, environment: Environment, options: ExploreOptions): Explored {
  const limits: Limits = { ...usualLimits, ...options.limits };
  const isOpen = environment.kind === 'open';
  const judge = new Judge();
  const exploration = new Exploration(compiled, environment, options.beginnings, {
    limits,
    witness: judge,
    keepsEdges: !isOpen,
  });
  judge.exploration = exploration;
  const { bounds } = exploration;
  exploration.run();
  if (options.isSampled || (isOpen && environment.isSampled)) bounds.add('values');
  if (draws(compiled)) bounds.add('draws');
  if (mentions(compiled.machine, 'now') || mentions(compiled.machine, 'elapsed')) bounds.add('clock');
  const told = isOpen ? { traces: [], isComplete: true } : tracesOf(exploration, options.traces ?? 10_000);
  if (!told.isComplete && bounds.size === 0) bounds.add('traces');
  return {
    complete: bounds.size === 0,
    bound: [...bounds][0] ?? null,
    bounds: [...bounds],
    states: exploration.table.count,
    bytes: exploration.table.bytes,
    depth: exploration.depth,
    traces: told.traces,
    findings: judge.findings(exploration, options.beginnings, isOpen),
  };
}
