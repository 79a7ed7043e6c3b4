/** Short runs of the samples' scenarios, whose results have to be the same to the last bit wherever they are computed. */
import type { ElementId, Model } from '@pollux/engine/model';
import { readRecordings } from '@pollux/runtime';
import { sampleModel } from '../sample-model.ts';

interface ShortRun {
  readonly name: string;
  readonly model: Model;
  readonly scenario: ElementId;
}

/** Simulated time of a run, as a share of what the scenario says: enough for something of everything to happen. */
const runs: readonly { readonly file: string; readonly scenario: string; readonly share: number }[] = [
  { file: 'shop/shop.twin', scenario: 'shop.Weekday', share: 1 / 30 },
  { file: 'shop/shop.twin', scenario: 'shop.BlackFriday', share: 1 / 60 },
  { file: 'trading/trading.twin', scenario: 'exchange.FlashCrash', share: 1 / 100 },
  { file: 'trading/trading.twin', scenario: 'exchange.FirstAid', share: 1 / 100 },
  { file: 'hospital/hospital.twin', scenario: 'clinic.Winter', share: 1 / 2 },
  { file: 'warehouse/warehouse.twin', scenario: 'harbour.Closure', share: 1 / 2 },
];

const REPLICATIONS = 3;

export function shortRuns(): Promise<readonly ShortRun[]> {
  return Promise.all(
    runs.map(async ({ file, scenario, share }) => {
      const model = await readRecordings((await sampleModel(file)).model);
      // Not where it lies on this machine.
      return { name: scenario, model: { ...shortened(model, scenario, share), uri: file }, scenario };
    }),
  );
}

/** Everything on the timeline comes sooner too. */
function shortened(model: Model, id: ElementId, share: number): Model {
  return {
    ...model,
    scenarios: model.scenarios.map((scenario) =>
      scenario.id === id
        ? {
            ...scenario,
            duration: scenario.duration * share,
            warmup: scenario.warmup * share,
            replications: REPLICATIONS,
            timeline: scenario.timeline.map((event) => ({ ...event, time: event.time * share })),
          }
        : scenario,
    ),
  };
}
