/**
 * What every OTLP decoder hands back: the good observations, and what was wrong with the others. Knows the limits that keep
 * one sender from filling the memory; knows nothing of an encoding.
 */
import type { Observation } from '@pollux/engine/observation';

/** The parts of OTLP that are understood. */
export type Signal = 'traces' | 'logs';

/** What of a metric is read: that it exists. Its figures are not used. */
export interface MetricName {
  readonly service: string;
  readonly name: string;
}

export type Decoded<T = Observation> = DecodedRequest<T> | NotOtlp;

interface DecodedRequest<T = Observation> {
  readonly kind: 'decoded';
  readonly observations: readonly T[];
  /** Spans or log records that were refused; their neighbours are kept. */
  readonly rejected: number;
  /** The first few reasons, each with the place in the body. */
  readonly reasons: readonly string[];
}

/** The body as a whole cannot be read: nothing of it is kept. */
export interface NotOtlp {
  readonly kind: 'not-otlp';
  readonly reason: string;
}

/** What exceeds a limit is cut off; the span itself is kept. */
export const limits = {
  /** Attributes of one span, event, log record or resource. */
  attributes: 128,
  /** UTF-16 units of one text. */
  text: 8192,
  events: 128,
  links: 128,
  /** Lists within lists of one attribute. */
  depth: 16,
} as const;

const REASONS = 10;

/** Collects what was refused while its neighbours are decoded. */
export class Rejections {
  count = 0;
  readonly reasons: string[] = [];

  add(reason: string): void {
    this.count++;
    if (this.reasons.length < REASONS) this.reasons.push(reason);
  }
}

/** A request of which nothing at all could be read is no OTLP: the sender must hear that, not a polite success. */
export function outcome<T>(observations: readonly T[], rejections: Rejections): Decoded<T> {
  const { count, reasons } = rejections;
  if (observations.length === 0 && count > 0)
    return { kind: 'not-otlp', reason: reasons[0] ?? 'nothing in it could be read' };
  return { kind: 'decoded', observations, rejected: count, reasons };
}

/** Text within the limit. */
export function cut(text: string): string {
  return text.length > limits.text ? text.slice(0, limits.text) : text;
}
