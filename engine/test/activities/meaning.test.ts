import { describe, expect, it, vi } from 'vitest';
import { type SimulationResult, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from '../simulation/models.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Text {
  /** In the braces of `t.Visit(n: Integer)`. */
  readonly nodes: string;
  readonly load?: string;
  readonly run?: string;
  /** Further declarations. */
  readonly more?: string;
}

/** One that comes every 1000 s, so that nobody meets anybody, unless the load says otherwise. */
async function run({
  nodes,
  load = 'every 1000 s',
  run: time = '10999 s',
  more = '',
}: Text): Promise<SimulationResult> {
  const { model, problems } = await modelFrom(`package t
signal Go(by: Integer)
resource desk
resource seat * 2
${more}
activity Visit(n: Integer) { ${nodes} }
scenario S { load Visit(n: mixture(100 %: 1)) ${load}  run ${time}  replications 1  seed 5 }
`);
  expect(problems).toEqual([]);
  return simulate(model, 't.S');
}

const codes = ({ findings }: SimulationResult): string[] => findings.map(({ code }) => code);
const figure = (result: SimulationResult, element: string, name: string) => measure(result, `t.${element}`, name).value;

describe('tokens', () => {
  it('wait at a join for those of all its edges, which go on as one', async () => {
    const result = await run({
      nodes: `initial -> split  fork split -> a, b, c
        action a delays 1 s -> meet  action b delays 3 s -> meet  action c -> meet
        join meet -> after  action after delays 1 s -> done  final done`,
    });
    expect(figure(result, 'Visit', 'mean')).toBe(4);
    expect(figure(result, 'Visit.after', 'count')).toBe(10);
  });

  it('of one invocation do not meet those of another', async () => {
    const result = await run({
      load: 'every 1 s',
      run: '100.5 s',
      nodes: `initial -> split  fork split -> a, b  action a delays 5 s -> meet  action b -> meet
        join meet -> done  final done`,
    });
    expect(figure(result, 'Visit', 'mean')).toBe(5);
  });

  it('all end with a final node, and one with a flow final', async () => {
    const ends = (kind: string) => `initial -> split  fork split -> a, b
      action a delays 1 s -> one  action b delays 5 s -> other  ${kind} one  flow final other`;
    expect(figure(await run({ nodes: ends('final') }), 'Visit', 'mean')).toBe(1);
    expect(figure(await run({ nodes: ends('flow final') }), 'Visit', 'mean')).toBe(5);
  });

  it('that come to a merge go on one by one, and so at any other node but a join', async () => {
    for (const into of ['merge m -> x', 'action m -> x']) {
      const result = await run({
        nodes: `initial -> split  fork split -> a, b  action a delays 1 s -> m  action b delays 2 s -> m
          ${into}  action x -> over  flow final over`,
      });
      expect(figure(result, 'Visit.x', 'count')).toBe(20);
    }
  });

  it('leave a structured node when it ends inside, by a final node or because none is left', async () => {
    const inside = (kind: string) => `initial -> s
      structured s using desk { initial -> split  fork split -> a, b
        action a delays 2 s -> one  action b delays 7 s -> other  ${kind} one  flow final other } -> after
      action after delays 1 s -> done  final done`;
    expect(figure(await run({ nodes: inside('final') }), 'Visit', 'mean')).toBe(3);
    const result = await run({ nodes: inside('flow final') });
    expect(figure(result, 'Visit', 'mean')).toBe(8);
    expect(figure(result, 'desk', 'utilization')).toBeCloseTo(70 / 10999, 9);
  });

  it('take effects and variables along, and guards look at them', async () => {
    const result = await run({
      nodes: `var left: Integer = 3
        initial -> again  merge again -> work  action work delays 1 s / left -= n -> more
        decision more { [left > 0] -> again  else -> done }  final done`,
    });
    expect(figure(result, 'Visit', 'mean')).toBe(3);
  });

  it('that go round without time passing are told of, and the run goes on', async () => {
    const result = await run({
      nodes: 'initial -> a  merge a -> b  action b -> more  decision more { [n > 5] -> done else -> a } final done',
    });
    expect(codes(result)).toContain('step-budget');
    expect(result.counters.failed).toBe(10);
  });
});

