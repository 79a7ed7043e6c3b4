/** How long everything in activities lasts and which way decisions go: one random stream for each place in the text. */
import type { Frame } from '../../expressions/index.ts';
import { BlockSampler, type RandomStream } from '../../numeric/index.ts';
import type { Cost } from '../interaction/index.ts';
import type { ActivityProgram } from './compiled-activity.ts';

type Time = number | BlockSampler | ((frame: Frame) => number);

export class ActivityTimes {
  /** By activity and node: of the work, of what an accept action waits for, of a delayed signal. */
  readonly #lasting: readonly (readonly (Time | null)[])[];
  readonly #patience: readonly (readonly (Time | null)[])[];
  /** By action: how long a batch waits for its last. */
  readonly #batches: ReadonlyMap<string, Time | null>;
  readonly #choices: readonly (readonly (RandomStream | null)[])[];

  constructor({ activities }: ActivityProgram, stream: (name: string) => RandomStream) {
    const time = (cost: Cost | null | undefined): Time | null => {
      if (cost === null || cost === undefined) return null;
      if (cost.kind === 'constant') return cost.value;
      return cost.kind === 'law' ? new BlockSampler(cost.fill, stream(cost.source)) : cost.evaluate;
    };
    this.#lasting = activities.map(({ works, accepts, sends }) =>
      works.map((work, node) => {
        if (work?.kind === 'time') return time(work.cost);
        const event = accepts[node]?.event;
        return event?.kind === 'time' ? time(event.delay) : time(sends[node]?.delay);
      }),
    );
    this.#patience = activities.map(({ claims }) => claims.map((claim) => time(claim?.patience?.limit)));
    this.#batches = new Map(
      activities.flatMap(({ works }) =>
        works.flatMap((work) =>
          work?.kind === 'delegated' && work.batch !== null ? [[work.element, time(work.batch.limit)]] : [],
        ),
      ),
    );
    this.#choices = activities.map(({ choices }) =>
      choices.map((choice) => (choice?.isWeighted === true ? stream(choice.source) : null)),
    );
  }

  /** Microseconds; 0 for what takes no time. */
  lasting(activity: number, node: number, frame: Frame): number {
    return draw(this.#lasting[activity]![node]!, frame);
  }

  /** Infinity where nobody loses patience. */
  patience(activity: number, node: number, frame: Frame): number {
    const time = this.#patience[activity]![node]!;
    return time === null ? Number.POSITIVE_INFINITY : draw(time, frame);
  }

  batch(element: string, frame: Frame): number {
    return draw(this.#batches.get(element) ?? null, frame);
  }

  /** Between 0 and 1; drawn each time, whatever the guards say, so that the luck of others stays as it is. */
  choice(activity: number, node: number): number {
    return this.#choices[activity]![node]?.uniform() ?? 0;
  }
}

function draw(time: Time | null, frame: Frame): number {
  if (time === null) return 0;
  if (typeof time === 'number') return time;
  return time instanceof BlockSampler ? time.next() : time(frame);
}
