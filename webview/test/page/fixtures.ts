/** The shop as the page gets it: its model, a run of it, and a moment of its twin with one contradiction of each kind. */
import { readFile } from 'node:fs/promises';
import type { ElementId, Model } from '@pollux/engine/model';
import type { MeasuredValue, SimulationResult } from '@pollux/engine/simulation';
import type { Divergence, Figures, TwinState } from '@pollux/engine/twin';
import { loadModel, modelOf } from '@pollux/language-server/language';

const shop = new URL('../../../samples/shop/shop.twin', import.meta.url);

let parsed: Promise<Model> | null = null;

export function shopModel(): Promise<Model> {
  parsed ??= readFile(shop, 'utf8').then(modelFrom);
  return parsed;
}

/** A sample with what it imports: `hospital/hospital.twin`. Nobody reads its recordings here: a law stands for them. */
export async function sampleModel(path: string): Promise<Model> {
  const read = async (uri: string): Promise<string> =>
    (await readFile(new URL(uri), 'utf8')).replace(/empirical\("[^"]*"\)/g, 'exp(12 min)');
  const { model } = await loadModel({ read }, new URL(`../../../samples/${path}`, import.meta.url).href);
  if (model === null) throw new Error(`${path} cannot be read`);
  return model;
}

export async function modelFrom(text: string): Promise<Model> {
  const { model, problems } = await modelOf(text, 'file:///shop/shop.twin');
  if (model === null) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return model;
}

/** Friday, 20 November 2026, 18:40:12 UTC. */
export const moment = 1_795_200_012_000_000;

const create = 'shop.Checkout/customer->web.checkout/web->orders.create';

/** Element → rate a second, and observed and predicted p95 in seconds. */
const messages: Readonly<Record<ElementId, readonly [number, number, number]>> = {
  'shop.Checkout/customer->web.checkout': [11.8, 0.612, 0.198],
  [create]: [11.8, 0.171, 0.179],
  [`${create}/orders->stock.reserve`]: [11.8, 0.031, 0.034],
  [`${create}/orders->bank.charge`]: [10.1, 0.552, 0.131],
  [`${create}/orders->>order:Pay`]: [11.8, 0.0008, 0.0009],
  [`${create}/orders->>stock.dispatch`]: [11.3, 0.044, 0.046],
  [`${create}/orders->stock.release`]: [0.4, 0.015, 0.014],
  'shop.Browse/customer->web.browse': [7.9, 0.041, 0.039],
  'shop.Browse/customer->web.browse/web->stock.find': [15.7, 0.014, 0.015],
  'shop.CancelOrder/customer->web.cancel': [0.48, 0.14, 0.132],
  'shop.CancelOrder/customer->web.cancel/web->orders.cancel': [0.48, 0.13, 0.12],
  'shop.CancelOrder/customer->web.cancel/web->orders.cancel/orders->bank.refund': [0.48, 0.11, 0.099],
};

const transitions: Readonly<Record<ElementId, number>> = {
  'shop.Order/initial->Created': 11.8,
  'shop.Order.Created/on(Pay)->Paid': 11.3,
  'shop.Order.Created/on(Pay)->Declined': 0.43,
  'shop.Order.Created/after(30 s)->Expired': 0.02,
  'shop.Order.Paid/completion->Risk': 11.3,
  'shop.Order.Risk/->Fulfilment.Review': 0.31,
  'shop.Order.Risk/else->Fulfilment.Packing': 11,
  'shop.Order.Fulfilment.Review/after(200 ms)->Fulfilment.Packing': 0.31,
  'shop.Order.Fulfilment.Packing/on(Dispatched)->Fulfilment.Shipping': 11.3,
  'shop.Order.Fulfilment.Shipping/on(Delivered)->Closed': 10.4,
  'shop.Order.Fulfilment/on(Cancel)->Refunding': 0.48,
  'shop.Order.Refunding/on(Refund)->Refunded': 0.47,
};

const states: Readonly<Record<ElementId, number>> = {
  'shop.Order.Created': 6,
  'shop.Order.Paid': 0,
  'shop.Order.Fulfilment': 1031,
  'shop.Order.Fulfilment.Review': 1,
  'shop.Order.Fulfilment.Packing': 5,
  'shop.Order.Fulfilment.Shipping': 1025,
  'shop.Order.Refunding': 39,
};

const ended: Readonly<Record<ElementId, number>> = {
  'shop.Order.Closed': 13_224,
  'shop.Order.Declined': 529,
  'shop.Order.Expired': 18,
  'shop.Order.Refunded': 588,
};

function divergence(
  id: string,
  kind: Divergence['kind'],
  element: ElementId,
  message: string,
  more: Partial<Divergence> = {},
): Divergence {
  return {
    id,
    kind,
    element,
    message,
    status: 'open',
    verdict: 'final',
    count: 17,
    of: 14_688,
    first: moment - 520e6,
    last: moment - 3e6,
    evidence: {
      traceIds: ['4f1c2a77d3b94a02', 'b70e5c11aa2311d4', '77ad0b3390c103ff', '41b0d1e67f2b9e2c'],
      instances: ['o-1841', 'o-1907'],
      figures: [],
      also: [],
    },
    ...more,
  };
}

const evidence = { traceIds: ['77ad0b3390c103ff'], instances: [], also: [] };

/** `quiet`: nothing contradicts. */
export function shopTwin(quiet = false): TwinState {
  const figures: Record<ElementId, Figures> = {};
  for (const [element, [rate, p95, predicted]] of Object.entries(messages)) {
    const total = Math.round(rate * 1200);
    figures[element] = {
      total,
      rate,
      p50: p95 / 2,
      p95: quiet ? predicted * 1.03 : p95,
      predicted: { p50: predicted / 2, p95: predicted },
    };
  }
  for (const [element, rate] of Object.entries(transitions))
    figures[element] = { total: Math.round(rate * 1200), rate };
  for (const [element, instances] of Object.entries(states)) figures[element] = { total: 14_000, instances };
  for (const [element, total] of Object.entries(ended)) figures[element] = { total };
  figures[`${create}/alt[paid]/[paid]`] = { total: 13_500, share: 0.963 };
  figures[`${create}/alt[paid]/else`] = { total: 510, share: 0.037 };
  figures[`${create}/opt[method == Method.card]/[method == Method.card]`] = { total: 12_100, share: 0.851 };
  const open = [
    divergence(
      'd1',
      'illegal-transition',
      'shop.Order.Fulfilment.Shipping',
      'Refund seen here 17 times, no transition takes it',
    ),
    divergence(
      'd2',
      'latency',
      `${create}/orders->bank.charge`,
      'Bank.charge takes 552 ms at p95, the simulation predicts 131 ms',
      {
        count: 118,
        of: 120,
        evidence: {
          ...evidence,
          figures: [
            { name: 'observed p95', value: 0.552, unit: 's' },
            { name: 'predicted p95', value: 0.131, unit: 's' },
          ],
        },
      },
    ),
    divergence(
      'd3',
      'missing-message',
      `${create}/orders->stock.reserve`,
      'Stock.reserve is missing in 553 of 13 411 traces',
      { count: 553, of: 13_411 },
    ),
  ];
  const resolved = divergence('d4', 'error-rate', 'shop.Orders.cancel', 'Orders.cancel failed in 4 of 20 calls', {
    status: 'resolved',
    resolved: moment - 60e6,
    count: 4,
    of: 20,
  });
  return {
    schema: 1,
    twin: 'shop.Live',
    sequence: 7,
    watermark: moment - 2e6,
    newest: moment,
    window_s: 10,
    traces: { seen: 14_688, matched: 14_100, divergent: 570, undecided: 18, unmodelled: 0 },
    spans: { received: 88_000, unmodelled: 0, shed: 0 },
    figures,
    divergences: quiet ? [] : [...open, resolved],
    expectations: [
      {
        element: 'shop.Live.fast',
        text: 'p95(Checkout) < 500 ms over 10 s',
        verdict: quiet ? 'met' : 'missed',
        value: quiet ? 0.204 : 0.612,
        unit: 's',
      },
      {
        element: 'shop.Live.drift',
        text: 'p95(Orders.create) within 50 % of simulation over 10 s',
        verdict: 'met',
        value: 0.171,
        unit: 's',
      },
    ],
  };
}

/** Quantiles of a lognormal law with that median and p95. */
function curve(median: number, p95: number): SimulationResult['latencies'][number]['points'] {
  const normal: readonly (readonly [number, number])[] = [
    [0.01, -2.326],
    [0.05, -1.645],
    [0.1, -1.282],
    [0.25, -0.674],
    [0.5, 0],
    [0.75, 0.674],
    [0.9, 1.282],
    [0.95, 1.645],
    [0.98, 2.054],
    [0.99, 2.326],
    [0.995, 2.576],
    [0.999, 3.09],
  ];
  const sigma = Math.log(p95 / median) / 1.645;
  return normal.map(([quantile, z]) => ({ quantile, seconds: median * Math.exp(sigma * z) }));
}

/** A run of the scenario Weekday: app is busier than it should be, errors cannot be told yet. */
export function shopRun(): SimulationResult {
  const measures: MeasuredValue[] = [];
  const add = (
    element: ElementId,
    measure: string,
    unit: string,
    value: number | null,
    half: number | null,
    samples = 19_427,
  ): void => {
    const estimable = value !== null && half !== null;
    measures.push({
      element,
      measure,
      unit,
      value,
      samples,
      lower: estimable ? value - half : null,
      upper: estimable ? value + half : null,
      confidence: 0.95,
      status: estimable ? 'ok' : 'not-estimable',
    });
  };
  const latency = (element: ElementId, rate: number, p95: number): void => {
    add(element, 'rate', '1/s', rate, rate * 0.013);
    add(element, 'mean', 's', p95 * 0.52, p95 * 0.01);
    add(element, 'p50', 's', p95 * 0.46, p95 * 0.01);
    add(element, 'p95', 's', p95, p95 * 0.04);
    add(element, 'p99', 's', p95 * 1.4, rate < 1 ? null : p95 * 0.09);
    add(element, 'errors', '1', 0, 0.00008);
  };
  const interactions = {
    'shop.Checkout': [11.99, 0.145],
    'shop.Browse': [8, 0.0355],
    'shop.CancelOrder': [0.507, 0.1],
  } as const;
  const operations = {
    'shop.WebShop.checkout': [11.99, 0.145],
    'shop.Orders.create': [11.99, 0.139],
    'shop.Bank.charge': [10.2, 0.131],
  } as const;
  for (const [element, [rate, p95]] of Object.entries({ ...interactions, ...operations })) latency(element, rate, p95);
  for (const [element, [rate, , p95]] of Object.entries(messages)) latency(element, rate, p95);
  for (const [node, component, busy] of [
    ['edge', 'WebShop', 0.0372],
    ['app', 'Orders', 0.812],
    ['store', 'Stock', 0.107],
  ] as const) {
    add(`shop.Production.${node}`, 'utilization', '1', busy, 0.004);
    add(`shop.Production.${node}`, 'queue', '1', busy * 0.4, 0.01);
    add(`shop.${component}`, 'utilization', '1', busy, 0.004);
  }
  for (const [element, rate] of Object.entries(transitions))
    add(element, 'count', '1', rate * 540, rate * 7, Math.round(rate * 1620));
  for (const element of Object.keys({ ...states, ...ended })) add(element, 'count', '1', 6252, 81, 18_756);
  const judged = { line: 128, unit: 's', bound: 0.4 } as const;
  return {
    schema: 2,
    model: 'file:///shop/shop.twin',
    scenario: 'shop.Weekday',
    seed: 42,
    replications: 3,
    simulated_s: 1620,
    measures,
    expectations: [
      {
        ...judged,
        element: 'shop.Weekday.fast',
        text: 'p95(Checkout) < 400 ms',
        verdict: 'met',
        value: 0.145,
        lower: 0.139,
        upper: 0.152,
      },
      {
        element: 'shop.Weekday/expect(utilization(app))',
        text: 'utilization(app) < 60 %',
        verdict: 'missed',
        value: 0.812,
        lower: 0.808,
        upper: 0.816,
        line: 129,
        unit: '1',
        bound: 0.6,
      },
      {
        element: 'shop.Weekday/expect(errors(Checkout))',
        text: 'errors(Checkout) < 1 %',
        verdict: 'undecided',
        value: 0.008,
        lower: 0.004,
        upper: 0.012,
        line: 130,
        unit: '1',
        bound: 0.01,
        reason: 'the interval spans the bound',
      },
    ],
    findings: [
      {
        code: 'saturated',
        severity: 'warning',
        element: 'shop.Production.app',
        message: 'app is busy for 81.2 % of the time, and its queue still grows at the end.',
      },
    ],
    counters: { started: 33_135, finished: 33_133, failed: 0, refused: 0, unfinished: 2, events: 376_056 },
    series: { step_s: 0, from_s: 0, buckets: 0, elements: [] },
    events: [],
    eventCounts: [],
    latencies: Object.entries({ ...interactions, ...operations }).map(([element, [, p95]]) => ({
      element,
      points: curve(p95 * 0.46, p95),
    })),
  };
}