describe('what is held', () => {
  it('over several steps is given back where it says so, or at the end', async () => {
    const held = (release: string) => `initial -> take  acquire take: seat * 2 -> a
      action a delays 100 s -> ${release === '' ? 'b' : 'give'}  ${release} action b delays 300 s -> done  final done`;
    expect(figure(await run({ nodes: held('') }), 'seat', 'utilization')).toBeCloseTo(4000 / 10999, 9);
    expect(figure(await run({ nodes: held('release give: seat -> b') }), 'seat', 'utilization')).toBeCloseTo(
      (1000 * 2 + 3000 * 1) / 2 / 10999,
      9,
    );
  });

  it('is all given at once or not at all, and nobody waits for one who lacks something else', async () => {
    // The first holds the desk for 10 s; the second wants desk and seat, the third a seat only.
    const result = await run({
      load: 'every 1000 s',
      nodes: `initial -> split  fork split -> a, b, c
        action a takes 10 s using desk -> x
        action b takes 1 s using desk, seat * 2 -> x
        action c takes 1 s using seat -> x
        flow final x`,
    });
    expect(figure(result, 'Visit.c', 'wait')).toBe(0);
    expect(figure(result, 'Visit.b', 'wait')).toBe(10);
  });

  it('is not given to one behind who lacks the same', async () => {
    // One seat is taken for 10 s; who wants both waits, and who wants one comes behind him.
    const result = await run({
      nodes: `initial -> split  fork split -> a, b, c
        action a takes 10 s using seat -> x
        action b takes 1 s using seat * 2 -> x
        action c takes 1 s using seat -> x
        flow final x`,
    });
    expect(figure(result, 'Visit.b', 'wait')).toBe(10);
    expect(figure(result, 'Visit.c', 'wait')).toBe(11);
  });

  it('goes to the first literal of an enumeration first', async () => {
    const result = await run({
      more: 'enum Colour { red, green }',
      nodes: `var first: Colour = Colour.red  var second: Colour = Colour.green
        initial -> split  fork split -> a, b, c
        action a takes 10 s using desk -> x
        action b takes 1 s using desk priority second -> x
        action c takes 1 s using desk priority first -> x
        flow final x`,
    });
    expect([figure(result, 'Visit.c', 'wait'), figure(result, 'Visit.b', 'wait')]).toEqual([10, 11]);
  });

  it('and waited for by each other is told with names', async () => {
    const result = await run({
      nodes: `initial -> split  fork split -> a, b
        action a -> takeDesk  acquire takeDesk: desk -> pause  action pause delays 1 s -> takeSeat
        acquire takeSeat: seat * 2 -> free  release free: desk, seat * 2 -> done
        action b -> seats  acquire seats: seat * 2 -> rest  action rest delays 1 s -> wantDesk
        acquire wantDesk: desk -> done  final done`,
      load: 'every 4000 s',
    });
    // One invocation alone blocks itself; a second one waits behind.
    const told = result.findings.find(({ code }) => code === 'deadlock');
    expect(told?.message).toContain('desk');
    expect(told?.message).toContain('takeSeat');
    expect(result.counters.unfinished).toBe(result.counters.started);
  });

  it('and waited for by one who holds something else is no deadlock while others work with it', async () => {
    const result = await run({
      nodes: `initial -> first  acquire first: desk -> second  acquire second: seat * 2 -> free
        release free: desk -> work  action work takes 900 s -> done  final done`,
      load: 'every 800 s',
      run: '1690 s',
    });
    // At the end the one at work has both seats, and the next one holds the desk and waits for them.
    expect(figure(result, 'desk', 'utilization')).toBeGreaterThan(0);
    expect(result.counters.unfinished).toBe(2);
    expect(codes(result)).toEqual([]);
  });
});

