import type { TelemetryNames } from '@pollux/engine/twin';
import type { TwinReport } from '@pollux/runtime';
import { beforeEach, expect, test } from 'vitest';
import { SeenNamesRelay } from '../../src/twin/seen-names-relay.ts';

let now: number;
let asked: number;
let sent: TelemetryNames[];
let failures: unknown[];
let relay: SeenNamesRelay;

beforeEach(() => {
  [now, asked, sent, failures] = [0, 0, [], []];
  relay = new SeenNamesRelay({
    send: async (names) => void sent.push(names),
    now: () => now,
    onFailure: (error) => failures.push(error),
  });
});

function names(service: string): TelemetryNames {
  return { services: [{ name: service, count: 1 }], spans: [], roots: [], logs: [], metrics: [], attributes: [] };
}

async function report(spans: number, answer: () => Promise<TelemetryNames | null> = async () => names(`s${spans}`)) {
  const state = { twin: 'shop.Live', newest: spans, spans: { received: spans } };
  await relay.report({ state, receiver: { logs: 0, metrics: 0 } } as unknown as TwinReport, () => {
    asked++;
    return answer();
  });
}

test('names are sent with the first telemetry, then when more came, at most every three seconds', async () => {
  await report(0);
  expect(sent).toEqual([]);
  await report(1);
  await report(2);
  now = 2999;
  await report(3);
  expect(sent).toEqual([names('s1')]);
  now = 3000;
  await report(3);
  now = 9000;
  await report(3);
  expect(sent).toEqual([names('s1'), names('s3')]);
  expect(asked).toBe(2);
});

test('a server that starts anew gets them again, one that was told nothing gets nothing', async () => {
  await relay.resend();
  expect(sent).toEqual([]);
  await report(1);
  await relay.resend();
  expect(sent).toEqual([names('s1'), names('s1')]);
});

test('a twin that ends while it is asked leaves the names that were known', async () => {
  await report(1);
  now = 3000;
  await report(2, async () => null);
  expect(sent).toEqual([names('s1'), names('s1')]);
  now = 6000;
  await report(3, () => Promise.reject(new Error('the twin was stopped')));
  expect(failures).toEqual([new Error('the twin was stopped')]);
});
