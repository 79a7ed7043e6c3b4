/** Models of the simulation's tests, written as text, and how to find a figure in a result. */
import { modelOf } from '@pollux/language-server/language';
import type { Model } from '../../src/model/index.ts';
import type { MeasuredValue, SimulationResult } from '../../src/simulation/index.ts';

/** The problems are the errors: what a tiny model declares and does not use is no concern of these tests. */
export async function modelFrom(text: string): Promise<{ model: Model; problems: readonly string[] }> {
  const { model, problems } = await modelOf(text);
  if (model === null) throw new Error(problems.map((problem) => problem.message).join('\n'));
  const errors = problems.filter(({ severity }) => severity === 'error');
  return { model, problems: errors.map((problem) => problem.message) };
}

export interface Station {
  readonly takes: string;
  readonly cores: number | null;
  readonly rate?: string;
  readonly load?: string;
  readonly run: string;
  readonly replications?: number;
  readonly expect?: string;
}

/** One station `q.Server` on node `q.D.n`, visited once by each `q.Job`, in scenario `q.S`. */
export function station({ takes, cores, rate, load, run, replications = 10, expect = '' }: Station): string {
  return `package q
component Server { operation serve() takes ${takes} }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n { ${cores === null ? '' : `cores ${cores}`}  deploy Server } }
scenario S of D {
  load Job ${load ?? `at ${rate}`}
  run ${run}  warmup 2 s  replications ${replications}  seed 7
  ${expect}
}
`;
}

/** The figure, which must be there. */
export function measure(result: SimulationResult, element: string, name: string): MeasuredValue {
  const found = result.measures.find((one) => one.element === element && one.measure === name);
  if (found === undefined) throw new Error(`no ${name} of ${element}`);
  return found;
}
