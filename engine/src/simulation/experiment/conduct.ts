/** Carries an experiment out in one thread. Several threads do the same with the same rounds, and get the same answer. */
import type { CompiledScenario } from '../compile-scenario.ts';
import type { ReplicationResult } from '../run-replication.ts';
import { compileVariant, type Experiment, type ExperimentProgress, runPlanned, type Variant } from './experiment.ts';

interface ExperimentControl {
  progress?(progress: ExperimentProgress): void;
  /** Asked often, also within a run. */
  cancelled?(): boolean;
}

/** Never throws on any model. Cancelled, it answers with what was finished. */
export function conduct<Answer>({ models, rounds }: Experiment<Answer>, control: ExperimentControl = {}): Answer {
  let last: { readonly variant: Variant; readonly compiled: CompiledScenario } | undefined;
  const compiledOf = (variant: Variant): CompiledScenario => {
    if (last?.variant === variant) return last.compiled;
    const { value, problems } = compileVariant(models, variant);
    if (value === null) throw new Error(`${variant.scenario} was planned but cannot run: ${problems[0]?.message}`);
    last = { variant, compiled: value };
    return value;
  };
  let events = 0;
  let step = rounds.next();
  while (step.done !== true) {
    const { label, runs, done, planned } = step.value;
    const results: (ReplicationResult | null)[] = [];
    let isCancelled = false;
    for (const run of runs) {
      isCancelled ||= control.cancelled?.() === true;
      if (isCancelled) {
        results.push(null);
        continue;
      }
      const before = events;
      const tell = (share: number, more: number): void =>
        control.progress?.({
          label,
          done: done + results.length,
          planned,
          share: Math.min(1, (done + results.length + share) / planned),
          events: before + more,
        });
      const result = runPlanned(compiledOf(run.variant), run, {
        progress: tell,
        cancelled: () => control.cancelled?.() === true,
      });
      events += result.events;
      isCancelled ||= !result.finished;
      tell(1, result.events);
      results.push(result);
    }
    step = rounds.next({ results, isCancelled });
  }
  return step.value;
}
