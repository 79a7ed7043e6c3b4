/** The twin section: where telemetry comes from and what it means. */
import type { Argument } from './action.ts';
import type { Element, ElementId } from './element.ts';
import type { Expression } from './expression.ts';
import type { Expectation } from './property.ts';

export interface Twin extends Element {
  readonly kind: 'twin';
  readonly deployment?: ElementId;
  readonly sources: readonly Source[];
  readonly bindings: readonly Binding[];
  readonly instances: readonly InstanceBinding[];
  readonly expectations: readonly Expectation[];
  /** How long evidence may be late before a verdict is final, microseconds. */
  readonly lateness: number;
}

export type Source =
  | (Element & { readonly kind: 'otlp'; readonly ports: readonly number[] })
  | (Element & { readonly kind: 'file'; readonly pattern: string });

/** `Orders = service "orders"`, `Orders.create = span "POST /orders" where …`, `Checkout = trace containing span "…"`. */
export type Binding =
  | (Element & { readonly kind: 'service'; readonly component: ElementId; readonly service: string })
  | (Element & {
      readonly kind: 'span';
      readonly operation: ElementId;
      readonly span: string;
      readonly where?: Expression;
    })
  /** `trace "x"`: the root span has that name; `trace containing span "x"`: some span has. */
  | (Element & {
      readonly kind: 'trace';
      readonly interaction: ElementId;
      readonly span: string;
      readonly containing: boolean;
    });

/** `Order(id: …) by attribute "order.id" { on span … / Pay(…) }`: one machine instance a key. */
export interface InstanceBinding extends Element {
  readonly kind: 'instances';
  readonly machine: ElementId;
  readonly key: string;
  readonly arguments: readonly Argument[];
  readonly events: readonly EventBinding[];
}

export interface EventBinding extends Element {
  readonly kind: 'event';
  readonly observed: { readonly kind: 'span' | 'span-start' | 'log'; readonly name: string };
  readonly guard?: Expression;
  readonly signal: ElementId;
  readonly arguments: readonly Argument[];
}
