/** What scenarios say that is not simulated yet. */
import type { Load, Model, Scenario } from '../../model/index.ts';
import { whyNotComputed } from '../../property/index.ts';
import { inChange } from './changes.ts';
import { type NotExecutable, quiet, refused, unreadRecordings, unreadText } from './entry.ts';

export function inScenario(scenario: Scenario, model: Model): readonly NotExecutable[] {
  return [
    ...scenario.loads.flatMap(inLoad),
    ...scenario.timeline.flatMap((event) =>
      event.change.kind === 'load' ? inLoad(event.change.load) : inChange(event, model),
    ),
    ...scenario.expectations.flatMap((expectation): readonly NotExecutable[] => {
      const { measure } = expectation;
      const reason = whyNotComputed(measure);
      const construct = measure.of ?? measure.statistic;
      if (reason === undefined) return [];
      return [quiet(construct, expectation, `\`${construct}\` is not computed yet: ${reason}.`)];
    }),
  ];
}

function inLoad(load: Load): readonly NotExecutable[] {
  const found: NotExecutable[] = [...unreadRecordings([load.arguments, load.arrivals], load)];
  const { arrivals } = load;
  if (arrivals.kind === 'replay' && arrivals.times === undefined) {
    found.push(refused('replay', load, unreadText(arrivals.file, arrivals.unread)));
  }
  if (arrivals.kind === 'observed' && arrivals.seen === undefined) {
    const why = arrivals.unread ?? 'nobody asked a twin';
    found.push(refused('observed', load, `What a twin observed of it is not known: ${why}.`));
  }
  return found;
}
