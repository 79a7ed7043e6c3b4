import { describe, expect, test } from 'vitest';
import { created, logs, plainNames, trace } from './stepping.ts';

describe('entry point', () => {
  const text = (point: string, regions: string) => `
    signal Go
    machine M() {
      initial -> Wait
      state Wait { on Go / log "go" -> Work.p }
      state Work { entry / log "work"  ${point}  ${regions} }
    }`;
  const one = 'initial -> A  state A { entry / log "A" }  state B { entry / log "B" }';

  test('enters its state, then goes on to its target', async () => {
    const { stepper } = await created(text('entry point p / log "on" -> B', one));
    expect(logs(stepper.dispatch('Go'))).toEqual(['go', 'work', 'on', 'B']);
  });

  test('without a target enters the state by default', async () => {
    const { stepper } = await created(text('entry point p', one));
    expect(logs(stepper.dispatch('Go'))).toEqual(['go', 'work', 'A']);
  });

  test('enters the regions it does not lead into by default, and first', async () => {
    const { stepper } = await created(
      text(
        'entry point p / log "on" -> L2',
        `region left { initial -> L1  state L1 {}  state L2 { entry / log "L2" } }
         region right { initial -> R1  state R1 { entry / log "R1" } }`,
      ),
    );
    expect(logs(stepper.dispatch('Go'))).toEqual(['go', 'work', 'R1', 'on', 'L2']);
  });
});

describe('a local transition of a state to its own entry point', () => {
  const says = (name: string) => `entry / log "into ${name}"  exit / log "out of ${name}"`;
  const machine = (point: string, regions: string) => `
    signal Go
    signal Next
    machine M() {
      initial -> S
      state S { ${says('S')}  ${point}  local on Go / log "go" -> p  ${regions} }
    }`;

  test('does not leave the state: only what is in it makes way', async () => {
    const { stepper } = await created(
      machine(
        'entry point p / log "by p" -> B',
        `initial -> A  state A { ${says('A')}  initial -> A1  state A1 { ${says('A1')} } }  state B { ${says('B')} }`,
      ),
    );
    expect(logs(stepper.dispatch('Go'))).toEqual(['out of A1', 'out of A', 'go', 'by p', 'into B']);
    expect(logs(stepper.dispatch('Go'))).toEqual(['out of B', 'go', 'by p', 'into B']);
  });

  test('leaves the regions alone that the point does not lead into', async () => {
    const { stepper } = await created(
      machine(
        'entry point p -> L2',
        `region left { initial -> L1  state L1 { ${says('L1')} }  state L2 { ${says('L2')} } }
         region right { initial -> R1  state R1 { ${says('R1')}  on Next -> R2 }  state R2 { ${says('R2')} } }`,
      ),
    );
    stepper.dispatch('Next');
    expect(logs(stepper.dispatch('Go'))).toEqual(['out of L1', 'go', 'into L2']);
    expect(plainNames(stepper.states())).toEqual(['S', 'L2', 'R2']);
  });

  test('by a point into several regions goes on in all of them', async () => {
    const { stepper } = await created(
      machine(
        'entry point p -> L2, R2',
        `region left { initial -> L1  state L1 { ${says('L1')} }  state L2 { ${says('L2')} } }
         region right { initial -> R1  state R1 { ${says('R1')} }  state R2 { ${says('R2')} } }
         region third { initial -> T  state T { ${says('T')} } }`,
      ),
    );
    expect(logs(stepper.dispatch('Go'))).toEqual(['out of L1', 'out of R1', 'go', 'into L2', 'into R2']);
    expect(plainNames(stepper.states())).toEqual(['S', 'L2', 'R2', 'T']);
  });

  test('by a point that leads nowhere begins its regions anew', async () => {
    const { stepper } = await created(
      machine('entry point p', `initial -> A  state A { ${says('A')}  on Next -> B }  state B { ${says('B')} }`),
    );
    stepper.dispatch('Next');
    expect(logs(stepper.dispatch('Go'))).toEqual(['out of B', 'go', 'into A']);
  });

  test('an external one leaves the state and enters it anew', async () => {
    const { stepper } = await created(
      machine('entry point p -> A', `initial -> A  state A { ${says('A')} }`).replace('local on Go', 'on Go'),
    );
    expect(logs(stepper.dispatch('Go'))).toEqual(['out of A', 'out of S', 'go', 'into S', 'into A']);
  });
});

