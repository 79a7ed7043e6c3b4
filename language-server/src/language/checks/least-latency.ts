/** A bound on latency lies above what the calls on the way take by themselves. Sees the whole model. */
import type { Element, Expectation, Load, Model, Scenario, Twin } from '@pollux/engine/model';
import { leastLatency } from '@pollux/engine/simulation/analytic';
import type { Report } from '../problems/problem.ts';
import { timeText } from './plain-figures.ts';

export function checkLeastLatency(
  expectations: readonly Expectation[],
  owner: Scenario | Twin,
  model: Model,
  report: Report,
): void {
  const deployment = model.deployments.find(({ id }) => id === owner.deployment);
  for (const { measure, demand, label, text } of expectations) {
    const quantile = quantileOf(measure.statistic);
    if (demand.kind !== 'bound' || !demand.operator.startsWith('<') || quantile === null || measure.of !== undefined)
      continue;
    const interaction = model.interactions.find(({ id }) => id === measure.element);
    if (interaction === undefined) continue;
    const least = loadsOf(owner, interaction, model)
      .map((load) => leastLatency(model, deployment, load, quantile))
      .reduce((a, b) => (a.time <= b.time ? a : b));
    if (least.time <= demand.bound) continue;
    const alone =
      least.operation === undefined
        ? 'what is done on the way'
        : `\`${least.operation.split('.').slice(-2).join('.')}\` alone`;
    const message = `\`${text}\` cannot hold: without any waiting, ${alone} makes ${measure.statistic} ${timeText(least.time)} or more. Loosen the bound, or do not wait for the call.`;
    report('cannot-hold', label, message);
  }
}

/** Undefined for the mean, null for what is neither. */
function quantileOf(statistic: string): number | undefined | null {
  if (statistic === 'mean') return undefined;
  const percent = /^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1];
  return percent === undefined ? null : Number(percent) / 100;
}

/** With what the interaction is given: by the scenario, of a twin by any that has its deployment; else nothing is known of it. */
function loadsOf(owner: Scenario | Twin, interaction: Element, model: Model): readonly [Load, ...Load[]] {
  const scenarios =
    owner.kind === 'scenario' ? [owner] : model.scenarios.filter(({ deployment }) => deployment === owner.deployment);
  const [first, ...others] = scenarios.flatMap(({ loads }) =>
    loads.filter(({ behaviour }) => behaviour === interaction.id),
  );
  if (first !== undefined) return owner.kind === 'scenario' ? [first, ...others] : [first];
  const { id, name, place, label } = interaction;
  return [
    { id, name, place, label, kind: 'load', behaviour: id, arguments: [], arrivals: { kind: 'observed', factor: 1 } },
  ];
}
