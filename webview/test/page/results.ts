/** Real answers for the panels to show: a small system, compared, swept and run in this process. Made once. */
import type { Model } from '@pollux/engine/model';
import {
  type Answers,
  type ComparisonResult,
  comparison,
  conduct,
  explain,
  type SimulationResult,
  type SweepResult,
  simulate,
  sweep,
} from '@pollux/engine/simulation';
import { modelFrom } from './fixtures.ts';

const text = `package desk
component Front { operation ask() takes exp(4 ms) }
component Rules { operation judge() takes exp(20 ms)  threads 16 }
interaction Question { actor reader  lifeline front: Front, rules: Rules  reader -> front.ask() { front -> rules.judge() } }
deployment House { node gate { cores 2  deploy Front }  node app * 2 { cores 2  deploy Rules * 2 }  gate -- app { latency 1 ms } }
scenario Usual of House { load Question at 60/s  run 60 s  warmup 5 s  replications 4  seed 3
  expect fast: p95(Question) < 120 ms  expect utilization(app) < 80 % }
scenario Rush of House {
  load Question at 150/s
  at 20 s load Question * 1.5 for 10 s
  run 60 s  warmup 5 s  replications 4  seed 3
  expect fast: p95(Question) < 120 ms
  expect utilization(app) < 80 %
  compare with Usual
  vary app.cores in 1..6, Front.replicas in [1, 2]
}`;

interface DeskResults {
  readonly model: Model;
  readonly run: SimulationResult;
  readonly comparison: ComparisonResult;
  readonly sweep: SweepResult;
  readonly answers: Answers;
}

let made: Promise<DeskResults> | null = null;

export function deskResults(): Promise<DeskResults> {
  made ??= modelFrom(text).then((model) => ({
    model,
    run: simulate(model, 'desk.Rush'),
    comparison: conduct(comparison({ model, scenario: 'desk.Rush' }, [{ model, scenario: 'desk.Usual' }])),
    sweep: conduct(sweep(model, 'desk.Rush', { replications: 2 })),
    answers: conduct(explain(model, 'desk.Rush', { replications: 2, search: 20 })),
  }));
  return made;
}