describe('events', () => {
  it('of time let a token wait: for a while, for an hour of the day, for a condition', async () => {
    const result = await run({
      nodes: `var ready: Integer = 0
        initial -> split  fork split -> a, b
        accept a after 7 s / ready = 1 -> over  accept b when (ready > 0) -> done
        flow final over  final done`,
    });
    expect(figure(result, 'Visit', 'mean')).toBe(7);
    const clock = await run({
      nodes: 'initial -> a  accept a at "00:30" -> done  final done',
      run: '2 h',
      load: 'every 5000 s',
    });
    // Who came at 5000 s waits for the next day.
    expect(clock.counters.unfinished).toBe(1);
  });

  it('come to the invocation with that key, with what they carry', async () => {
    const result = await run({
      nodes: `var by: Integer = 0
        initial -> split  fork split -> a, wait
        action a delays 3 s -> go  send go: Go(by: 5) to Visit(n) delayed 2 s -> over
        accept wait: Go(by) [by > 4] -> later  action later delays (by * 1 s) -> done
        flow final over  final done`,
    });
    expect(figure(result, 'Visit', 'mean')).toBe(10);
  });

  it('that never come are told, with the place', async () => {
    const result = await run({ nodes: 'initial -> wait  accept wait: Go(by) -> done  final done' });
    const told = result.findings.find(({ code }) => code === 'never-answered');
    expect(told?.element).toBe('t.Visit.wait');
    expect(told?.message).toBe(
      'Whoever comes to `wait` waits for ever: no Go was ever sent to Visit there. Send one to `Visit`, or lead around it.',
    );
    expect(result.counters).toMatchObject({ started: 10, finished: 0, unfinished: 10 });
  });

  it('take every token out of a region, and give back what those held', async () => {
    const result = await run({
      nodes: `initial -> split  fork split -> work, timer
        accept timer after 4 s -> alarm  send alarm: Go(by: 1) to self -> over
        interruptible ward {
          action work takes 100 s using desk -> done
          on Go(by) [by == 1] -> saved
        }
        action saved delays 1 s -> done  flow final over  final done`,
    });
    expect(figure(result, 'Visit', 'mean')).toBe(5);
    expect(figure(result, 'desk', 'utilization')).toBeCloseTo(40 / 10999, 9);
  });

  it('of patience lead elsewhere', async () => {
    const result = await run({
      nodes: `initial -> split  fork split -> a, b
        action a takes 10 s using desk -> x
        action b takes 1 s using desk patience 4 s -> gone -> x
        action gone -> x  flow final x`,
    });
    expect(figure(result, 'Visit.gone', 'count')).toBe(10);
    expect(figure(result, 'Visit.b', 'wait')).toBe(4);
  });

  it('of patience lead on who could never be served, who else waits for ever', async () => {
    const asking = (patience: string) =>
      run({
        nodes: `initial -> a  action a takes 1 s using desk * 2 ${patience} -> done
          action gone -> done  final done`,
        load: 'every 1 s',
      });
    const told = async (patience: string) =>
      (await asking(patience)).findings.filter(({ code }) => code === 'never-enough').map(({ element }) => element);
    expect(await told('patience 4 s -> gone')).toEqual([]);
    expect(await told('')).toEqual(['t.Visit.a']);
  });
});

