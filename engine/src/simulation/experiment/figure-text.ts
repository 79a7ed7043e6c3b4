/** Elements, measures and figures in sentences. How a figure is written is decided in `numeric/`; here only what stands around it. */
import type { ElementId, Model } from '../../model/index.ts';
import { formatInterval, formatValue } from '../../numeric/index.ts';
import { isShare } from '../../property/index.ts';
import type { PairedEstimate } from './comparison-result.ts';

/** Without the package, and without what is around a node: as expectations name it. */
export function nameIn(model: Model, id: ElementId): string {
  const isNode = model.deployments.some(({ nodes }) => nodes.some((node) => node.id === id));
  if (isNode) return id.slice(id.lastIndexOf('.') + 1);
  const prefix = `${model.package}.`;
  return model.package !== '' && id.startsWith(prefix) ? id.slice(prefix.length) : id;
}

/** `p99(Checkout)`. */
export function measureText(model: Model, element: ElementId, measure: string): string {
  if (element === '') return measure;
  // A percentile of another measure: `p95(time_to)` of a node is `p95(time_to(node))`.
  const isNested = measure.endsWith(')');
  const call = `${isNested ? measure.slice(0, -1) : measure}(${nameIn(model, element)})`;
  return isNested ? `${call})` : call;
}

export function plainFigure(value: number | null, unit: string, measure: string): string {
  return value === null ? '–' : formatValue(value, unit, isShare(measure));
}

/** `414 ± 12 ms`; a difference of shares is in percentage points. */
export function differenceText({ value, lower, upper }: PairedEstimate, unit: string, measure: string): string {
  if (value === null) return '–';
  const share = isShare(measure);
  const half = lower === null || upper === null ? 0 : (upper - lower) / 2;
  const text =
    lower === null || upper === null
      ? formatValue(value, unit, share)
      : Math.abs(value) < half
        ? // The unit of the value would say nothing of how far it may be off.
          `0 ± ${formatValue(Math.max(Math.abs(lower), Math.abs(upper)), unit, share)}`
        : formatInterval(value, lower, upper, unit, share);
  return share ? text.replace(/ %$/, ' percentage points') : text;
}

/** The same without its sign: by how much. */
export function amountText({ value, lower, upper }: PairedEstimate, unit: string, measure: string): string {
  if (value === null || value >= 0) return differenceText({ value, lower, upper }, unit, measure);
  const turned = { value: -value, lower: upper === null ? null : -upper, upper: lower === null ? null : -lower };
  return differenceText(turned, unit, measure);
}
