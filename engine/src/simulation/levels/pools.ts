/**
 * What a component has so many of in each replica, as expectations name it: `Orders.threads`, its `connections`, its `bulkhead`
 * towards all that it calls. No element of its own in a model, so its id is made of that of the component.
 */
import type { Component, ElementId, Model } from '../../model/index.ts';
import { type PoolName, poolNames } from '../../property/index.ts';

export interface Pool {
  readonly component: Component;
  readonly name: PoolName;
}

export function poolOf({ components }: Model, element: ElementId): Pool | undefined {
  const dot = element.lastIndexOf('.');
  const name = poolNames.find((each) => each === element.slice(dot + 1));
  const component = components.find(({ id }) => id === element.slice(0, dot));
  if (name === undefined || component === undefined) return undefined;
  return component.operations.some(({ id }) => id === element) ? undefined : { component, name };
}
