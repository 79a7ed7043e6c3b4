import { describe, expect, test } from 'vitest';
import { created, logs, plainNames, SECOND } from './stepping.ts';

const order = `
  machine Order(total: Integer) {
    var n: Integer = 1
    initial -> New
    state New { entry / log "order new"  exit / log "leaves new"  on Pay -> Paid  on Stop -> Stopped  after 10 s -> Stopped }
    state Paid { on Ship -> Shipped }
    state Shipped {}
    final Stopped
  }`;
const express = (members: string) => `
  signal Pay
  signal Stop
  signal Ship
  machine Express extends Order { ${members} }
  ${order}`;

describe('`extends`', () => {
  test('a machine that declares nothing does what the one it extends does', async () => {
    const { beginning, stepper } = await created(express(''), [5]);
    expect(logs(beginning)).toEqual(['order new']);
    stepper.dispatch('Pay');
    expect(stepper.states()).toEqual(['Express.Paid']);
    expect(Object.values(stepper.values())).toEqual([5, 1]);
  });

  test('a state that stands for it gives arguments to what it inherits', async () => {
    const whole =
      'machine Whole() { initial -> Part  state Part : Express(total: 7) { completion -> over }  final over }';
    const { beginning } = await created(`${whole} ${express('state New { entry / log "of {total}" }')}`);
    expect(logs(beginning)).toEqual(['of 7']);
  });

  test('a state redefines the behaviours it declares and inherits the others', async () => {
    const { beginning, stepper } = await created(express('state New { entry / log "express new" }'), [5]);
    expect(logs(beginning)).toEqual(['express new']);
    expect(logs(stepper.dispatch('Pay'))).toEqual(['leaves new']);
  });

  test('a transition redefines the one of the same source and trigger', async () => {
    const { stepper } = await created(
      express('state New { on Pay / log "at once" -> Shipped  after 5 s -> Paid }'),
      [5],
    );
    const other = await created(express('state New { after 5 s -> Paid }'), [5]);
    expect(logs(stepper.dispatch('Pay'))).toEqual(['leaves new', 'at once']);
    expect(plainNames(stepper.states())).toEqual(['Shipped']);
    other.stepper.advance(20 * SECOND);
    expect(plainNames(other.stepper.states())).toEqual(['Paid']);
  });

  test('states, regions and variables are added', async () => {
    const { stepper } = await created(
      express('var m: Integer = 7  state Paid { on Stop -> Back }  state Back { entry / log "back {m} {n}" }'),
      [5],
    );
    stepper.dispatch('Pay');
    expect(logs(stepper.dispatch('Stop'))).toEqual(['back 7 1']);
    stepper.dispatch('Ship');
    expect(plainNames(stepper.states())).toEqual(['Back']);
  });

  test('an extension of an extension inherits both', async () => {
    const { stepper, beginning } = await created(
      `machine Fast extends Express { state Shipped { entry / log "fast" } }
       ${express('state New { entry / log "express new" }')}`,
      [5],
    );
    expect(logs(beginning)).toEqual(['express new']);
    stepper.dispatch('Pay');
    expect(logs(stepper.dispatch('Ship'))).toEqual(['fast']);
  });

  test('a machine that extends itself runs as it stands', async () => {
    const { stepper } = await created('machine M extends M { initial -> A  state A {} }');
    expect(stepper.states()).toEqual(['M.A']);
  });
});