describe('what an action hands on', () => {
  it('to an operation meets threads and cores like any other call', async () => {
    const { model } = await modelFrom(`package t
component Lab { operation analyse(n: Integer) takes 3 s }
activity Visit(n: Integer) { initial -> a  action a call Lab.analyse(n) -> done  final done }
deployment D { node m { cores 1  deploy Lab } }
scenario S of D { load Visit(n: 1) every 2 s  run 60 s  replications 1 }
`);
    const result = simulate(model, 't.S');
    expect(measure(result, 't.Lab.analyse', 'throughput').value).toBeCloseTo(1 / 3, 1);
    expect(measure(result, 't.D.m', 'utilization').value).toBeGreaterThan(0.9);
    // Calls are counted where they arrive, and what a scenario counts is what its loads began.
    expect(result.counters.started).toBe(29);
    expect(result.measures.some(({ element }) => element.includes('/delegated'))).toBe(false);
  });

  it('and fails with it', async () => {
    const { model } = await modelFrom(`package t
component Lab { operation analyse() delays 1 s fails 100 % }
resource desk
activity Visit(n: Integer) { initial -> a  action a call Lab.analyse() using desk -> done  final done }
scenario S { load Visit(n: 1) every 2 s  run 61.5 s  replications 1 }
`);
    expect(simulate(model, 't.S').counters).toMatchObject({ started: 30, failed: 30, unfinished: 0 });
  });

  it('to another activity, an interaction or a machine waits for its end', async () => {
    const { model, problems } = await modelFrom(`package t
component Lab { operation analyse() delays 2 s }
resource desk
activity Inner(k: Integer) { initial -> a  action a takes (k * 1 s) using desk -> done  final done }
interaction Talk(k: Integer) { actor a  lifeline lab: Lab  a -> lab.analyse() }
machine Rest(k: Integer) { initial -> On  state On { after 4 s -> over }  final over }
activity Visit(n: Integer) {
  initial -> a  action a ref Inner(k: 3) -> b  action b ref Talk(k: n) -> c  action c ref Rest(k: n) -> done  final done
}
scenario S { load Visit(n: 1) every 20 s  run 199 s  replications 1 }
`);
    expect(problems).toEqual([]);
    const result = simulate(model, 't.S');
    expect(measure(result, 't.Visit', 'mean').value).toBe(9);
    expect(measure(result, 't.Inner', 'mean').value).toBe(3);
    expect(measure(result, 't.Talk', 'mean').value).toBe(2);
    expect(result.counters).toMatchObject({ started: 9, finished: 9 });
  });
});

describe('states of machines', () => {
  const machine = (what: string) => `package t
signal Stop
resource clerk
machine Order(id: Integer) {
  initial -> Review
  state Review { do ${what}  completion -> done  on Stop -> done }
  final done
}
activity Look(id: Integer) { initial -> a  action a takes 3 s using clerk -> b  action b delays 1 s -> done  final done }
interaction Job(id: Integer) { actor a  lifeline order: Order(id: id)  create order from a  loop 1..1 { a ->> order : Stop } }
`;

  it('wait for the resources of what they do, and give them back when they are left', async () => {
    for (const what of ['takes 3 s using clerk', 'ref Look(id)']) {
      const { model, problems } = await modelFrom(`${machine(what).replace('loop 1..1 { a ->> order : Stop }', '')}
scenario S { load Job(id: 1) every 2 s  run 60.5 s  replications 1 }`);
      expect(problems).toEqual([]);
      const result = simulate(model, 't.S');
      expect(measure(result, 't.clerk', 'utilization').value).toBeGreaterThan(0.9);
      expect(result.measures.some(({ element }) => element.includes('/do'))).toBe(false);
      expect(measure(result, 't.Order.Review', 'count').value).toBe(30);
      expect(measure(result, 't.Order.done', 'count').value).toBe(19);
    }
    const { model } = await modelFrom(`${machine('takes 3 s using clerk')}
scenario S { load Job(id: 1) every 2 s  run 60.5 s  replications 1 }`);
    const left = simulate(model, 't.S');
    expect(measure(left, 't.Order.done', 'count').value).toBe(30);
    expect(measure(left, 't.clerk', 'utilization').value).toBe(0);
  });
});

describe('shifts', () => {
  const work = (shift: string, from: string) => `package t
resource nurse * 2 { ${shift} }
activity Visit(n: Integer) { initial -> a  action a takes 1 h using nurse -> done  final done }
scenario S { load Visit(n: 1) every 30 min  run 24 h from "${from}"  replications 1 }
`;

  it('say how many there are, and who is at work finishes it', async () => {
    const { model } = await modelFrom(work('from "12:00" to "18:00": 0', 'mon 00:00'));
    const result = simulate(model, 't.S');
    // Who begins at 11:30 and at 11:00 is done at 12:30 and 12:00; 11 h 30 min by two and half an hour by one.
    const busy = measure(result, 't.nurse', 'utilization').value!;
    const present = 18 * 2 + 0.5;
    expect(busy).toBeCloseTo((2 * 17.5 + 0.5 * 1 + 0.5 * 1) / present, 1);
    expect(measure(result, 't.Visit.a', 'wait').value).toBeGreaterThan(0);
  });

  it('of different time zones are taken by one clock, and that is said', async () => {
    const text = work('from "12:00" to "18:00": 0', 'mon 00:00');
    const said = async (resources: string) =>
      simulate(
        (await modelFrom(text.replace('resource nurse * 2', `${resources}\nresource nurse * 2 timezone "Asia/Tokyo"`)))
          .model,
        't.S',
      ).findings;
    expect(await said('resource porter timezone "Asia/Tokyo"')).toEqual([]);
    expect((await said('resource porter timezone "Europe/Berlin"')).map(({ code }) => code)).toEqual(['time-zones']);
  });

  it('count from the day and hour at which the run begins', async () => {
    const closed = 'on sat, sun from "00:00" to "24:00": 0';
    const weekend = simulate((await modelFrom(work(closed, 'sat 06:00'))).model, 't.S');
    expect(weekend.counters).toMatchObject({ finished: 0, started: 47 });
    const friday = simulate((await modelFrom(work(closed, 'fri 12:00'))).model, 't.S');
    // From 12:00 to midnight, and what was begun before midnight.
    expect(friday.counters.finished).toBe(23);
  });
});

