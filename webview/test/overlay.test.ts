import { describe, expect, it } from 'vitest';
import { diagramContent } from '../src/diagram/catalogue.ts';
import type { DiagramGraph } from '../src/diagram/graph.ts';
import { placeDiagram } from '../src/diagram/placed-diagram.ts';
import { fixedWidth } from '../src/diagram/text.ts';
import type { Group, Mark } from '../src/render/mark.ts';
import { describeFigures, liveOverlay, type Overlay, placesOf, simulatedOverlay } from '../src/render/overlay.ts';
import { overlayScene } from '../src/render/scene.ts';
import { nodeLayout } from './node-layout.ts';
import { shopModel, shopRun, shopTwin } from './page/fixtures.ts';

async function groupsOf(
  diagram: string,
  overlayOf: (model: Awaited<ReturnType<typeof shopModel>>) => Overlay,
): Promise<readonly Group[]> {
  const model = await shopModel();
  const content = diagramContent(model, diagram, fixedWidth);
  if (content === null) throw new Error(`no diagram ${diagram}`);
  const laidOut =
    'lifelines' in content ? content : placeDiagram(content as DiagramGraph, await nodeLayout().place(content));
  return overlayScene(laidOut, overlayOf(model), fixedWidth).groups;
}

const textsOf = (groups: readonly Group[], element: string): readonly string[] =>
  groups
    .filter((group) => group.element === element)
    .flatMap((group) => group.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])));

const live =
  (stale = false) =>
  (model: Awaited<ReturnType<typeof shopModel>>): Overlay =>
    liveOverlay(model, shopTwin(), stale);

describe('on a state machine', () => {
  it('instances stand at their state, totals at final states, rates at transitions', async () => {
    const groups = await groupsOf('shop.Order', live());
    expect(textsOf(groups, 'shop.Order.Created')).toEqual(['6']);
    expect(textsOf(groups, 'shop.Order.Closed')).toEqual(['13\u202f224']);
    expect(textsOf(groups, 'shop.Order.Created/on(Pay)->Paid')).toEqual(['11/s']);
  });

  it('ribbons are linear in the rate, 14 at the busiest, and never thinner than their floor', async () => {
    const groups = await groupsOf('shop.Order', live());
    const widths = groups
      .filter((group) => group.key.startsWith('ribbon/'))
      .flatMap((group) => group.marks.map((mark) => (mark as Extract<Mark, { kind: 'line' }>).width ?? 0));
    expect(Math.max(...widths)).toBe(14);
    expect(Math.min(...widths)).toBe(1.75);
  });

  it('a contradiction is a badge with its count at its element', async () => {
    const groups = await groupsOf('shop.Order', live());
    const badge = groups.find((group) => group.divergence === 'd1');
    expect(badge?.element).toBe('shop.Order.Fulfilment.Shipping');
    expect(badge?.sentence).toContain('17 times');
  });

  it('a silent source takes away blue and ribbons', async () => {
    const groups = await groupsOf('shop.Order', live(true));
    expect(groups.some((group) => group.key.startsWith('ribbon/'))).toBe(false);
    expect(groups.flatMap((group) => group.marks).some((mark) => mark.look === 'obs')).toBe(false);
  });

  it('simulated ribbons have a rim', async () => {
    const groups = await groupsOf('shop.Order', (model) => simulatedOverlay(model, shopRun()));
    const ribbon = groups.find((group) => group.key.startsWith('ribbon/'));
    expect(ribbon?.marks.map((mark) => mark.look)).toEqual(['ribbon rim', 'ribbon']);
  });
});

describe('on a sequence diagram', () => {
  it('a latency outside its prediction colours its row in the margin', async () => {
    const groups = await groupsOf('shop.Checkout', live());
    const row = groups.find((group) => group.divergence === 'd2');
    expect(row?.key).toMatch(/^margin\//);
    expect(row?.marks.map((mark) => mark.look)).toContain('plate alert-tint');
    expect(textsOf(groups, row?.element ?? '')).toContain('4.2 times predicted');
  });

  it('operands show the share of traces that took them', async () => {
    const groups = await groupsOf('shop.Checkout', live());
    expect(textsOf(groups, 'shop.Checkout/customer->web.checkout/web->orders.create/alt[paid]/[paid]')).toEqual([
      '96.3 %',
    ]);
  });
});

describe('on a deployment', () => {
  it('cores are filled by their busy share, and a node that misses its expectation says so', async () => {
    const groups = await groupsOf('shop.Production', (model) => simulatedOverlay(model, shopRun()));
    const app = groups.find((group) => group.key === 'figures/shop.Production.app');
    const fills =
      app?.marks.flatMap((mark) => (mark.kind === 'box' && mark.look === 'bar-fill' ? [mark.box] : [])) ?? [];
    expect(fills[0]?.height).toBeCloseTo(15 * 0.812);
    expect(app?.marks).toContainEqual(expect.objectContaining({ text: '81 %', look: 'alert' }));
  });

  it('links carry the messages between the components on their ends', async () => {
    const model = await shopModel();
    const { figures } = liveOverlay(model, shopTwin(), false);
    expect(figures.get('shop.Production/edge--app')?.rate).toBeCloseTo(11.8 + 0.48);
    expect(figures.get('shop.Production/edge--store')?.rate).toBeCloseTo(15.7);
  });

  it('links of two deployments alike have the figures of the one that ran, and the other has none', async () => {
    const model = await shopModel();
    const [production] = model.deployments;
    if (production === undefined) throw new Error('The shop is deployed nowhere.');
    const other = JSON.parse(JSON.stringify(production).replaceAll('shop.Production', 'shop.Spare'));
    const both = { ...model, deployments: [production, other] };
    const { figures, deployment } = liveOverlay(both, shopTwin(), false);
    expect(deployment).toBe('shop.Production');
    expect(figures.get('shop.Production/edge--store')?.rate).toBeCloseTo(15.7);
    expect(figures.has('shop.Spare/edge--store')).toBe(false);
    const drawn = await groupsOf('shop.Production', () => ({
      ...liveOverlay(both, shopTwin(), false),
      deployment: 'shop.Spare',
    }));
    expect(drawn).toEqual([]);
  });
});

describe('a contradiction is shown', () => {
  it.each([
    ['shop.Order.Created', ['shop.Order.Created']],
    ['shop.Checkout', ['shop.Checkout/customer->web.checkout']],
    ['shop.Bank.refund', ['shop.Bank', 'shop.CancelOrder/customer->web.cancel/web->orders.cancel/orders->bank.refund']],
    ['shop.Live.fast', ['shop.Checkout/customer->web.checkout']],
    ['shop.Orders', ['shop.Production.app/Orders']],
  ])('of %s at %s', async (element, places) => {
    expect(placesOf(await shopModel(), element)).toEqual(places);
  });
});

it('an element is told in a sentence with its figures', async () => {
  const overlay = liveOverlay(await shopModel(), shopTwin(), false);
  expect(describeFigures(overlay, 'shop.Order.Fulfilment.Shipping')).toBe(', 1\u202f025 instances, 1 divergence');
});
