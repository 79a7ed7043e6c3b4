import { describe, expect, it } from 'vitest';
import { type SimulationResult, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';

async function run(text: string): Promise<SimulationResult> {
  const { model, problems } = await modelFrom(`package t
signal Ask(id: Integer)
signal Answer(id: Integer)
${text}`);
  expect(problems).toEqual([]);
  const result = await simulate(model, 't.S');
  expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return result;
}

const count = (result: SimulationResult, element: string) => measure(result, `t.${element}`, 'count').value;
const discarded = ({ findings }: SimulationResult) => findings.filter(({ code }) => code === 'signal-discarded');

/** One comes every second, ten of them. */
const every = 'every 1 s  run 10.5 s  replications 1  seed 3';

/** A desk that is there from the beginning, and answers after a while. */
const desk = `machine Desk(id: Integer) { initial -> Open  state Open { on Ask(n) / send Answer(id: n) to sender delayed 5 s } }
interaction Opening { actor u  lifeline d: Desk(id: 1)  create d from u }`;
const opening = 'at 1 ms load Opening every 1 ms for 1.5 ms';

describe('what is sent to the sender comes to', () => {
  it('the invocation of an activity that sent the signal, and to no other', async () => {
    const result = await run(`${desk}
activity Visit(id: Integer) {
  initial -> ask
  send ask: Ask(id: id) to Desk(1) -> heard
  accept heard: Answer(got) [got == id] -> thanks
  action thanks delays 1 ms -> home
  final home
}
scenario S { ${opening}  load Visit(id: mixture(50 %: 1, 50 %: 2)) ${every} }`);
    expect(discarded(result)).toEqual([]);
    // Of ten that came at 1 s, 2 s …, those five that came by 5.5 s have their answer.
    expect(count(result, 'Visit.thanks')).toBe(5);
  });

  it('the instance of a machine that sent the signal, also where it has been kept for later', async () => {
    const result = await run(`machine Desk(id: Integer) { initial -> Closed
  state Closed { defer Ask  after 20 s -> Open }
  state Open { on Ask(n) / send Answer(id: n) to sender } }
machine Guest(id: Integer) { initial / send Ask(id: id) to Desk(1) -> Waiting
  state Waiting { on Answer(got) [got == id] -> Served  on Answer -> Confused }
  state Served { after 1 ms -> Gone }  state Confused  final Gone }
interaction Opening { actor u  lifeline d: Desk(id: 1)  create d from u }
interaction Coming(id: Integer) { actor u  lifeline g: Guest(id: id)  create g from u}
scenario S { ${opening}  at 10 ms load Coming(id: mixture(50 %: 1, 50 %: 2)) every 1 s for 10.5 s
  run 30 s  replications 1  seed 3 }`);
    expect(count(result, 'Guest.Served')).toBe(10);
    expect(count(result, 'Guest.Confused')).toBe(0);
  });

  it('the lifeline of an interaction that is a machine, and to the machine itself where it sent the signal', async () => {
    const result = await run(`machine Guest(id: Integer) { initial -> Waiting
  state Waiting { on Answer -> Served }  state Served { } }
machine Desk { initial -> Open
  state Open { on Ask(n) / { raise Answer(id: n)  send Answer(id: n) to sender }
    on Answer / send Ask(id: 0) to sender -> Spoken }
  state Spoken { on Ask -> Heard }  state Heard { } }
interaction Talk { actor u  lifeline g: Guest(id: 1), d: Desk  create g from u  g ->> d : Ask(id: 1) }
scenario S { load Talk ${every} }`);
    expect(count(result, 'Guest.Served')).toBe(10);
    expect(count(result, 'Desk.Heard')).toBe(10);
  });

  it('the component that sent it, and is discarded and counted where nobody there takes it', async () => {
    const result = await run(`component Office { operation go() delays 1 ms }
machine Desk { initial -> Open  state Open { on Ask(n) / send Answer(id: n) to sender } }
interaction Talk { actor u  lifeline o: Office, d: Desk  u -> o.go() { o ->> d : Ask(id: 1) } }
interaction Call { actor u  lifeline d: Desk  u ->> d : Ask(id: 1) }
scenario S { load Talk every 1 s  load Call ${every} }`);
    expect(discarded(result).map(({ element, message }) => [element, message.split(':')[0]])).toEqual([
      ['t.Desk', 'Answer went back to who sent an event, which nobody did who takes signals'],
      ['t.Office', 'Answer came to Office, where nobody takes it'],
    ]);
    expect(discarded(result).map(({ message }) => message.includes('10'))).toEqual([true, true]);
  });
});

describe('what is sent to a component', () => {
  const office = (more: string) => `component Office { operation open() delays 1 ms  owns Desk ${more} }
machine Desk(id: Integer) { initial -> Open
  state Open { on Ask -> Busy }  state Busy { } }
interaction Opening(id: Integer) { actor u  lifeline o: Office, d: Desk(id: id)
  u -> o.open() { create d from o } }
activity Visit { initial -> ask  send ask: Ask(id: 1) to Office -> home  final home }`;

  it('comes to one instance of a machine that it owns, until none is left that takes it', async () => {
    const result = await run(`${office('')}
interaction Keep(id: Integer) { actor u  lifeline d[id]: Desk  u ->> d : Answer(id: 0) }
scenario S { at 1 ms load Opening(id: mixture(100 %: 4)) every 1 s for 3.5 s  load Keep(id: mixture(100 %: 4)) every 1000 s
  at 4 s load Visit every 1 s for 10 s  run 14.5 s  replications 1  seed 3 }`);
    expect(count(result, 'Desk.Busy')).toBe(3);
    expect(discarded(result).map(({ element }) => element)).toEqual(['t.Office']);
  });

  it('is dealt out over its replicas, and comes to those that live there', async () => {
    const result = await run(`${office('')}
interaction Keep(id: Integer) { actor u  lifeline d[id]: Desk  u ->> d : Answer(id: 0) }
deployment D { node n * 2 { cores 1  deploy Office } }
scenario S of D { at 1 ms load Opening(id: mixture(100 %: 4)) every 1 s for 1.5 s
  load Keep(id: mixture(100 %: 4)) every 1000 s
  at 4 s load Visit every 1 s for 10 s  run 6.5 s  replications 1  seed 3 }`);
    // One desk on one of two replicas: of two signals in turn one finds it.
    expect(count(result, 'Desk.Busy')).toBe(1);
    expect(discarded(result).length).toBe(1);
  });
});
