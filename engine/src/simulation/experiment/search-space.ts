/** The lattice of changes that a search walks over: so many steps along each of a few parameters, in the order of what they cost. */
import type { ElementId, Model } from '../../model/index.ts';
import { formatFigure } from '../../numeric/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import { candidatesOf, partOf } from './candidates.ts';
import { costOf } from './cost-of.ts';
import { currentValue } from './current-value.ts';
import { isSameSettable, type Settable, type SettableName, type Setting } from './setting.ts';
import { settableText, settingValueText } from './setting-text.ts';
import { withSettings } from './with-settings.ts';

/** One parameter and the values that it may take, step by step away from how it stands. */
export interface Dimension {
  readonly parameter: Settable;
  readonly settings: readonly Setting[];
  /** `Orders.replicas 2 to 10`. */
  readonly text: string;
}

/** By dimension: how many steps; 0 is as it stands. */
export type Steps = readonly number[];

export interface Price {
  /** Money a second; 0 where nothing has a price. */
  readonly cost: number;
  /** Cores on all nodes, and steps along whatever is no node. */
  readonly units: number;
  /** How many parameters are touched. */
  readonly touched: number;
}

/** Up to four times what there is, by no more than so many steps. */
const GROWTH = 4;
const STEPS = 16;
/** A timeout doubles, or halves; so often at most. */
const FACTOR_STEPS = 3;
/** More further attempts than that help nobody. */
const MORE_ATTEMPTS = 3;

/** Everything of which there could be more, and how long callers wait. */
export function dimensionsOf(compiled: CompiledScenario): readonly Dimension[] {
  const { model, scenario } = compiled;
  const dimensions: Dimension[] = [];
  for (const { setting, isCapacity } of candidatesOf(compiled)) {
    const { element, name, factor } = setting;
    const parameter: Settable = { element, name };
    if (factor !== undefined && isSearchedByFactor(name)) {
      const settings: Setting[] = [];
      let all = factor;
      for (let k = 1; k <= FACTOR_STEPS; k++, all *= factor) settings.push({ ...parameter, factor: all });
      const most = formatFigure(settings.at(-1)?.factor ?? 1);
      const way = factor > 1 ? `up to ${most} times` : `down to ${most} times`;
      dimensions.push({ parameter, settings, text: `${settableText(parameter)} ${way} what it is` });
      continue;
    }
    const now = currentValue(model, scenario, parameter);
    if (name === 'retry' && typeof now === 'number') {
      const way = typeof setting.value === 'number' && setting.value > now ? 1 : -1;
      const steps = way > 0 ? MORE_ATTEMPTS : now;
      const settings = Array.from(
        { length: Math.min(steps, STEPS) },
        (_, k): Setting => ({
          ...parameter,
          value: now + way * (k + 1),
        }),
      );
      dimensions.push({
        parameter,
        settings,
        text: `${settableText(parameter)} ${now} to ${now + way * settings.length}`,
      });
      continue;
    }
    const isKnown = dimensions.some((one) => isSameSettable(one.parameter, parameter));
    if (!isCapacity || isKnown || typeof now !== 'number') continue;
    const step = name === 'threads' || name === 'connections' || name === 'bulkhead' ? partOf(now) : 1;
    const most = Math.min(STEPS, Math.max(4, Math.ceil(((GROWTH - 1) * now) / step)));
    const settings = Array.from({ length: most }, (_, k): Setting => ({ ...parameter, value: now + (k + 1) * step }));
    const [from, to] = [now, now + most * step].map((value) => settingValueText(name, value));
    dimensions.push({ parameter, settings, text: `${settableText(parameter)} ${from} to ${to}` });
  }
  return dimensions;
}

/** How long callers wait, and what a limit lets in. */
function isSearchedByFactor(name: SettableName): boolean {
  return name === 'timeout' || name === 'backoff' || name === 'hedge' || name === 'limit';
}

export function settingsAt(dimensions: readonly Dimension[], steps: Steps): readonly Setting[] {
  return dimensions.flatMap(({ settings }, at) => settings[(steps[at] ?? 0) - 1] ?? []);
}

/** What the change costs beyond what there is. */
export function priceOf({ model, scenario }: CompiledScenario, dimensions: readonly Dimension[], steps: Steps): Price {
  const changed = withSettings(model, scenario.id, settingsAt(dimensions, steps));
  const after = changed.scenarios.find(({ id }) => id === scenario.id);
  const before = costOf(model, scenario) ?? 0;
  const now = after === undefined ? before : (costOf(changed, after) ?? before);
  const ofNodes = coresOf(changed, scenario.deployment) - coresOf(model, scenario.deployment);
  const isOfNode = ({ parameter: { element } }: Dimension): boolean =>
    model.deployments.some(({ nodes }) => nodes.some(({ id }) => id === element));
  const others = steps.reduce((sum, one, at) => {
    const dimension = dimensions[at];
    return sum + (dimension === undefined || isOfNode(dimension) ? 0 : one);
  }, 0);
  return { cost: now - before, units: ofNodes + others, touched: steps.filter((one) => one > 0).length };
}

function coresOf({ deployments }: Model, deployment: ElementId | undefined): number {
  const nodes = deployments.find(({ id }) => id === deployment)?.nodes ?? [];
  return nodes.reduce((sum, { count, cores }) => sum + count * (cores ?? 1), 0);
}

function comparePrices(a: Price, b: Price): number {
  return a.cost - b.cost || a.units - b.units || a.touched - b.touched;
}

/** Is there in `b` at least as much of everything as in `a`? */
export function isWithin(a: Steps, b: Steps): boolean {
  return a.every((steps, at) => steps <= (b[at] ?? 0));
}

/** Every combination in the order of its price, the nearest first; each is made when it is asked for. */
export class PriceOrder {
  readonly #priceOf: (steps: Steps) => Price;
  readonly #limits: Steps;
  readonly #open: { readonly steps: Steps; readonly price: Price }[] = [];
  readonly #seen = new Set<string>();

  constructor(limits: Steps, priceOf: (steps: Steps) => Price) {
    this.#limits = limits;
    this.#priceOf = priceOf;
    this.#add(limits.map(() => 0));
  }

  next(): { readonly steps: Steps; readonly price: Price } | undefined {
    let best = 0;
    this.#open.forEach((one, at) => {
      const order = comparePrices(one.price, this.#open[best]!.price);
      // Between equals by their steps, so that the order does not depend on how they were come across.
      if (order < 0 || (order === 0 && one.steps.join() < this.#open[best]!.steps.join())) best = at;
    });
    const [found] = this.#open.splice(best, 1);
    for (const at of found?.steps.keys() ?? [])
      this.#add((found?.steps ?? []).map((steps, other) => (other === at ? steps + 1 : steps)));
    return found;
  }

  #add(steps: Steps): void {
    const key = steps.join();
    if (this.#seen.has(key) || steps.some((one, at) => one > (this.#limits[at] ?? 0))) return;
    this.#seen.add(key);
    this.#open.push({ steps, price: this.#priceOf(steps) });
  }
}
