import { delivery, type MachineHost, MachineRuntime } from '@pollux/engine/behavior';
import type { RunProblem } from '@pollux/engine/expressions';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compiled, SECOND } from './stepping.ts';

/** Keeps what the runtime asks for, and never cancels a timer: what fires in vain has to be ignored. */
class Host implements MachineHost {
  now = 0;
  readonly streams = [];
  readonly timers: { instance: number; timer: number; due: number }[] = [];
  readonly ends: { instance: number; problem: RunProblem | null }[] = [];
  readonly sent: { signal: number; values: unknown[]; delay: number; sender: number }[] = [];

  readonly replies: { value: unknown; sender: number }[] = [];

  replied(_from: number, _event: number, value: unknown, sender: number): void {
    this.replies.push({ value, sender });
  }
  startTimer(instance: number, timer: number, due: number): number {
    return this.timers.push({ instance, timer, due }) - 1;
  }
  stopTimer(): void {}
  send(
    _from: number,
    signal: number,
    values: readonly unknown[],
    _target: unknown,
    delay: number,
    sender: number,
  ): void {
    this.sent.push({ signal, values: [...values], delay, sender });
  }
  ended(instance: number, problem: RunProblem | null): void {
    this.ends.push({ instance, problem });
  }
}

const machine = await compiled(`
  signal Go
  signal End
  signal Ask(n: Integer)
  signal Answer(n: Integer)
  machine M(id: String) {
    var n: Integer = 0
    initial -> A
    state A { on Go / n += 1 -> B  on Ask(k) / send Answer(n: k * 2) to sender  after 10 s -> Over }
    state B { on Go -> A  on End -> Over }
    final Over
  }`);
const [GO, END, ASK, ANSWER] = [0, 1, 2, 3];
const vertex = (name: string) => machine.vertexIndex.get(`M.${name}`) ?? -1;

