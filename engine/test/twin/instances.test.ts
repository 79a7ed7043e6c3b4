import type { Observation, Span } from '@pollux/engine/observation';
import type { TwinState } from '@pollux/engine/twin';
import { describe, expect, it } from 'vitest';
import { log } from '../observation/span-builder.ts';
import { orderEvent, shopSession } from './shop-telemetry.ts';

const paid = (id: string, at: number, attributes: Span['attributes'] = {}) =>
  orderEvent('paid', id, at, { ok: true, ...attributes });
const handover = (id: string, at: number) => orderEvent('handover', id, at);
const delivered = (id: string, at: number) => log('orders', 'delivered', at * 1000, { 'order.id': id });
const refunded = (id: string, at: number, attributes: Span['attributes'] = {}) =>
  orderEvent('refunded', id, at, attributes);
/** Something that lets time go on. */
const later = (at: number) => paid(`other-${at}`, at);

async function after(...observations: readonly Observation[]): Promise<TwinState> {
  const session = await shopSession();
  for (const observation of observations) session.observe([observation]);
  session.close();
  return session.snapshot();
}

describe('machine instances', () => {
  it('are counted in their states, and leave when they have ended', async () => {
    const { figures } = await after(
      paid('a', 1),
      paid('b', 1),
      paid('c', 1),
      handover('a', 2),
      handover('b', 2),
      delivered('b', 3),
    );
    expect(figures.Order).toMatchObject({ total: 3, instances: 2 });
    expect(figures['Order.Shipping']).toMatchObject({ instances: 1, total: 2 });
    expect(figures['Order.Packing']?.instances).toBe(1);
    expect(figures['Order.Closed']).toMatchObject({ instances: 0, total: 1 });
  });

  it('say which transitions are taken, and with what share', async () => {
    const orders = Array.from({ length: 20 }, (_, i) => paid(`o${i}`, 1 + i / 100, { ok: i % 10 !== 0 }));
    const { figures } = await after(...orders);
    expect(figures['Order.Created/on(Pay)->Risk']).toMatchObject({ total: 18, share: 0.9 });
    expect(figures['Order.Created/on(Pay)->Declined']).toMatchObject({ total: 2, share: 0.1 });
  });

  it('an event that no transition takes in the state is illegal, at once', async () => {
    const { divergences } = await after(paid('o-17', 1), handover('o-17', 2), refunded('o-17', 3));
    expect(divergences).toHaveLength(1);
    expect(divergences[0]).toMatchObject({
      kind: 'illegal-transition',
      element: 'Order.Shipping',
      message: 'Refund seen in state Shipping of order o-17, no transition takes it',
      status: 'open',
      count: 1,
      evidence: { instances: ['o-17'], traceIds: ['e-refunded-o-17-3'] },
    });
  });

  it('an event that only a component that never reported could explain is not held against anybody', async () => {
    const early = delivered('o-17', 3);
    expect((await after(paid('o-17', 1), early)).divergences).toEqual([]);
    // Once a handover was seen, handovers are reported.
    const { divergences } = await after(paid('o-1', 0.1), handover('o-1', 0.2), paid('o-17', 1), early);
    expect(divergences.map(({ element }) => element)).toEqual(['Order.Packing']);
  });

  it('many of the same kind are one divergence', async () => {
    const orders = ['a', 'b', 'c', 'd'].flatMap((id) => [paid(id, 1), refunded(id, 2)]);
    const { divergences } = await after(...orders);
    expect(divergences.map(({ message }) => message)).toEqual([
      'Refund seen 4 times in state Packing of order a, b, c, …, no transition takes it',
    ]);
  });

  it('it is resolved when other instances go well for a while', async () => {
    const session = await shopSession();
    session.observe([paid('a', 1), refunded('a', 2)]);
    for (let at = 3; at < 20; at++) session.observe([paid(`p${at}`, at)]);
    const [divergence] = session.snapshot().divergences;
    expect(divergence?.status).toBe('resolved');
    expect(divergence?.resolved).toBeLessThan((divergence?.last ?? 0) + 8e6);
  });

  it('without any other events it stays open', async () => {
    const session = await shopSession();
    session.observe([paid('a', 1), refunded('a', 2)]);
    session.advance(0);
    session.advance(60e6);
    expect(session.snapshot().divergences[0]?.status).toBe('open');
  });

  it('an event after the end is illegal, too', async () => {
    const { divergences } = await after(paid('a', 1), handover('a', 2), delivered('a', 3), refunded('a', 4), later(9));
    expect(divergences.map(({ element, message }) => [element, message])).toEqual([
      ['Order.Closed', 'Refund seen after the end in Closed of order a'],
    ]);
  });

  it('an event that the machine knows in no state is unknown', async () => {
    const { divergences } = await after(paid('a', 1), orderEvent('audited', 'a', 2));
    expect(divergences.map(({ kind, element }) => [kind, element])).toEqual([['unknown-event', 'Order']]);
  });

  it('an instance that was under way before it was first seen is not judged', async () => {
    const { divergences, figures } = await after(handover('old', 1), delivered('old', 2), refunded('old', 3), later(9));
    expect(divergences).toEqual([]);
    expect(figures.Order?.total).toBe(2);
  });

  it('events are taken in the order of event time, whatever the order of arrival', async () => {
    const { divergences, figures } = await after(
      handover('a', 1.5),
      paid('a', 1),
      later(4),
      delivered('a', 3.5),
      later(9),
    );
    expect(divergences).toEqual([]);
    expect(figures['Order.Closed']?.total).toBe(1);
  });

  it('a report that comes twice is one event', async () => {
    const { divergences } = await after(paid('a', 1), paid('a', 1), delivered('x', 1), delivered('x', 1));
    expect(divergences).toEqual([]);
  });

  it('a guard of the binding keeps events out', async () => {
    const { divergences } = await after(paid('a', 1), refunded('a', 2, { test: true }));
    expect(divergences).toEqual([]);
  });

  it('what is not known takes no branch away', async () => {
    const unknown = orderEvent('paid', 'a', 1, { ok: true, 'order.total': 'much' });
    const { divergences, figures } = await after(unknown, handover('a', 2));
    expect(divergences).toEqual([]);
    expect(figures['Order.Shipping']?.instances).toBe(1);
  });

  it('numbers and truths may come as text', async () => {
    const { figures } = await after(paid('a', 1, { ok: 'false' }), paid('b', 1, { ok: 'true', 'order.total': '500' }));
    expect(figures['Order.Declined']?.total).toBe(1);
    expect(figures['Order.Review']?.total).toBe(1);
  });

  it('timers of the machine run on unseen', async () => {
    const { figures, divergences } = await after(paid('a', 1, { 'order.total': 500 }), later(1.1), later(3), later(5));
    expect(figures['Order.Review']).toMatchObject({ instances: 0, total: 1 });
    expect(figures['Order.Packing']?.instances).toBe(4);
    expect(divergences).toEqual([]);
  });

  it('a handover during the review comes too early', async () => {
    const { divergences } = await after(paid('a', 1, { 'order.total': 500 }), handover('a', 1.02));
    expect(divergences.map(({ element }) => element)).toEqual(['Order.Review']);
  });

  it('only so many are followed', async () => {
    const session = await shopSession({ instances: 50 });
    for (let i = 0; i < 500; i++) session.observe([paid(`o${i}`, 1 + i / 1000)]);
    session.close();
    const { figures } = session.snapshot();
    expect(figures.Order).toMatchObject({ total: 500, instances: 50 });
    expect(figures['Order.Packing']?.instances).toBe(50);
  });
});
