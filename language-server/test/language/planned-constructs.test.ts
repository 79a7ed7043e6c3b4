/** What the design has and this version lacks: one finding each, and everything around it stands. */
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';

const parts = {
  file: '',
  machine: '',
  state: '',
  effect: 'k = 1',
  component: '',
  execution: '',
  deployment: '',
  node: '',
  scenario: '',
  twin: '',
  instance: '',
};

type Part = keyof typeof parts;

/** A small whole model with something put into one place of it. */
function whole(part?: Part, text = ''): string {
  const at = part === undefined ? parts : { ...parts, [part]: text };
  return `
    signal Go(n: Integer)
    signal Stop
    ${at.file}
    machine M { var k: Integer = 0  initial -> A  state A { on Go -> B ${at.state} } state B { on Stop / ${at.effect} -> done } ${at.machine} final done }
    component C { operation run(n: Integer) takes 1 ms ${at.component} }
    interaction I(a: Integer) {
      actor u
      lifeline c: C, m: M
      u -> c.run(a) { ${at.execution} }
      u ->> m : Go(a)
    }
    deployment D { node n { cores 1  deploy C ${at.node} } ${at.deployment}  n -- n { latency 1 ms } }
    scenario S of D { load I(1) at 5/s ${at.scenario}  run 10 s  expect p95(I) < 1 s }
    twin T of D { source otlp ${at.twin}  lateness 1 s  M() by attribute "k" { on span "go" / Go(n: 1) ${at.instance} } }`;
}

async function read(text: string) {
  const { model, problems } = await modelOf(text);
  return {
    model: JSON.stringify(model, (key, value) => (key === 'place' || key === 'label' ? undefined : value)),
    problems: problems.map(({ code, message, place }) => ({ code, message, line: place.start.line })),
  };
}

test('the model around has no finding of its own', async () => {
  expect((await read(whole())).problems).toEqual([]);
});

const changing: [Part, string, string][] = [
  ['file', 'data', 'data Card { number: String classified PCI, items: Go[1..*] }'],
  ['file', 'activity', 'activity Visit(p: Real) { initial -> a  action a takes 1 s -> b  final b }'],
  ['file', 'resource', 'resource nurse * 8 { from "22:00" to "06:00": 5 }'],
  ['file', 'resource', 'resource nurse * 8'],
  ['file', 'calibration', 'calibration D from 2026-11-20 to 2026-11-21 { C.run takes exp(2 ms) }'],
  ['machine', 'fork', 'fork f -> A, B'],
  ['machine', 'join', 'join j -> done'],
  ['machine', 'entry point', 'entry point p -> B'],
  ['machine', 'exit point', 'exit point q -> B'],
  ['machine', 'terminate', 'terminate t'],
  ['state', 'defer', 'defer Stop'],
  ['state', 'history', 'history'],
  ['state', 'deep history', 'deep history -> B'],
  ['state', 'at', 'at "18:00" -> B'],
  ['state', 'on call', 'on call open(x) -> B'],
  ['state', 'do', 'do ref Other(1)'],
  ['effect', 'call', '{ k = 1 call C.run(1) }'],
  ['effect', 'for', '{ k = 1 for x in list { k = 2 } }'],
  ['effect', 'send … to Machine(key)', '{ k = 1 send Go(1) to M(k) delayed 5 s }'],
  ['component', 'threads', 'threads 200'],
  ['component', 'queue', 'queue 1000'],
  ['component', 'cache', 'cache 85 % hit takes 0.2 ms'],
  ['component', 'connections', 'connections 50'],
  ['component', 'requires', 'requires Bank { timeout 1 s  retry 2  backoff 100 ms exponential jitter }'],
  ['component', 'version', 'version "1.5" { operation run takes 2 ms }'],
  ['component', 'method', 'method Run'],
  ['execution', 'critical', 'critical { c -> c.run(1) }'],
  ['execution', 'ref', 'ref Other(a)'],
  ['execution', 'consider', 'consider Go, Stop { }'],
  ['execution', 'create', 'create m'],
  ['execution', 'neg', 'neg { c -> c.run(1) }'],
  ['deployment', 'balance', 'balance C by round_robin'],
  ['deployment', 'autoscale', 'autoscale C 2..10 cpu 60 % every 30 s startup 20 s'],
  ['deployment', 'limit', 'limit C.run 500/s burst 100'],
  ['deployment', 'load', 'load background on n 20 %'],
  ['deployment', 'deploy … across', 'deploy C * 4 across n'],
  ['node', 'sharing', 'sharing'],
  ['node', 'fails', 'fails every exp(30 d) repaired in exp(10 min)'],
  ['node', 'deploy … { … }', '{ version "1.4" }'],
  ['scenario', 'at', 'at 5 min crash n for 3 min'],
  ['scenario', 'at', 'at 20 min load I(1) at 500/s for 5 min'],
  ['scenario', 'at', 'at 10 min rollout C to "1.5" canary 5 %, 25 % every 2 min abort when (errors(I) > 2 %)'],
  ['scenario', 'vary', 'vary C.replicas in 2..8, n.cores in [2, 4]'],
  ['scenario', 'load … ramp', 'load I(1) ramp 50/s -> 2000/s over 10 min'],
  ['scenario', 'load … at', 'load I(1) at { "00:00": 3/h  "08:00": 9/h } daily'],
  ['scenario', 'expect … time_in', 'expect p95(time_in(M.A)) < 4 h'],
  ['scenario', 'expect … probability', 'expect probability(M.done) > 90 %'],
  ['scenario', 'in every', 'expect p99(I) < 1 s in every 1 min'],
  ['twin', 'source', 'source prometheus "http://localhost:9090" every 15 s'],
  ['twin', 'sampled', 'sampled 10 %'],
  ['twin', 'metric', 'C.cpu = metric "process_cpu"'],
  ['instance', 'state = …', 'state = attribute "order.state"'],
  ['instance', 'step = …', 'step = log "begin" to log "end"'],
];

