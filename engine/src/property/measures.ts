/**
 * The measures of the language, declared once: checks, completion, documentation and results derive from this table.
 */

export interface MeasureDeclaration {
  readonly name: string;
  readonly unit: 's' | '1/s' | '1';
  readonly appliesTo: readonly MeasurableKind[];
  readonly meaning: string;
}

export type MeasurableKind = 'interaction' | 'operation' | 'component' | 'node' | 'state' | 'machine';

const latency = ['interaction', 'operation'] as const;

export const measures: readonly MeasureDeclaration[] = [
  { name: 'mean', unit: 's', appliesTo: latency, meaning: 'Mean response time, waiting included.' },
  { name: 'min', unit: 's', appliesTo: latency, meaning: 'Shortest response time.' },
  { name: 'max', unit: 's', appliesTo: latency, meaning: 'Longest response time.' },
  ...['p50', 'p75', 'p90', 'p95', 'p99', 'p99.9', 'p99.99'].map((name) => ({
    name,
    unit: 's' as const,
    appliesTo: latency,
    meaning: `Response time that ${name.slice(1)} % of the completed occurrences do not exceed.`,
  })),
  { name: 'rate', unit: '1/s', appliesTo: latency, meaning: 'Occurrences started a second.' },
  { name: 'throughput', unit: '1/s', appliesTo: latency, meaning: 'Occurrences completed a second.' },
  {
    name: 'count',
    unit: '1',
    appliesTo: ['interaction', 'operation', 'state', 'machine'],
    meaning: 'How many there were.',
  },
  { name: 'errors', unit: '1', appliesTo: [...latency, 'component'], meaning: 'Share of occurrences that failed.' },
  {
    name: 'availability',
    unit: '1',
    appliesTo: [...latency, 'component'],
    meaning: 'Share of occurrences that succeeded.',
  },
  { name: 'utilization', unit: '1', appliesTo: ['node', 'component'], meaning: 'Share of the cores that was busy.' },
  { name: 'queue', unit: '1', appliesTo: ['node'], meaning: 'Mean number of jobs waiting for a core.' },
  { name: 'wait', unit: 's', appliesTo: ['node', 'operation'], meaning: 'Mean time waiting for a core.' },
  { name: 'concurrency', unit: '1', appliesTo: latency, meaning: 'Mean number in progress.' },
];

/** Finds a measure by name. */
export function measureNamed(name: string): MeasureDeclaration | undefined {
  return measures.find((measure) => measure.name === name);
}

const shares: ReadonlySet<string> = new Set(['errors', 'availability', 'utilization']);

/** Of the measures with the unit `1`: is it a fraction and no count? Takes a name, or a whole demand: `errors(Checkout) < 1 %`. */
export function isShare(measure: string): boolean {
  return shares.has(/^\s*([\w.]+)/.exec(measure)?.[1] ?? '');
}
