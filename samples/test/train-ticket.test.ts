import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from '@pollux/runtime';
import { describe, expect, it } from 'vitest';
import { readRecording } from '../shop/record/recording.ts';
import { sampleModel } from './sample-model.ts';

const TRACES = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'traces');

/** The span that tells a request apart, and the interaction that models it. */
const REQUESTS: readonly (readonly [interaction: string, service: string, span: string])[] = [
  ['trainticket.Login', 'ts-auth-service', '/api/v1/users/login'],
  ['trainticket.SearchHighSpeed', 'ts-travel-service', '/api/v1/travelservice/trips/left'],
  ['trainticket.SearchOther', 'ts-travel2-service', '/api/v1/travel2service/trips/left'],
  ['trainticket.FindFood', 'ts-food-service', '/api/v1/foodservice/foods/{date}/{startStation}/{endStation}/{tripId}'],
];

describe.each(['trainticket-normal', 'trainticket-fault-return-contacts'])('the recording %s', (name) => {
  const file = join(TRACES, `${name}.otlp.jsonl.gz`);

  it('matches every login and search of the model, and contradicts nothing', { timeout: 60_000 }, async (ctx) => {
    if (!existsSync(file)) {
      console.log(`${name} is not on this machine; its replay is not tested`);
      ctx.skip(`${name} is not on this machine`);
    }
    const { model } = await sampleModel('train-ticket/train-ticket.twin');
    const report = await replay(model, 'trainticket.Recorded', [file], { simulation: false });
    const counted = countRequests(file);
    const matched = Object.fromEntries(report.interactions.map((each) => [each.element, each.matched]));
    expect(matched).toEqual(Object.fromEntries(counted.modelled));
    const modelled = [...counted.modelled.values()].reduce((sum, count) => sum + count, 0);
    expect(report.traces).toMatchObject({
      seen: counted.all,
      matched: modelled,
      divergent: 0,
      undecided: 0,
      unmodelled: counted.all - modelled,
    });
    expect(report.divergences).toEqual([]);
  });
});

/** Counted without any of the product's own code. */
function countRequests(file: string): { all: number; modelled: Map<string, number> } {
  const traces = new Map<string, Set<string>>();
  for (const { resourceSpans } of readRecording(file)) {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue;
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
        const seen = traces.get(span.traceId) ?? new Set();
        traces.set(span.traceId, seen.add(`${service} ${span.name}`));
      }
    }
  }
  const modelled = REQUESTS.map(([interaction, service, span]): [string, number] => [
    interaction,
    [...traces.values()].filter((names) => names.has(`${service} ${span}`)).length,
  ]);
  return { all: traces.size, modelled: new Map(modelled) };
}
