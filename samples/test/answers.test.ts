/** What docs/answers claims, in a reduced form: fewer and shorter runs, the same verdicts. */
import type { Model } from '@pollux/engine/model';
import { type SimulationResult, simulate, withSettings } from '@pollux/engine/simulation';
import { readRecordings } from '@pollux/runtime';
import { expect, it, vi } from 'vitest';
import { sampleModel } from './sample-model.ts';

vi.setConfig({ testTimeout: 180_000 });

const verdicts = ({ expectations }: SimulationResult): Record<string, string> =>
  Object.fromEntries(expectations.map(({ text, verdict }) => [text.replace(/ <.*$/, ''), verdict]));

const lasting = (model: Model, seconds: number): Model => ({
  ...model,
  scenarios: model.scenarios.map((one) => ({ ...one, duration: seconds * 1e6 })),
});

it('Black Friday needs a fifth core for the store, and no more', async () => {
  const model = lasting((await sampleModel('shop/shop.twin')).model, 120);
  const run = (cores: number) =>
    simulate(
      withSettings(model, 'shop.BlackFriday', [{ element: 'shop.Production.store', name: 'cores', value: cores }]),
      'shop.BlackFriday',
      { replications: 3 },
    );
  expect([4, 5].map((cores) => verdicts(run(cores))['p95(Checkout)'])).toEqual(['missed', 'met']);
});

it('in a hard winter beds break first, and surgeons have time to spare', async () => {
  const model = await readRecordings((await sampleModel('hospital/hospital.twin')).model);
  const found = verdicts(simulate(model, 'clinic.Winter', { replications: 6 }));
  expect([found['p95(wait(bed))'], found['utilization(surgeon)']]).toEqual(['missed', 'met']);
});

it('three days after the port has opened the backlog is gone with 16 trucks, and not with 12', async () => {
  const { model } = await sampleModel('warehouse/warehouse.twin');
  const run = (trucks: number) =>
    simulate(
      withSettings(model, 'harbour.Closure', [{ element: 'harbour.truck', name: 'count', value: trucks }]),
      'harbour.Closure',
      { replications: 10 },
    );
  const found = [12, 16].map((trucks) => verdicts(run(trucks))['p90(time_to(Import.shelved))']);
  expect(found).toEqual(['missed', 'met']);
});

it('the exchange does not come back from a flash crash by itself, and behind a limit never loses its pace', async () => {
  const model = lasting((await sampleModel('trading/trading.twin')).model, 41);
  const errors = (scenario: string) =>
    verdicts(simulate(model, scenario, { replications: 2 }))['errors(Matching.match)'];
  expect(['exchange.FlashCrash', 'exchange.Throttled'].map(errors)).toEqual(['missed', 'met']);
});

it('a storm is over once nobody tries again for a while, and does not come back', async () => {
  const whole = lasting((await sampleModel('trading/trading.twin')).model, 38);
  const sooner = whole.scenarios.map((one) => ({
    ...one,
    timeline: one.timeline.map((event) => (event.change.kind === 'set' ? { ...event, time: 32e6 } : event)),
  }));
  const model = { ...whole, scenarios: sooner };
  const { series } = simulate(model, 'exchange.FirstAid', { replications: 1 });
  const engine = series.elements.find(
    ({ element, measure }) => element === 'exchange.Floor.engine' && measure === 'utilization',
  );
  const busy = (seconds: number) => engine?.values[Math.floor((seconds - series.from_s) / series.step_s)] ?? Number.NaN;
  expect(busy(31)).toBeGreaterThan(0.99);
  expect(busy(37)).toBeLessThan(0.75);
});
