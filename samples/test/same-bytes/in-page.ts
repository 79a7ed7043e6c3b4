/** What runs in the page of a browser: the engine, on a model that was handed over. */
import { simulate } from '@pollux/engine/simulation';

Object.assign(globalThis, {
  polluxSimulate: (model: string, scenario: string) => JSON.stringify(simulate(JSON.parse(model), scenario)),
});
