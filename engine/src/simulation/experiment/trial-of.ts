/** How often a variant is run: as its scenario says, or exactly as often as somebody asks. */
import type { CompiledScenario } from '../compile-scenario.ts';
import type { Variant } from './experiment.ts';
import type { Trial } from './replicate.ts';

export function trialOf(variant: Variant, compiled: CompiledScenario, asked?: number | undefined): Trial {
  const { replications, precision } = compiled.scenario;
  if (asked !== undefined) return { variant, compiled, replications: Math.max(1, Math.floor(asked)) };
  const least = Math.max(1, replications);
  return precision === undefined
    ? { variant, compiled, replications: least }
    : // One replication alone shows no spread.
      { variant, compiled, replications: Math.max(2, least), precision };
}
