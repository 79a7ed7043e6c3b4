/** Attributes as the engine wants them, and who a resource says it is. Knows nothing of an encoding. */
import type { Attributes, AttributeValue } from '@pollux/engine/observation';

/** A record without inherited names, so that an attribute called `constructor` or `__proto__` is just an attribute. */
export type AttributeBag = Record<string, AttributeValue>;

// A constructor keeps the engine's fast objects, which Object.create(null) gives up.
const Bag = function Bag() {} as unknown as new () => AttributeBag;
Bag.prototype = Object.create(null);

export function attributeBag(): AttributeBag {
  return new Bag();
}

export const noAttributes: Attributes = Object.freeze(attributeBag());

export interface Resource {
  readonly service: string;
  readonly instance: string;
}

export const noResource: Resource = { service: '', instance: '' };

/** What tells instances of one service apart, the most specific first (OpenTelemetry resource conventions). */
const instanceKeys = ['service.instance.id', 'k8s.pod.name', 'container.id', 'host.name', 'process.pid'] as const;

export function resourceOf(attributes: Attributes): Resource {
  const key = instanceKeys.find((candidate) => attributes[candidate] !== undefined);
  return {
    service: String(attributes['service.name'] ?? ''),
    instance: key === undefined ? '' : String(attributes[key]),
  };
}
