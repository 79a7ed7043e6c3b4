/** Twins in the model: sources, bindings, forecasts, reactions; and what is said where telemetry could show nothing. */
import type { Twin } from '@pollux/engine/model';
import { describe, expect, test } from 'vitest';
import { bare, expectFinding, lower } from './lowered.ts';

const world = `signal Pay(ok: Boolean)
signal Lab
signal Idle
machine Order(id: String, total: Real) { initial -> Open  state Open { on Pay -> Closed }  final Closed }
component Orders { operation create takes 1 ms  operation find takes 1 ms  owns Order  threads 4 }
component Web { operation run takes 1 ms }
component Bank external { operation charge delays 1 ms }
component Spare { operation run takes 1 ms }
interaction Buy { actor u  lifeline orders: Orders, web: Web, bank: Bank
  u -> web.run() { web -> orders.create()  web -> bank.charge() } }
resource bed * 8
activity Visit(id: String) { initial -> register  action register takes 1 s using bed -> lab  accept lab: Lab -> gone  final gone }
deployment D { node app { cores 4  deploy Orders  deploy Web } }
`;
const text = (members: string) => `${world}twin T of D { ${members} }`;

async function twin(members: string): Promise<Twin> {
  const { twins } = await lower(text(members));
  return twins[0] as Twin;
}

describe('the sources of a twin', () => {
  test.each([
    ['source otlp', { kind: 'otlp', ports: [4318] }],
    ['source otlp on 4317, 4318', { kind: 'otlp', ports: [4317, 4318] }],
    ['source prometheus "http://localhost:9090"', { kind: 'prometheus', url: 'http://localhost:9090', every: 1.5e7 }],
    ['source prometheus "https://m.example/x?y=1" every 1 min', { url: 'https://m.example/x?y=1', every: 6e7 }],
    ['source prometheus "http://[::1]:9090" every 5 s', { url: 'http://[::1]:9090' }],
    ['source file "recordings/*.jsonl"', { kind: 'file', pattern: 'recordings/*.jsonl' }],
  ])('%s', async (source, expected) => {
    expect(bare((await twin(source)).sources)).toMatchObject([expected]);
  });

  test.each([
    ['source otlp on «0»', 'out-of-range', 'from 1 to 65535'],
    ['source otlp on 4317, «65536»', 'out-of-range', 'from 1 to 65535'],
    ['source otlp on 4317, «4317»', 'repeated-clause', 'Port 4317 stands twice'],
    ['source otlp «source otlp on 4317»', 'repeated-clause', '`source otlp`'],
    ['source prometheus «"localhost:9090"»', 'wrong-text', 'no address on the web'],
    ['source prometheus «"ftp://localhost"»', 'wrong-text', 'no address on the web'],
    ['source prometheus «"http://localhost:99999"»', 'wrong-text', 'no address on the web'],
    ['source prometheus «"http://metrics.example"»', 'not-encrypted', 'Write `https://`'],
    ['source prometheus «"http://127.0.0.1.example"»', 'not-encrypted', '`127.0.0.1.example`'],
    ['source prometheus "http://localhost:9090" every «0 s»', 'out-of-range', 'above 0'],
    ['source file «""»', 'wrong-text', 'The text is empty'],
    ['source file «"https://x.example/a.jsonl"»', 'wrong-text', 'named by its path'],
  ])('%s', (source, code, words) => expectFinding(text(source), code, words));
});

