/** Which names of the telemetry are remembered, and that their memory is bounded. */
import type { LogRecord, Observation } from '@pollux/engine/observation';
import { SeenNames } from '@pollux/engine/twin';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrequentNames } from '../../src/twin/frequent-names.ts';
import { server, spansOf } from '../observation/span-builder.ts';

function log(service: string, body: string, attributes: LogRecord['attributes'] = {}): LogRecord {
  return { kind: 'log', time: 0, service, body, traceId: '', spanId: '', attributes };
}

function seen(...batches: readonly (readonly Observation[])[]) {
  const names = new SeenNames();
  for (const batch of batches) names.observe(batch);
  return names.names();
}

describe('telemetry shows', () => {
  const checkout = server('web', 'POST /checkout', server('orders', 'POST /orders'), server('orders', 'POST /orders'));
  it('services, spans with their service, and root spans, the most frequent first', () => {
    const names = seen(spansOf('a', checkout), spansOf('b', server('web', 'GET /')), spansOf('c', checkout));
    expect(names.services).toEqual([
      { name: 'orders', count: 4 },
      { name: 'web', count: 3 },
    ]);
    expect(names.spans).toEqual([
      { name: 'POST /orders', service: 'orders', count: 4 },
      { name: 'POST /checkout', service: 'web', count: 2 },
      { name: 'GET /', service: 'web', count: 1 },
    ]);
    expect(names.roots.map(({ name, count }) => `${name} ${count}`)).toEqual(['POST /checkout 2', 'GET / 1']);
  });

  it('bodies of log records and keys of attributes, of both kinds', () => {
    const spans = spansOf('a', { service: 'web', name: 'GET /', attributes: { 'http.route': '/', 'order.id': 'o-1' } });
    const names = seen(spans, [log('web', 'order cancelled', { 'order.id': 'o-1' }), log('web', 'order cancelled')]);
    expect(names.logs).toEqual([{ name: 'order cancelled', service: 'web', count: 2 }]);
    expect(names.attributes).toEqual([
      { name: 'order.id', count: 2 },
      { name: 'http.route', count: 1 },
    ]);
  });

  it('metrics by what they are called, and who sends them', () => {
    const names = new SeenNames();
    const metric = { service: 'web', name: 'process.cpu.utilization' };
    names.observeMetrics([metric, metric, { service: 'web', name: 'queue.length' }]);
    expect(names.names().metrics).toEqual([
      { name: 'process.cpu.utilization', service: 'web', count: 2 },
      { name: 'queue.length', service: 'web', count: 1 },
    ]);
    expect(names.names().services).toEqual([{ name: 'web', count: 3 }]);
  });

  it('no name in an empty, a long or a many-lined text', () => {
    expect(seen([log('web', ''), log('web', 'x'.repeat(201)), log('web', 'a\nb')]).logs).toEqual([]);
  });
});

describe('memory of names', () => {
  it('holds a frequent name whatever else comes, and no more than it should', () => {
    const stream = fc.array(fc.oneof(fc.constant('often'), fc.string({ maxLength: 3 })), { maxLength: 600 });
    fc.assert(
      fc.property(stream, (names) => {
        const limit = 5;
        const memory = new FrequentNames<{ name: string }>(limit);
        const counts = new Map<string, number>();
        for (const name of names) {
          memory.note(name, () => ({ name }));
          counts.set(name, (counts.get(name) ?? 0) + 1);
        }
        const kept = memory.ranked();
        const slack = names.length / limit;
        expect(kept.length).toBeLessThanOrEqual(limit);
        for (const { name, count } of kept) {
          const real = counts.get(name) ?? 0;
          expect(count).toBeGreaterThanOrEqual(real);
          expect(count - real).toBeLessThanOrEqual(slack);
        }
        for (const [name, count] of counts) {
          if (count > slack) expect(kept.map((each) => each.name)).toContain(name);
        }
      }),
    );
  });

  it('orders the names by how often they came', () => {
    const memory = new FrequentNames<{ name: string }>(3);
    for (const name of 'abbccc') memory.note(name, () => ({ name }));
    expect(memory.ranked().map(({ name, count }) => `${name}${count}`)).toEqual(['c3', 'b2', 'a1']);
  });
});