describe('exit point', () => {
  const text = (regions: string) => `
    signal L
    signal R
    machine M() {
      initial -> Work
      state Work { exit / log "out of Work"  exit point q / log "on" -> Done  ${regions} }
      state Done { entry / log "done" }
    }`;

  test('leaves its state behind the effect that leads to it and before its own', async () => {
    const { stepper } = await created(text('initial -> A  state A { exit / log "out of A"  on L / log "to q" -> q }'));
    expect(logs(stepper.dispatch('L'))).toEqual(['out of A', 'to q', 'out of Work', 'on', 'done']);
  });

  test('reached by a local transition of its own state is left behind the effect', async () => {
    const { stepper } = await created(
      text(
        'local on L / log "local" -> q  on R / log "external" -> q  initial -> A  state A { exit / log "out of A" }',
      ),
    );
    const other = await created(text('on R / log "external" -> q  initial -> A  state A { exit / log "out of A" }'));
    expect(logs(stepper.dispatch('L'))).toEqual(['local', 'out of A', 'out of Work', 'on', 'done']);
    expect(logs(other.stepper.dispatch('R'))).toEqual(['out of A', 'out of Work', 'external', 'on', 'done']);
  });

  test('reached from several regions waits for all of them', async () => {
    const { stepper } = await created(
      text(`region left { initial -> A  state A { on L / log "left" -> q } }
            region right { initial -> B  state B { on R / log "right" -> q } }`),
    );
    expect(logs(stepper.dispatch('L'))).toEqual(['left']);
    expect(stepper.isIn('M.Work')).toBe(true);
    expect(logs(stepper.dispatch('R'))).toEqual(['right', 'out of Work', 'on', 'done']);
  });

  test('a way in and out again enters and leaves the state', async () => {
    const { stepper } = await created(`
      signal Go
      machine M() {
        initial -> Wait
        state Wait { on Go -> Work.p }
        state Work {
          entry / log "work"  exit / log "out of work"
          entry point p / log "through" -> q
          exit point q -> Done
          initial -> A
          state A { entry / log "A"  exit / log "out of A" }
        }
        state Done {}
      }`);
    expect(logs(stepper.dispatch('Go'))).toEqual(['work', 'A', 'through', 'out of A', 'out of work']);
    expect(plainNames(stepper.states())).toEqual(['Done']);
  });
});

describe('terminate', () => {
  test('ends the instance at once: nothing is left any more', async () => {
    const { stepper } = await created(`
      signal Kill
      machine M() {
        initial -> A
        state A { exit / log "out of A"  on Kill / log "kill" -> B.dead }
        state B { entry / log "B"  exit / log "out of B"  terminate dead }
      }`);
    expect(trace(stepper.dispatch('Kill'))).toEqual([
      'exit A',
      'log out of A',
      'log kill',
      'enter B',
      'log B',
      'terminate dead',
    ]);
    expect(stepper.status).toBe('terminated');
    expect(trace(stepper.dispatch('Kill'))).toEqual(['discard Kill']);
  });

  test('ends all regions', async () => {
    const { stepper } = await created(`
      signal Kill
      machine M() {
        initial -> Both
        state Both {
          exit / log "out of Both"
          region one { initial -> X  state X { on Kill -> dead }  terminate dead }
          region two { initial -> Y  state Y { exit / log "out of Y"  on Kill / log "never" } }
        }
      }`);
    expect(logs(stepper.dispatch('Kill'))).toEqual([]);
    expect(stepper.status).toBe('terminated');
  });
});
