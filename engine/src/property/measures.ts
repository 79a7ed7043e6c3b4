/**
 * The measures of the language, declared once: checks, completion, documentation and results derive from this table.
 */
import type { Measure } from '../model/index.ts';

export interface MeasureDeclaration {
  readonly name: string;
  readonly unit: 's' | '1/s' | '1';
  /** Empty: of the whole. */
  readonly appliesTo: readonly MeasurableKind[];
  readonly meaning: string;
  /** Which way is good, all else the same; absent where neither is in itself. */
  readonly better?: 'lower' | 'higher';
  /** Sums up many values of one kind: `p95(wait(bed))`. */
  readonly summarises?: boolean;
  /** A time that each occurrence has of its own: it has percentiles. */
  readonly isLaw?: boolean;
  /** Something that holds at a moment: it has extremes and percentiles over time. */
  readonly isLevel?: boolean;
}

export type MeasurableKind =
  | 'interaction'
  | 'operation'
  | 'component'
  | 'node'
  | 'state'
  | 'machine'
  | 'resource'
  | 'activity'
  | 'action'
  | 'topic'
  | 'pool';

/** What a component has so many of in each replica; behind its name they are measured: `queue(Orders.threads)`. */
export const poolNames = ['threads', 'connections', 'bulkhead'] as const;

export type PoolName = (typeof poolNames)[number];

const timed = ['interaction', 'operation', 'activity', 'action', 'topic'] as const;
const occurring = [...timed, 'component'] as const;
const shared = ['node', 'component', 'resource', 'pool'] as const;

function summary(name: string, meaning: string): MeasureDeclaration {
  return { name, unit: 's', appliesTo: timed, meaning, better: 'lower', summarises: true };
}

function percentile(name: string): MeasureDeclaration {
  return summary(name, `Response time that ${name.slice(1)} % of the completed occurrences do not exceed.`);
}

const summaries: readonly MeasureDeclaration[] = [
  summary('mean', 'Mean response time, waiting included.'),
  summary('min', 'Shortest response time.'),
  summary('max', 'Longest response time.'),
  ...['p50', 'p75', 'p90', 'p95', 'p99', 'p99.9', 'p99.99'].map(percentile),
];

export const measures: readonly MeasureDeclaration[] = [
  ...summaries,
  { name: 'rate', unit: '1/s', appliesTo: occurring, meaning: 'Occurrences started a second.' },
  {
    name: 'throughput',
    unit: '1/s',
    appliesTo: occurring,
    meaning: 'Occurrences completed a second.',
    better: 'higher',
  },
  { name: 'count', unit: '1', appliesTo: [...occurring, 'state', 'machine'], meaning: 'How many there were.' },
  { name: 'errors', unit: '1', appliesTo: occurring, meaning: 'Share of occurrences that failed.', better: 'lower' },
  {
    name: 'availability',
    unit: '1',
    appliesTo: occurring,
    meaning: 'Share of occurrences that succeeded.',
    better: 'higher',
  },
  {
    name: 'utilization',
    unit: '1',
    appliesTo: shared,
    meaning: 'Share of the cores, of the resource, or of the pool, that was busy.',
    isLevel: true,
  },
  {
    name: 'queue',
    better: 'lower',
    unit: '1',
    appliesTo: ['node', 'component', 'resource', 'topic', 'pool'],
    meaning:
      'Mean number waiting for a core, for a thread of a component, for a resource, for a place in a pool, or for the consumers of a topic.',
    isLevel: true,
  },
  {
    name: 'wait',
    better: 'lower',
    unit: 's',
    appliesTo: ['node', 'operation', 'component', 'resource', 'action', 'topic'],
    meaning: 'Mean time waiting for a core, a thread or a resource, or for a consumer.',
    isLaw: true,
  },
  { name: 'concurrency', unit: '1', appliesTo: occurring, meaning: 'Mean number in progress.', isLevel: true },
  {
    name: 'saturation',
    better: 'lower',
    unit: '1',
    appliesTo: shared,
    meaning:
      'Share of the time in which whoever comes has to wait, because all of it is busy; of a component: all cores of its node; of a pool: all of it in a replica.',
  },
  {
    name: 'time_in',
    better: 'lower',
    unit: 's',
    appliesTo: ['state', 'action', 'activity', 'machine'],
    meaning: 'Mean time from entering to leaving, of those that left; of an instance, from its beginning to its end.',
    isLaw: true,
  },
  {
    name: 'time_to',
    better: 'lower',
    unit: 's',
    appliesTo: ['state', 'action'],
    meaning: 'Mean time from the beginning of the instance until it gets there first.',
    isLaw: true,
  },
  {
    name: 'probability',
    unit: '1',
    appliesTo: ['state', 'action'],
    meaning: 'Share of the instances that had been there when they ended.',
  },
  {
    name: 'cost',
    better: 'lower',
    unit: '1',
    appliesTo: [],
    meaning: 'What the deployment costs over the run, warm-up left out, in the currency of its prices.',
  },
];

/** Finds a measure by name; every percentile is one, also those that nobody proposes. */
export function measureNamed(name: string): MeasureDeclaration | undefined {
  const listed = measures.find((measure) => measure.name === name);
  if (listed !== undefined || !(Number(/^p(\d{1,2}(?:\.\d+)?)$/.exec(name)?.[1]) > 0)) return listed;
  return percentile(name);
}

/** In one text: `p95(wait)`. Where the mean of it is asked for, that is the measure itself: `mean(wait)` is `wait`. */
export function plainMeasure({ statistic, of }: Pick<Measure, 'statistic' | 'of'>): string {
  if (of === undefined) return statistic;
  return statistic === 'mean' ? of : `${statistic}(${of})`;
}

/** The parts of such a text; `of` is null where the statistic is about the element itself. */
export function partsOfMeasure(text: string): { readonly statistic: string; readonly of: string | null } {
  const [, statistic, of] = /^([\w.]+)\((\w+)\)$/.exec(text) ?? [];
  return statistic === undefined || of === undefined ? { statistic: text, of: null } : { statistic, of };
}

/** Why there is no figure for it, neither simulated nor observed; undefined where there is one. */
export function whyNotComputed({ statistic, of }: Pick<Measure, 'statistic' | 'of'>): string | undefined {
  const declared = measureNamed(of ?? statistic);
  if (declared === undefined) return `there is no measure ${of ?? statistic}`;
  if (of === undefined || statistic === 'mean' || declared.isLaw === true || declared.isLevel === true)
    return undefined;
  return `of ${of} only the mean is worked out`;
}

const shares: ReadonlySet<string> = new Set(['errors', 'availability', 'utilization', 'saturation', 'probability']);

/**
 * Of the measures with the unit `1`: is it a fraction and no count? Takes a name, or a whole demand: `errors(Checkout) < 1 %`,
 * `p95(utilization(app)) < 90 %`.
 */
export function isShare(measure: string): boolean {
  const [, first = '', second = ''] = /^\s*([\w.]+)(?:\((\w+)[()])?/.exec(measure) ?? [];
  return shares.has(measureNamed(first)?.summarises === true ? second : first);
}