describe('what telemetry means', () => {
  test.each([
    ['Orders = service "orders"', { kind: 'service', component: 'Orders', service: 'orders' }],
    ['Orders.create = span "POST /orders"', { kind: 'span', operation: 'Orders.create', span: 'POST /orders' }],
    [
      'Orders.create = span "POST" where attribute("http.route") == "/orders"',
      { where: { kind: 'binary', left: { kind: 'attribute', key: 'http.route' } } },
    ],
    ['Buy = trace "POST /buy"', { kind: 'trace', interaction: 'Buy', span: 'POST /buy', containing: false }],
    ['Buy = trace containing span "charge"', { containing: true }],
    ['Orders.cpu = metric "cpu{service=\'orders\'}"', { kind: 'metric', subject: 'Orders', quantity: 'cpu' }],
    ['app.memory = metric "mem"', { subject: 'D.app', quantity: 'memory' }],
    ['bed = metric "beds"', { subject: 'bed', quantity: '' }],
    [
      'Visit.register = log "begin" to log "end"',
      { kind: 'log', subject: 'Visit.register', begins: 'begin', ends: 'end' },
    ],
    ['register = log "begin"', { kind: 'log', subject: 'Visit.register', begins: 'begin' }],
    ['Visit.register = span "registration"', { kind: 'span', operation: 'Visit.register' }],
  ])('%s', async (binding, expected) => {
    expect(bare((await twin(binding)).bindings)).toMatchObject([expected]);
  });

  test.each([
    ['«Orders» = span "x"', 'wrong-kind', '`span` binds an operation or an action'],
    ['«Buy» = service "x"', 'wrong-kind', '`service` binds a component'],
    ['«Orders.create» = trace "x"', 'wrong-kind', '`trace` binds an interaction'],
    ['«Orders.create» = log "x"', 'wrong-kind', '`log` binds an action'],
    ['«Orders» = metric "x"', 'wrong-kind', '`Orders.cpu`'],
    ['«Buy» = metric "x"', 'wrong-kind', '`metric` binds a property'],
    ['«Orders.cpu» = service "x"', 'wrong-kind', 'only a `metric` shows'],
    ['Orders = service «""»', 'wrong-text', 'The text is empty'],
    ['Visit.register = log "begin" to log «""»', 'wrong-text', 'The text is empty'],
    ['Orders = service "a" «Orders = service "b"»', 'repeated-clause', '`Orders`'],
    ['Orders = service "a" Web = service «"a"»', 'repeated-clause', 'is `Orders` already'],
    ['«Orders.find» = span "x"', 'unused-binding', 'No behaviour calls `find`'],
    ['«Spare» = service "x"', 'unused-binding', 'takes part in no behaviour'],
    ['Orders.create = span "x" where «attribute("a") + 1»', 'wrong-type', 'Boolean'],
  ])('%s', (binding, code, words) => expectFinding(text(binding), code, words));
});

describe('the instances that telemetry shows', () => {
  test('of a machine: key, arguments, events, the state that the system reports', async () => {
    const { instances } = await twin(`
      Order(id: attribute("order.id"), total: attribute("total")) by attribute "order.id" {
        on span "charge" / Pay(ok: status == "ok")
        on start of span "pay" [attribute("a") == "b"] / Pay(ok: true)
        on log "paid" / Pay(ok: true)
        state = attribute "order.state"
      }`);
    expect(bare(instances)).toMatchObject([
      {
        kind: 'instances',
        machine: 'Order',
        key: 'order.id',
        arguments: [{ parameter: 'Order.id' }, { parameter: 'Order.total' }],
        events: [
          { observed: { kind: 'span', name: 'charge' }, signal: 'Pay', arguments: [{ parameter: 'Pay.ok' }] },
          { observed: { kind: 'span-start', name: 'pay' }, guard: { kind: 'binary' } },
          { observed: { kind: 'log', name: 'paid' } },
        ],
        bindings: [],
        stateAttribute: 'order.state',
      },
    ]);
  });

  test('of an activity: what shows its actions', async () => {
    const { instances } = await twin(`
      Visit(id: attribute("visit.id")) by attribute "visit.id" {
        register = log "begin" to log "end"
        on log "lab" / Lab
      }`);
    expect(bare(instances)).toMatchObject([
      { machine: 'Visit', events: [{ signal: 'Lab' }], bindings: [{ kind: 'log', subject: 'Visit.register' }] },
    ]);
  });

  test.each([
    ['Order by attribute «""» { }', 'wrong-text', 'tells instances apart'],
    ['Order by attribute "id" { state = attribute «""» }', 'wrong-text', 'holds the state'],
    [
      'Order by attribute "id" { state = attribute "a" «state = attribute "b"» }',
      'repeated-clause',
      '`state = attribute` stands here a second time',
    ],
    ['Order by attribute "id" { on span «""» / Pay(true) }', 'wrong-text', 'what is observed'],
    ['Order by attribute "id" { on span "x" / «Idle» }', 'unused-binding', '`Order` never waits for `Idle`'],
    ['Visit by attribute "id" { on span "x" / «Pay»(true) }', 'unused-binding', '`Visit` never waits for `Pay`'],
    ['Order by attribute "id" { } «Order by attribute "key" { }»', 'repeated-clause', '`Order`'],
    [
      'Visit by attribute "id" { register = span "a" «register = span "b"» }',
      'repeated-clause',
      '`register` stands here a second time',
    ],
  ])('%s', (binding, code, words) => expectFinding(text(binding), code, words));
});

