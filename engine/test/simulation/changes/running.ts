/** A model of a front that calls a back, and what happened to it: what tests of changes have in common. */
import {
  compileScenario,
  mergeReplications,
  runReplication,
  type SimulationResult,
} from '../../../src/simulation/index.ts';
import { modelFrom } from '../models.ts';

/** Of a model with a scenario `c.S`. */
export async function ran(text: string): Promise<SimulationResult> {
  const { model, problems } = await modelFrom(`package c\n${text}`);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const { value, problems: findings } = compileScenario(model, 'c.S');
  if (value === null) throw new Error(findings.map(({ message }) => message).join('\n'));
  const results = Array.from({ length: value.replications }, (_, index) => runReplication(value, index));
  return mergeReplications(value, results);
}

/** `at 10 s crash: app crashes`. */
export function eventsOf(result: SimulationResult): readonly string[] {
  return result.events.map(({ time_s, kind, text }) => `at ${Number(time_s.toFixed(3))} s ${kind}: ${text}`);
}
