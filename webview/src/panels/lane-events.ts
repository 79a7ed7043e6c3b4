/** A scenario's timeline, and what a person added to it, as events of the lanes. */
import type { Change, Model, Scenario } from '@pollux/engine/model';
import type { LiveInput } from '@pollux/engine/simulation';
import { printChange } from '../diagram/print-change.ts';
import type { LaneEvent } from './timeline-lanes.ts';

const faults: ReadonlySet<Change['kind']> = new Set(['crash', 'slow', 'partition']);

export function laneEvents(model: Model, scenario: Scenario, inputs: readonly LiveInput[] = []): readonly LaneEvent[] {
  const end = scenario.duration;
  const event = ({ time, change }: LiveInput, isInput: boolean): LaneEvent => {
    const isFault = faults.has(change.kind);
    const duration = 'duration' in change ? change.duration : undefined;
    const lasts = isFault || duration !== undefined;
    const text = printChange(change, model, false);
    return {
      from_s: time / 1e6,
      ...(lasts ? { until_s: Math.min(end, time + (duration ?? end)) / 1e6 } : {}),
      text,
      kind: isFault ? 'fault' : 'change',
      ...(isInput ? { isInput } : {}),
    };
  };
  return [
    ...scenario.timeline.filter(({ time }) => time < end).map((each) => event(each, false)),
    ...inputs.filter(({ time }) => time < end).map((each) => event(each, true)),
  ];
}
