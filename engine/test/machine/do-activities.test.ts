import { describe, expect, test } from 'vitest';
import { created, logs, plainNames, SECOND, trace } from './stepping.ts';

describe('what a do-activity does', () => {
  test('comes behind the step that enters its state and completes the state', async () => {
    const { beginning, stepper } = await created(`
      machine M() {
        initial -> A
        state A { entry / log "into A"  do / log "doing"  initial -> In  state In { entry / log "In" }  completion -> B }
        state B { entry / log "B" }
      }`);
    expect(logs(beginning)).toEqual(['into A', 'In', 'doing']);
    expect(plainNames(stepper.states())).toEqual(['A', 'In']);
  });

  test('comes before completions, and completes a state without regions', async () => {
    const { beginning } = await created(`
      machine M() {
        initial -> A
        state A { do / { log "one"  log "two" }  completion / log "complete" -> B }
        state B {}
      }`);
    expect(logs(beginning)).toEqual(['one', 'two', 'complete']);
  });

  test('comes after its time where it takes any', async () => {
    const { stepper } = await created(`
      machine M() {
        initial -> A
        state A { do takes 2 s / log "done"  completion -> B }
        state B {}
      }`);
    expect(trace(stepper.advance(2 * SECOND))).toEqual(['log done', 'exit A', 'enter B']);
  });

  test('never comes where the state is left before', async () => {
    const { stepper, beginning } = await created(`
      signal Off
      machine M() {
        initial -> A
        state A { do takes 2 s / log "done"  on Off -> B }
        state B { initial -> c  choice c { else -> C }  state C {} }
      }`);
    expect(logs(beginning)).toEqual([]);
    stepper.dispatch('Off');
    expect(logs(stepper.advance(9 * SECOND))).toEqual([]);
  });

  test('never comes where the same step leaves the state again', async () => {
    const { beginning } = await created(`
      machine M() {
        initial -> A
        state A { do / log "never"  exit point q -> B  initial -> c  choice c { else -> q } }
        state B { do / log "B" }
      }`);
    expect(logs(beginning)).toEqual(['B']);
  });

  test('a behaviour that it invokes runs until somebody says that it has ended', async () => {
    const { stepper } = await created(`
      activity Bake() { initial -> stir  action stir takes 1 s -> done  final done }
      machine M() { initial -> A  state A { do ref Bake  completion -> B }  state B {} }`);
    expect(stepper.pending()).toEqual([{ due: null, element: 'M.A' }]);
    stepper.advance(1000 * SECOND);
    expect(stepper.isIn('M.A')).toBe(true);
    expect(trace(stepper.endActivity('M.A'))).toEqual(['exit A', 'enter B']);
  });
});
