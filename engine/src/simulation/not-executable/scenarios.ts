/** What scenarios say that is not simulated yet. */
import type { Change, Load, Scenario } from '../../model/index.ts';
import { whyNotComputed } from '../../property/index.ts';
import { type NotExecutable, quiet, refused, unreadRecordings } from './entry.ts';

export function inScenario(scenario: Scenario): readonly NotExecutable[] {
  return [
    ...scenario.loads.flatMap(inLoad),
    ...scenario.timeline.flatMap((event) =>
      event.change.kind === 'load'
        ? inLoad(event.change.load)
        : event.change.kind === 'load-factor'
          ? []
          : [refused(`at … ${event.change.kind}`, event, changes[event.change.kind])],
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
  const { kind } = load.arrivals;
  if (kind === 'replay' || kind === 'observed') {
    found.push(
      refused(kind, load, `Arrivals by \`${kind}\` are not simulated yet. A rate or a pattern over the day is.`),
    );
  }
  return found;
}

const changes: Readonly<Record<Exclude<Change['kind'], 'load' | 'load-factor'>, string>> = {
  crash: 'A crash is not simulated yet.',
  slow: '`slow` is not simulated yet. Greater times of the operations come close to it.',
  partition: 'A partition is not simulated yet.',
  set: '`set` is not simulated yet. A scenario of its own can have the other value from the beginning.',
  scale: '`scale` is not simulated yet. A deployment of its own can have the other number from the beginning.',
  rollout: 'A rollout is not simulated yet.',
  send: 'A signal at a time is not simulated yet. A load can start an interaction that sends it.',
};
