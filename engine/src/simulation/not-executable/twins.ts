/** What twins, policies and calibrations say that nobody does yet. No simulation depends on any of it. */
import type { Model, Twin } from '../../model/index.ts';
import { type NotExecutable, quiet, when } from './entry.ts';

export function inTwin(twin: Twin, model: Model): readonly NotExecutable[] {
  const byTwin = (construct: string, where: Parameters<typeof quiet>[1], message: string): NotExecutable =>
    quiet(construct, where, message, 'twin');
  const activities = new Set(model.activities.map(({ id }) => id));
  return [
    ...twin.sources.flatMap((source) =>
      source.kind === 'prometheus' ? [byTwin('source', source, 'Nothing is read from Prometheus yet.')] : [],
    ),
    ...twin.bindings.flatMap((binding) =>
      binding.kind === 'metric' || binding.kind === 'log'
        ? [byTwin(binding.kind, binding, `What a ${binding.kind} is bound to is not followed yet.`)]
        : [],
    ),
    ...twin.instances.flatMap((instance) => [
      ...(activities.has(instance.machine)
        ? [byTwin('activity', instance, 'Activities are not followed in telemetry yet.')]
        : instance.bindings.map((binding) =>
            byTwin(binding.kind, binding, 'Actions are not followed in telemetry yet.'),
          )),
      ...when(instance.stateAttribute, () =>
        byTwin('state', instance, 'The state that the system reports is not compared with the model yet.'),
      ),
    ]),
    ...when(twin.sampled, () =>
      byTwin(
        'sampled',
        twin,
        'What is written here counts for loads as `observed` alone: other figures of a twin take the sampling that its spans tell.',
      ),
    ),
    ...twin.forecasts.map((forecast) => byTwin('forecast', forecast, 'Nothing is forecast yet.')),
    ...twin.reactions.map((reaction) =>
      byTwin('on breach', reaction, 'Nothing is done about a breach yet but to show it.'),
    ),
    ...when(twin.alarms, () =>
      byTwin('alarms', twin, 'The number of false alarms is not adjusted to what is written here yet.'),
    ),
  ];
}

/** What is judged or learned, wherever it stands. */
export function elsewhere(model: Model): readonly NotExecutable[] {
  return [
    ...model.policies.flatMap(({ rules }) =>
      rules.map((rule) => quiet('policy', rule, 'Policies are not judged yet.', 'both')),
    ),
    ...model.calibrations.map((each) =>
      quiet('calibration', each, 'Learned values are not used yet: the numbers of the model itself are.', 'both'),
    ),
  ];
}