describe('many instances of a machine', () => {
  test('each has its own state and variables', () => {
    const runtime = new MachineRuntime(machine, new Host());
    const [a, b] = [runtime.spawn(['a']), runtime.spawn(['b'])];
    runtime.deliver(a, GO, []);
    expect([runtime.isIn(a, vertex('B')), runtime.isIn(b, vertex('B'))]).toEqual([true, false]);
    expect([runtime.value(a, 0), runtime.value(a, 1), runtime.value(b, 1)]).toEqual(['a', 1, 0]);
  });

  test('a signal to an ended instance is missing, even where its place is taken again', () => {
    const host = new Host();
    const runtime = new MachineRuntime(machine, host);
    const first = runtime.spawn([]);
    runtime.deliver(first, GO, []);
    expect(runtime.deliver(first, END, [])).toBe(delivery.taken);
    expect(host.ends).toEqual([{ instance: first, problem: null }]);
    const second = runtime.spawn([]);
    expect(second).not.toBe(first);
    expect(runtime.deliver(first, GO, [])).toBe(delivery.missing);
    expect(runtime.missed).toBe(1);
    expect(runtime.isIn(second, vertex('A'))).toBe(true);
  });

  test('a timer that fires though its state was left is ignored', () => {
    const host = new Host();
    const runtime = new MachineRuntime(machine, host);
    const instance = runtime.spawn([]);
    host.now = 4 * SECOND;
    runtime.deliver(instance, GO, []);
    runtime.deliver(instance, GO, []);
    const [first, second] = host.timers;
    host.now = 10 * SECOND;
    expect(runtime.timerFired(instance, first?.timer ?? -1)).toBe(false);
    expect(runtime.isIn(instance, vertex('A'))).toBe(true);
    host.now = second?.due ?? 0;
    expect(runtime.timerFired(instance, second?.timer ?? -1)).toBe(true);
    expect(runtime.isLive(instance)).toBe(false);
    expect(runtime.timerFired(instance, second?.timer ?? -1)).toBe(false);
  });

  test('an answer goes to whom the event came from', () => {
    const host = new Host();
    const runtime = new MachineRuntime(machine, host);
    runtime.deliver(runtime.spawn([]), ASK, [21], 77);
    expect(host.sent).toEqual([{ signal: ANSWER, values: [42], delay: 0, sender: 77 }]);
  });

  test('an instance that a run-time error ends leaves nothing behind in the counts', async () => {
    const stuck = await compiled(`
      machine M(n: Integer) {
        initial -> Outer
        state Outer { initial -> C  choice C { [n > 1] -> A  [n < 0] -> A }  state A {} }
      }`);
    const host = new Host();
    const runtime = new MachineRuntime(stuck, host);
    const instance = runtime.spawn([1]);
    expect(host.ends).toMatchObject([{ instance, problem: { code: 'no-branch' } }]);
    expect([...runtime.population].every((count) => count === 0)).toBe(true);
    expect(runtime.isLive(instance)).toBe(false);
  });

  test('what one has put off and remembers is its own, also where another takes its place', async () => {
    const remembering = await compiled(`
      signal Later
      signal Next
      signal Pause
      signal End
      machine M() {
        initial -> Work
        state Work { initial -> One  state One { on Next -> Two }  state Two {}  history  on Pause -> Idle  on End -> over }
        state Idle { defer Later  on Next -> Work.history  on End -> over }
        final over
      }`);
    const at = (name: string) => remembering.vertexIndex.get(`M.${name}`) ?? -1;
    const runtime = new MachineRuntime(remembering, new Host());
    const [later, next, pause, end] = [0, 1, 2, 3];
    const [a, b] = [runtime.spawn([]), runtime.spawn([])];
    for (const event of [next, pause]) runtime.deliver(a, event, []);
    runtime.deliver(b, pause, []);
    expect(runtime.deliver(a, later, [])).toBe(delivery.deferred);
    expect([runtime.save(a)?.deferred.length, runtime.save(b)?.deferred.length]).toEqual([1, 0]);
    runtime.deliver(b, next, []);
    expect(runtime.isIn(b, at('Work.One'))).toBe(true);
    runtime.deliver(a, end, []);
    const c = runtime.spawn([]);
    runtime.deliver(c, pause, []);
    expect(runtime.save(c)?.deferred).toEqual([]);
    runtime.deliver(c, next, []);
    expect(runtime.isIn(c, at('Work.One'))).toBe(true);
  });

  test('a call that was deferred is answered when it is handled, to whom it came from', async () => {
    const host = new Host();
    const busy = await compiled(`
      signal Go
      machine M() {
        operation ask(n: Integer): Integer
        initial -> A
        state A { defer call ask  on Go -> B }
        state B { on call ask(n) / return n + 1 }
      }`);
    const runtime = new MachineRuntime(busy, host);
    const instance = runtime.spawn([]);
    const ask = runtime.eventOfCall('M.ask');
    runtime.deliver(instance, ask, [1], 7);
    runtime.deliver(instance, ask, [2], 8);
    expect(host.replies).toEqual([]);
    runtime.deliver(instance, 0, []);
    expect(host.replies).toEqual([
      { value: 2, sender: 7 },
      { value: 3, sender: 8 },
    ]);
  });

  test('counts add up whatever happens', () => {
    const happening = fc.record({ event: fc.constantFrom('spawn', 'go', 'end', 'kill'), which: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 120 }), (happenings) => {
        const runtime = new MachineRuntime(machine, new Host());
        const ids: number[] = [];
        for (const { event, which } of happenings) {
          const instance = ids[which % Math.max(1, ids.length)] ?? -1;
          if (event === 'spawn') ids.push(runtime.spawn([]));
          else if (event === 'kill') runtime.terminate(instance);
          else runtime.deliver(instance, event === 'go' ? GO : END, []);
        }
        expect(new Set(ids).size).toBe(ids.length);
        const live = ids.filter((id) => runtime.isLive(id));
        expect(runtime.store.live).toBe(live.length);
        expect([...runtime.store.ids()].sort()).toEqual([...live].sort());
        for (const name of ['A', 'B', 'Over']) {
          const inside = live.filter((id) => runtime.isIn(id, vertex(name))).length;
          expect(runtime.population[vertex(name)]).toBe(inside);
        }
        expect(runtime.entries[vertex('A')]).toBeGreaterThanOrEqual(ids.length);
      }),
      { numRuns: 100 },
    );
  });
});
