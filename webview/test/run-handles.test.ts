import type { Model, Scenario } from '@pollux/engine/model';
import { modelOf } from '@pollux/language-server/language';
import { describe, expect, it } from 'vitest';
import { printTimelineEvent } from '../src/diagram/print-change.ts';
import { type Handle, parameterHandles, policyHandles } from '../src/panels/run-handles.ts';

const text = (more = '') => `package q
component Front {
  operation ask() takes 1 ms
  threads 4  queue 10 drop expired within 20 ms
  requires Back { timeout 300 ms  retry 0  backoff exp(10 ms)  budget 10 %  breaker 50 % of 20 for 10 s  bulkhead 5 queue 2  hedge 50 ms }
}
component Back { operation find() takes 2 ms  cache 100 entries lru key 1 ttl 1 min }
interaction Job { actor user  lifeline front: Front, back: Back  user -> front.ask() timeout 1 s { front -> back.find() } }
deployment D { node n { cores 1  deploy Front  deploy Back }  limit Back.find 300/s burst 40 }
scenario S of D { load Job at 5/s  run 1 h  ${more} }
`;

async function scenarioOf(written: string): Promise<{ readonly model: Model; readonly scenario: Scenario }> {
  const { model, problems } = await modelOf(written);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const scenario = model?.scenarios[0];
  if (model === null || scenario === undefined) throw new Error('There is no scenario.');
  return { model, scenario };
}

describe('what callers do about trouble', () => {
  it('is changed by hand wherever it is declared', async () => {
    const { model, scenario } = await scenarioOf(text());
    const words = policyHandles(model, scenario, [], 0).map(({ text: name, value, words: wordsOf }) => [
      name,
      wordsOf(value),
    ]);
    expect(words).toEqual([
      ['Back.find.limit', '300/s'],
      ['Back.find.limit.burst', '40'],
      ['Front.queue.within', '1×'],
      ['Front.Back.timeout', '1×'],
      ['Front.Back.retry', '0'],
      ['Front.Back.backoff', '1×'],
      ['Front.Back.budget', '10 %'],
      ['Front.Back.breaker', '50 %'],
      ['Front.Back.breaker.calls', '20'],
      ['Front.Back.breaker.open', '1×'],
      ['Front.Back.bulkhead', '5'],
      ['Front.Back.bulkhead.queue', '2'],
      ['Front.Back.hedge', '1×'],
      ['Back.cache.entries', '100'],
      ['Back.cache.ttl', '1×'],
    ]);
  });

  it('shows what is set by now', async () => {
    const { model, scenario } = await scenarioOf(text('at 5 min set Front.Back.retry = 3 for 5 min'));
    const retries = (time: number) =>
      policyHandles(model, scenario, [], time).find(({ text: name }) => name === 'Front.Back.retry')?.value;
    expect([0, 6 * 60e6, 11 * 60e6].map(retries)).toEqual([0, 3, 0]);
  });

  it('is written so that it is read as the same change', async () => {
    const { model, scenario } = await scenarioOf(text());
    const all = [parameterHandles, policyHandles].flatMap((handles) => handles(model, scenario, [], 0));
    const changes = all
      .flatMap(({ values, change }: Handle) => [values.at(0), values.at(-1)].map((value) => change(value!)))
      .filter(({ kind }) => kind === 'set');
    expect(changes.length).toBeGreaterThan(30);
    const lines = changes.map((change, at) => printTimelineEvent((at + 1) * 1e6, change, model));
    const read = await scenarioOf(text(`\n${lines.join('\n')}\n`));
    expect(read.scenario.timeline.map(({ change }) => change)).toEqual(changes);
  });
});
