/**
 * The names that telemetry uses, so that whoever writes bindings need not look them up. Bounded, whatever the system sends. Knows
 * nothing of the model: what is bound already is seen as well.
 */
import type { Attributes, Observation } from '../observation/index.ts';
import { FrequentNames } from './frequent-names.ts';

/** Names of each kind that are kept. */
const MOST = 300;
/** Longer texts are no names; a binding with one would not be readable. */
const LONGEST = 200;

export interface SeenName {
  readonly name: string;
  /** How often it came, since attaching. */
  readonly count: number;
  /** `service.name` of who sent it, where a name belongs to one. */
  readonly service?: string;
}

/** Each list most frequent first. */
export interface TelemetryNames {
  readonly services: readonly SeenName[];
  readonly spans: readonly SeenName[];
  /** Names of root spans. */
  readonly roots: readonly SeenName[];
  /** Bodies of log records. */
  readonly logs: readonly SeenName[];
  readonly metrics: readonly SeenName[];
  /** Keys of attributes, of spans and of log records. */
  readonly attributes: readonly SeenName[];
}

type Uncounted = Omit<SeenName, 'count'>;

export class SeenNames {
  readonly #services = new FrequentNames<Uncounted>(MOST);
  readonly #spans = new FrequentNames<Uncounted>(MOST);
  readonly #roots = new FrequentNames<Uncounted>(MOST);
  readonly #logs = new FrequentNames<Uncounted>(MOST);
  readonly #metrics = new FrequentNames<Uncounted>(MOST);
  readonly #attributes = new FrequentNames<Uncounted>(MOST);

  observe(batch: readonly Observation[]): void {
    for (const observation of batch) {
      const { service, attributes } = observation;
      note(this.#services, service);
      this.#noteKeys(attributes);
      switch (observation.kind) {
        case 'span':
          note(this.#spans, observation.name, service);
          if (observation.parentSpanId === '') note(this.#roots, observation.name, service);
          break;
        case 'log':
          note(this.#logs, observation.body, service);
      }
    }
  }

  /** Of metrics no more is known than what they are called. */
  observeMetrics(names: readonly { readonly service: string; readonly name: string }[]): void {
    for (const { service, name } of names) {
      note(this.#services, service);
      note(this.#metrics, name, service);
    }
  }

  /** As of now. */
  names(): TelemetryNames {
    return {
      services: this.#services.ranked(),
      spans: this.#spans.ranked(),
      roots: this.#roots.ranked(),
      logs: this.#logs.ranked(),
      metrics: this.#metrics.ranked(),
      attributes: this.#attributes.ranked(),
    };
  }

  #noteKeys(attributes: Attributes): void {
    for (const key in attributes) note(this.#attributes, key);
  }
}

function note(names: FrequentNames<Uncounted>, name: string, service?: string): void {
  if (name === '' || name.length > LONGEST || /[\r\n]/.test(name)) return;
  if (service === undefined) names.note(name, () => ({ name }));
  else names.note(`${service}\n${name}`, () => ({ name, service }));
}