const judging: [Part, string, string][] = [
  ['file', 'policy', 'policy Cards { PCI never reaches Analytics  PII stays in eu }'],
  ['file', 'test', 'test late of M(id: "o-1") { send Go(n: 1)  expect in(A) and k == 1  after 15 min  never B }'],
  ['deployment', 'cost', 'cost n 0.12/h'],
  ['scenario', 'compare', 'compare with Baseline'],
  ['twin', 'forecast', 'forecast p95(I) 30 min ahead'],
  ['twin', 'on breach', 'on breach of fast for 2 min { webhook "https://x"  propose scale C }'],
  ['twin', 'alarms', 'alarms at most 1 per week'],
];

describe.each([
  ['not-in-this-version', changing],
  ['not-executable-yet', judging],
] as const)('%s', (code, cases) => {
  test.each(cases)('in a %s: `%s`, as in %s', async (part, name, text) => {
    for (const written of [whole(part, text), whole(part, `\n${text}\n`), whole(part, `/* x */ ${text} // y\n`)]) {
      const { problems } = await read(written);
      expect(problems.map((problem) => `${problem.code} ${problem.message}`)).toHaveLength(1);
      expect(problems[0]?.code).toBe(code);
      expect(problems[0]?.message).toContain(`\`${name}\` is not part of this version of the language yet`);
    }
  });

  test.each(cases)('the rest stands: in a %s `%s`, as in %s', async (part, _, text) => {
    const { model } = await read(whole(part, `\n${text}\n`));
    const { model: without } = await read(whole());
    const extra = text.startsWith('expect p99(I)') ? await read(whole(part, 'expect p99(I) < 1 s')) : undefined;
    expect(model).toBe(extra?.model ?? without);
  });
});

test('what such a construct declares is not missed a second time', async () => {
  const { problems } = await read(`data Card { holder: String }
    component C { operation pay(card: Card) takes 1 ms }
    interaction I(card: Card) { actor u lifeline c: C  u -> c.pay(card) { log "{card.holder}" }  opt [card.holder == "x"] { } }
    deployment D { node n { deploy C } }
    scenario S of D { load I(card: Card(holder: "x")) at 1/s  run 1 s }
    machine M { initial -> A  state A { after 1 s -> both }  join both -> A }`);
  expect(problems.map(({ message }) => message.split(' ')[0])).toEqual(['`data`', '`join`']);
});

test('a state that only a fork leads to is not called unreachable', async () => {
  const { problems } = await read('machine M { initial -> A  fork f -> B, A  state A { after 1 s -> f }  state B }');
  expect(problems.map(({ code }) => code)).toEqual(['not-in-this-version']);
});

test('several on one line are one finding each', async () => {
  const { problems } = await read(whole('component', 'threads 200  queue 1000  requires Bank { timeout 1 s }'));
  expect(problems.map(({ message }) => message.split(' ')[0])).toEqual(['`threads`', '`queue`', '`requires`']);
});

test.each(['policy P {', 'requires Bank {', 'activity A { action x'])(
  'an open `%s` costs no declaration below',
  async (open) => {
    const { model } = await modelOf(`component C {\n operation run\n}\n${open}\n\ncomponent E {\n operation run\n}`);
    expect(model?.components.map(({ name }) => name)).toContain('E');
  },
);

const words = new Set(
  [...changing, ...judging].map(([, , text]) => /^\w+/.exec(text)?.[0] ?? 'using').filter((word) => word !== 'C'),
);

test.each([...words, 'extends', 'using', 'hedge', 'retry', 'timeout', 'fallback', 'daily', 'overall', 'metric'])(
  '`%s` stays usable as a name',
  async (name) => {
    const { problems } = await read(`
      enum E { ${name}, other }
      signal ${name}(${name}: Integer)
      machine M(${name}: Integer) {
        var x: Integer = ${name}
        initial -> ${name}
        state ${name} { on ${name} [${name} > 1] / x = ${name} -> done   after 3 s -> ${name} }
        final done
      }
      component C { operation ${name}(x: Integer) }
      interaction I(${name}: Integer) {
        actor user
        lifeline ${name}: C
        var v: Integer = 0
        user -> ${name}.${name}(v) { ${name} -> ${name}.${name}(v) }
      }
      deployment D { node ${name} { cores 1  deploy C }  ${name} -- ${name} { latency 1 ms } }
      scenario S of D { load I(3) at 5/s  run 5 s  expect utilization(${name}) < 60 % }`);
    expect(problems.map(({ message }) => message)).toEqual([]);
  },
);
