/** The twin section: where telemetry comes from and what it means. */
import type { Argument } from './action.ts';
import type { OperationCost } from './component.ts';
import type { Element, ElementId } from './element.ts';
import type { Expression } from './expression.ts';
import type { Expectation, Measure } from './property.ts';

export interface Twin extends Element {
  readonly kind: 'twin';
  readonly deployment?: ElementId;
  readonly sources: readonly Source[];
  readonly bindings: readonly Binding[];
  readonly instances: readonly InstanceBinding[];
  readonly expectations: readonly Expectation[];
  /** The fraction of traces that is kept; absent = taken from the spans' sampling probability. */
  readonly sampled?: number;
  /** How long evidence may be late before a verdict is final, microseconds. */
  readonly lateness: number;
  readonly forecasts: readonly Forecast[];
  readonly reactions: readonly Reaction[];
  /** False alarms that are accepted. */
  readonly alarms?: { readonly count: number; readonly per: 'hour' | 'day' | 'week' | 'month' };
}

export type Source =
  | (Element & { readonly kind: 'otlp'; readonly ports: readonly number[] })
  /** `every` in microseconds. */
  | (Element & { readonly kind: 'prometheus'; readonly url: string; readonly every: number })
  | (Element & { readonly kind: 'file'; readonly pattern: string });

/** `Orders = service "orders"`, `Orders.create = span "POST /orders" where …`, `Checkout = trace containing span "…"`. */
export type Binding =
  | (Element & { readonly kind: 'service'; readonly component: ElementId; readonly service: string })
  /** An operation, or an activity's action within an instance binding. */
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
    })
  /** `Orders.cpu = metric "…"`, `bed = metric "…"`: `quantity` names what of the element it is, empty for the element itself. */
  | (Element & {
      readonly kind: 'metric';
      readonly subject: ElementId;
      readonly quantity: string;
      readonly metric: string;
    })
  /** `register = log "a" to log "b"`: the interval of an action, or its one record. */
  | (Element & { readonly kind: 'log'; readonly subject: ElementId; readonly begins: string; readonly ends?: string });

/** `Order(id: …) by attribute "order.id" { on span … / Pay(…) }`: one instance of a machine or activity a key. */
export interface InstanceBinding extends Element {
  readonly kind: 'instances';
  /** A machine or an activity. */
  readonly machine: ElementId;
  readonly key: string;
  readonly arguments: readonly Argument[];
  readonly events: readonly EventBinding[];
  /** `register = log "…" to log "…"`: what shows the activity's actions. */
  readonly bindings: readonly Binding[];
  /** The attribute in which the system itself reports its state. */
  readonly stateAttribute?: string;
}

export interface EventBinding extends Element {
  readonly kind: 'event';
  readonly observed: { readonly kind: 'span' | 'span-start' | 'log'; readonly name: string };
  readonly guard?: Expression;
  readonly signal: ElementId;
  readonly arguments: readonly Argument[];
}

export interface Forecast extends Element {
  readonly kind: 'forecast';
  readonly measure: Measure;
  /** Microseconds. */
  readonly horizon: number;
}

/** `on breach of fast for 2 min { … }`. Effects are data; who carries them out decides whether it may. */
export interface Reaction extends Element {
  readonly kind: 'reaction';
  readonly expectation: ElementId;
  /** Microseconds that the breach must last. */
  readonly lasting: number;
  readonly effects: readonly (
    | { readonly kind: 'webhook'; readonly url: string }
    | { readonly kind: 'propose-scale'; readonly component: ElementId; readonly replicas?: number }
  )[];
}

/** Learned numbers that override the model's for one deployment. */
export interface Calibration extends Element {
  readonly kind: 'calibration';
  readonly deployment: ElementId;
  /** ISO dates. */
  readonly period?: { readonly from: string; readonly to: string };
  readonly values: readonly LearnedValue[];
}

export interface LearnedValue extends Element {
  readonly kind: 'learned';
  /** An operation, a combined fragment, or the target of a branch. */
  readonly subject: ElementId;
  readonly version?: string;
  /** Of an operation. */
  readonly cost?: OperationCost;
  /** Of a branch or the first weighted operand of a fragment: a fraction. */
  readonly share?: number;
}