describe('a batch', () => {
  const ride = (batch: string) => ({
    more: 'resource truck',
    load: 'every 10 s',
    run: '399 s',
    nodes: `initial -> ride  action ride batch ${batch} takes 20 s using truck -> there  final there`,
  });

  it('is done once for so many, whichever invocation they are of', async () => {
    // Who comes first of four waits 30 s, the last not at all; all are 20 s on the way.
    const result = await run(ride('4'));
    expect(figure(result, 'Visit', 'mean')).toBe(15 + 20);
    expect(result.counters).toMatchObject({ started: 39, finished: 36, unfinished: 3 });
    expect(figure(result, 'truck', 'utilization')).toBeCloseTo((9 * 20) / 399, 9);
  });

  it('that is not full leaves when its first has waited so long', async () => {
    const result = await run(ride('4 or after 15 s'));
    // Two each: the first waits 15 s, the second 5 s.
    expect(figure(result, 'Visit', 'mean')).toBe(10 + 20);
    expect(figure(result, 'truck', 'utilization')).toBeCloseTo(374 / 399, 9);
  });

  it('goes without those who left it', async () => {
    const result = await run({
      ...ride('2 or after 30 s'),
      load: 'every 100 s',
      nodes: `initial -> split  fork split -> ride, timer
        interruptible r { action ride batch 2 or after 30 s takes 20 s using truck -> there  on Go(by) -> gone }
        accept timer after 10 s -> call  send call: Go(by: 1) to self -> over  flow final over  final there, gone`,
    });
    expect(figure(result, 'Visit', 'mean')).toBe(10);
    expect(figure(result, 'truck', 'utilization')).toBe(0);
  });
});

describe('the timeline', () => {
  const held = (change: string) => `package t
signal Go(by: Integer)
resource room * 2
activity Visit(n: Integer) {
  initial -> a  action a takes 10 s using room -> wait  accept wait: Go(by) -> done  final done
}
scenario S { load Visit(n: 7) every 100 s  ${change}  run 200 s  replications 1 }
`;
  const text = (change: string, load: string) =>
    held(change)
      .replace('every 100 s', load)

      .replace('wait  accept wait: Go(by) -> done', 'done');

  it('changes how many of a resource there are, and who is at work finishes it', async () => {
    const at = async (change: string) => {
      const { model, problems } = await modelFrom(text(change, 'every 5 s'));
      expect(problems).toEqual([]);
      return simulate(model, 't.S').counters.finished;
    };
    // Two rooms keep up with one every 5 s; one room serves every second only.
    expect(await at('')).toBe(37);
    expect(await at('at 100 s set room = 1')).toBe(28);
    expect(await at('at 100 s crash room[1]')).toBe(28);
    expect(await at('at 100 s crash room')).toBe(19);
    expect(await at('at 100 s crash room for 40 s')).toBe(29);
  });

  it('sends signals to invocations by their key', async () => {
    const { model, problems } = await modelFrom(
      held('at 150 s send Go(by: 1) to Visit(7)').replace('run 200 s', 'run 190 s'),
    );
    expect(problems).toEqual([]);
    expect(measure(simulate(model, 't.S'), 't.Visit', 'mean').value).toBe(50);
  });
});