describe('what a twin keeps, foresees and does', () => {
  test.each([
    ['', { lateness: 5e6, forecasts: [], reactions: [] }],
    ['sampled 10 %', { sampled: 0.1 }],
    ['lateness 30 s', { lateness: 3e7 }],
    [
      'forecast p95(Buy) 30 min ahead',
      { forecasts: [{ measure: { statistic: 'p95', element: 'Buy' }, horizon: 1.8e9 }] },
    ],
    ['forecast queue(bed) 8 h ahead', { forecasts: [{ measure: { statistic: 'queue', element: 'bed' } }] }],
    ['alarms at most 1 per week', { alarms: { count: 1, per: 'week' } }],
    [
      'expect fast: p95(Buy) < 1 s on breach of fast for 2 min { webhook "https://ops.example/h" propose scale Orders to 4 }',
      {
        reactions: [
          {
            expectation: 'T.fast',
            lasting: 1.2e8,
            effects: [
              { kind: 'webhook', url: 'https://ops.example/h' },
              { kind: 'propose-scale', component: 'Orders', replicas: 4 },
            ],
          },
        ],
      },
    ],
    [
      'expect fast: p95(Buy) < 1 s on breach of fast { propose scale Web }',
      { reactions: [{ lasting: 0, effects: [{ kind: 'propose-scale', component: 'Web' }] }] },
    ],
  ])('%s', async (members, expected) => {
    expect(bare(await twin(members))).toMatchObject(expected);
  });

  const fast = 'expect fast: p95(Buy) < 1 s';
  test.each([
    ['sampled «0 %»', 'out-of-range', 'above 0 %'],
    ['sampled «120 %»', 'out-of-range', 'at most at 100 %'],
    ['sampled 10 % «sampled 20 %»', 'repeated-clause', '`sampled`'],
    ['lateness 1 s «lateness 2 s»', 'repeated-clause', '`lateness`'],
    ['forecast p95(Buy) «0 s» ahead', 'out-of-range', 'a time above 0'],
    ['forecast p95(Buy) «400 d» ahead', 'out-of-range', 'a year at most'],
    ['forecast «p95(bed)» 1 h ahead', 'wrong-measure', '`bed` is a resource'],
    ['alarms at most «1.5» per week', 'out-of-range', 'whole number'],
    [`${fast} on breach of «fst» { webhook "https://a.example" }`, 'unresolved-name', 'Did you mean `fast`'],
    [
      'expect p95(Buy) < 1 s on breach of «Buy» { webhook "https://a.example" }',
      'unresolved-name',
      'There is no expectation called `Buy`. An expectation has its name in front',
    ],
    [`${fast} on breach of «fast» { }`, 'without-effect', 'Nothing is done'],
    [`${fast} on breach of fast { webhook «"pager"» }`, 'wrong-text', 'no address on the web'],
    [`${fast} on breach of fast { webhook «"http://pager.example"» }`, 'not-encrypted', 'Write `https://`'],
    [`${fast} on breach of fast { «propose scale Bank» }`, 'wrong-kind', 'is external'],
    [`${fast} on breach of fast { «propose scale Spare» }`, 'not-deployed', 'Add `deploy Spare`'],
    [`${fast} on breach of fast { propose scale Web to «0» }`, 'out-of-range', 'from 1 on'],
    [
      `${fast} on breach of fast { propose scale Web «propose scale Web» }`,
      'repeated-clause',
      '`propose scale Web` stands here a second time',
    ],
    [`${fast} expect «fast»: mean(Buy) < 1 s`, 'duplicate-name', 'already declared'],
  ])('%s', (members, code, words) => expectFinding(text(members), code, words));
});
