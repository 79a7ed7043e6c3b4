import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Model } from '@pollux/engine/model';
import { modelOf } from '@pollux/language-server/language';
import { type TwinProblem, type TwinReport, TwinService } from '@pollux/runtime';
import { afterEach, describe, expect, it, vi } from 'vitest';

// Threads that begin from sources take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const running: TwinService[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()));
});

function text(port: number, body = 'shop -> bank.charge()'): string {
  return `package tiny
component Shop { operation order() takes exp(2 ms) }
component Bank { operation charge() takes exp(1 ms)  operation refund() takes exp(1 ms) }
interaction Order { actor user  lifeline shop: Shop, bank: Bank  user -> shop.order() { ${body} } }
deployment One { node one { cores 2  deploy Shop  deploy Bank } }
twin Live of One {
  source otlp on ${port}
  lateness 100 ms
  Shop.order = span "POST /order"
  Bank.charge = span "POST /charge"
  Bank.refund = span "POST /refund"
}
`;
}

async function model(source: string): Promise<Model> {
  const loaded = await modelOf(source);
  if (loaded.model === null) throw new Error(loaded.problems[0]?.message);
  return loaded.model;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function attached(port: number) {
  const service = new TwinService({ model: await model(text(port)), twin: 'tiny.Live', threads: 1 });
  running.push(service);
  const problems: TwinProblem[] = [];
  service.onProblem((problem) => problems.push(problem));
  return { service, problems, started: await service.start() };
}

let traces = 0;

/** One order as the system reports it: the shop calls the bank. */
function order(now: number): string {
  traces++;
  const traceId = traces.toString(16).padStart(32, 'a');
  const id = (number: number) => (traces * 10 + number).toString(16).padStart(16, 'b');
  const span = (number: number, parent: number, name: string, kind: number, from: number, to: number) => ({
    traceId,
    spanId: id(number),
    ...(parent === 0 ? {} : { parentSpanId: id(parent) }),
    name,
    kind,
    startTimeUnixNano: `${Math.round(now + from)}000000`,
    endTimeUnixNano: `${Math.round(now + to)}000000`,
  });
  const service = (name: string, spans: unknown[]) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: name } }] },
    scopeSpans: [{ spans }],
  });
  return JSON.stringify({
    resourceSpans: [
      service('Shop', [span(1, 0, 'POST /order', 2, 0, 10), span(2, 1, 'POST', 3, 2, 8)]),
      service('Bank', [span(3, 2, 'POST /charge', 2, 3, 7)]),
    ],
  });
}

function send(port: number, body: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/v1/traces`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
}

function until(service: TwinService, holds: (report: TwinReport) => boolean): Promise<TwinReport> {
  return new Promise((resolve) => {
    const end = service.onState((report) => {
      if (!holds(report)) return;
      end();
      resolve(report);
    });
  });
}

describe('the live twin', () => {
  it('recognises what the system sends and says how far behind it is', async () => {
    const port = await freePort();
    const { service, started } = await attached(port);
    expect(started).toEqual({ ports: [port], problems: [] });
    for (let number = 0; number < 5; number++) expect((await send(port, order(Date.now()))).status).toBe(200);
    const report = await until(service, ({ state }) => state.traces.seen === 5);
    expect(report.state.traces).toMatchObject({ seen: 5, matched: 5, divergent: 0 });
    expect(report.receiver).toMatchObject({ requests: 5, spans: 15 });
    expect(report.lag_s).toBeGreaterThanOrEqual(0);
  });

  it('knows the names that the system uses, also after the text changed', async () => {
    const port = await freePort();
    const { service } = await attached(port);
    expect(await service.names()).toMatchObject({ services: [], spans: [] });
    for (let number = 0; number < 2; number++) await send(port, order(Date.now()));
    await until(service, ({ state }) => state.spans.received === 6);
    await service.updateModel(await model(text(port, 'shop -> bank.refund()')));
    const names = await service.names();
    expect(names?.services.map(({ name }) => name)).toEqual(['Shop', 'Bank']);
    expect(names?.roots).toEqual([{ name: 'POST /order', service: 'Shop', count: 2 }]);
    expect(names?.spans).toContainEqual({ name: 'POST /charge', service: 'Bank', count: 2 });
    await service.stop();
    expect(await service.names()).toBeNull();
  });

  it('reports a taken port at its source, with what to do', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const { started } = await attached(port);
    await new Promise((resolve) => taken.close(resolve));
    expect(started.ports).toEqual([]);
    expect(started.problems).toMatchObject([
      { kind: 'port-in-use', message: expect.stringContaining(`source otlp on ${port + 1}`) },
    ]);
    expect(started.problems[0]?.source).toContain('tiny.Live');
  });

  it('keeps its ports when the text changes, and holds the last telemetry against the new text', async () => {
    const port = await freePort();
    const { service } = await attached(port);
    for (let number = 0; number < 5; number++) await send(port, order(Date.now()));
    await until(service, ({ state }) => state.traces.matched === 5);
    expect(await service.updateModel(await model(text(port, 'shop -> bank.refund()')))).toEqual({
      ports: [port],
      problems: [],
    });
    const { state } = await until(
      service,
      (report) => report.state.traces.seen === 5 && report.state.divergences.length > 0,
    );
    expect(state.traces).toMatchObject({ matched: 0, divergent: 5 });
    expect((await send(port, order(Date.now()))).status).toBe(200);
  });

  it('tries a port that was taken again when the text changes', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const { service } = await attached(port);
    expect((await service.updateModel(await model(text(port)))).problems).toMatchObject([{ kind: 'port-in-use' }]);
    await new Promise((resolve) => taken.close(resolve));
    expect(await service.updateModel(await model(text(port)))).toEqual({ ports: [port], problems: [] });
  });

  it('moves to another port when the text says so', async () => {
    const [first, second] = [await freePort(), await freePort()];
    const { service } = await attached(first);
    expect(await service.updateModel(await model(text(second)))).toEqual({ ports: [second], problems: [] });
    expect((await send(second, order(Date.now()))).status).toBe(200);
    await expect(send(first, order(Date.now()))).rejects.toThrow();
  });

  it('goes on with the last text where the new one lacks the twin', async () => {
    const port = await freePort();
    const { service } = await attached(port);
    const changed = await model(text(port).replace('twin Live', 'twin Other'));
    expect(await service.updateModel(changed)).toMatchObject({ problems: [{ kind: 'twin-missing' }] });
    expect((await send(port, order(Date.now()))).status).toBe(200);
  });

  it('says once what a sender does wrong', async () => {
    const port = await freePort();
    const { service, problems } = await attached(port);
    for (let number = 0; number < 3; number++) expect((await send(port, 'hello')).status).toBe(400);
    await until(service, ({ receiver }) => receiver.refused === 3);
    expect(problems).toMatchObject([{ kind: 'refused', message: expect.stringContaining('not JSON') }]);
  });

  it('closes its port when it is stopped, also before it was started and again', async () => {
    const port = await freePort();
    const { service } = await attached(port);
    await service.stop();
    await service.stop();
    await expect(send(port, order(Date.now()))).rejects.toThrow();
    await new TwinService({ model: await model(text(port)), twin: 'tiny.Live' }).stop();
  });

  it('cannot be attached to a twin that the model does not declare', async () => {
    const service = new TwinService({ model: await model(text(4318)), twin: 'tiny.Missing' });
    expect(await service.start()).toMatchObject({ ports: [], problems: [{ kind: 'twin-missing' }] });
  });
});
