/**
 * The order of exits, effects and entries that UML 2.5.1 (14.2.3) and PSSM 1.0 (8.5) demand of small machines, one rule each:
 * stepped, and under every schedule. The traces are worked out by hand from the norm.
 */
import { MachineStepper } from '@pollux/engine/behavior';
import { exploreMachine, type ScriptStep } from '@pollux/engine/verification';
import { describe, expect, test } from 'vitest';
import { compiled, logs } from './stepping.ts';

interface Rule {
  /** Of the machine; `~A` stands for an entry that logs `+A` and an exit that logs `-A`. */
  readonly machine: string;
  /** Signals `A` to `C`. */
  readonly events?: string;
  readonly trace: string;
  /** Where UML leaves the order open: what else is admitted. */
  readonly also?: readonly string[];
}

const rules: Readonly<Record<string, Rule>> = {
  'an external transition to a substate leaves the composite state': {
    machine: 'initial -> S state S { ~S initial -> X state X { ~X } state Y { ~Y } on A / log "t" -> S.Y }',
    events: 'A',
    trace: '+S +X -X -S t +S +Y',
  },
  'a local one stays in it': {
    machine: 'initial -> S state S { ~S initial -> X state X { ~X } state Y { ~Y } local on A / log "t" -> S.Y }',
    events: 'A',
    trace: '+S +X -X t +Y',
  },
  'a transition from a substate to its composite state leaves and enters that': {
    machine: 'initial -> S state S { ~S initial -> X state X { ~X on A / log "t" -> S } }',
    events: 'A',
    trace: '+S +X -X -S t +S +X',
  },
  'an internal transition inside comes before one that leads out': {
    machine:
      'initial -> S state S { ~S initial -> X state X { ~X on A / log "x" } on A / log "s" -> E } state E { ~E }',
    events: 'A',
    trace: '+S +X x',
  },
  'a junction looks at its guards before anything is left': {
    machine: `var x: Integer = 0 initial -> S
      state S { exit / { x = 1 log "-S" } on A / log "t" -> j }
      junction j { [x == 1] / log "one" -> E  [x == 0] / log "zero" -> E } state E { ~E }`,
    events: 'A',
    trace: '-S t zero +E',
  },
  'without an open way through a junction nothing is left': {
    machine: `var x: Integer = 0 initial -> S
      state S { ~S on A / log "t" -> j on B / log "b" } junction j { [x == 1] -> E  [x == 2] -> E } final E`,
    events: 'A B',
    trace: '+S b',
  },
  'a choice looks at its guards behind exit and effect': {
    machine: `var x: Integer = 0 initial -> S
      state S { exit / { x = 1 log "-S" } on A / { x += 1 log "t" } -> c }
      choice c { [x == 2] / log "two" -> E  else -> S } state E { ~E }`,
    events: 'A',
    trace: '-S t two +E',
  },
  'a segment leaves only what it leads out of: a choice inside is reached without leaving': {
    machine: `initial -> S
      state S { ~S initial -> X state X { ~X on A / log "t" -> c } choice c { [1 < 2] / log "b" -> E else -> X } }
      state E { ~E }`,
    events: 'A',
    trace: '+S +X -X t -S b +E',
  },
  'a choice outside is reached by leaving, and entered from anew': {
    machine: `initial -> S
      state S { ~S initial -> X state X { ~X on A / log "t" -> c } state Y { ~Y } }
      choice c { [1 < 2] / log "b" -> S.Y else -> E } state E { ~E }`,
    events: 'A',
    trace: '+S +X -X -S t b +S +Y',
  },
  'a join goes on when all its segments have arrived, and leaves every other region too': {
    machine: `initial -> S
      state S { ~S
        region r { initial -> X state X { ~X on A / log "x" -> j } }
        region q { initial -> Y state Y { ~Y on B / log "y" -> j } }
      }
      join j / log "j" -> E final E`,
    events: 'A B',
    trace: '+S +X +Y -X x -Y y -S j',
    also: ['+S +Y +X -X x -Y y -S j'],
  },
  'what a transition through a join still waits for does not keep the rest from events': {
    machine: `initial -> S
      state S { ~S on A / log "outer"
        region r { initial -> X state X { on A / log "x" -> j } }
        region q { initial -> Y state Y { on B / log "y" -> j } }
      }
      join j / log "j" -> E final E`,
    events: 'A A B',
    trace: '+S x outer y -S j',
  },
  'a fork does the effects of its segments on the way to their targets': {
    machine: `initial -> W state W { on A / log "t" -> f } fork f { / log "f1" -> S.r.X  / log "f2" -> S.q.Y }
      state S { ~S region r { state X } region q { state Y } }`,
    events: 'A',
    trace: 't f1 +S f2',
    also: ['t f1 f2 +S', 't f2 f1 +S', 't f2 +S f1'],
  },
  'an entry point without a way on enters by default': {
    machine:
      'initial -> W state W { on A / log "t" -> S.p } state S { ~S entry point p initial / log "i" -> X state X { ~X } }',
    events: 'A',
    trace: 't +S i +X',
  },
  'behind an entry point: entry of the state, then its way on': {
    machine: `initial -> W state W { on A / log "t" -> O.p }
      state O { ~O entry point p / log "p" -> S.q
        state S { ~S entry point q / log "q" -> X initial -> Y state X { ~X } state Y { ~Y } }
        initial -> Z state Z }`,
    events: 'A',
    trace: 't +O p +S q +X',
  },
  'before an exit point: its way in, then exit of the state, then its way on': {
    machine: `initial -> O
      state O { ~O exit point p / log "p" -> E
        initial -> S
        state S { ~S exit point q / log "q" -> p initial -> X state X { ~X on A / log "t" -> q } } }
      final E`,
    events: 'A',
    trace: '+O +S +X -X t -S q -O p',
  },
  'a history restores one level': {
    machine: `initial -> S
      state S { ~S initial -> C history
        state C { ~C initial -> X state X { ~X on A -> Y } state Y { ~Y } }
        on B -> W }
      state W { on A -> S.history }`,
    events: 'A B A',
    trace: '+S +C +X -X +Y -Y -C -S +S +C +X',
  },
  'a deep history restores all of them': {
    machine: `initial -> S
      state S { ~S initial -> C deep history
        state C { ~C initial -> X state X { ~X on A -> Y } state Y { ~Y } }
        on B -> W }
      state W { on A -> S.deep_history }`,
    events: 'A B A',
    trace: '+S +C +X -X +Y -Y -C -S +S +C +Y',
  },
  'a history takes its default where the region was never left, and after its final state': {
    machine: `initial -> W state W { on A -> S.history }
      state S { ~S initial -> X state X { ~X on A -> F } final F history / log "h" -> X completion -> W }`,
    events: 'A A A',
    trace: '+S h +X -X -S +S h +X',
  },
  'terminate leaves nothing and stops what is done': {
    machine: `initial -> S
      state S { ~S do takes 5 s / log "done"
        region r { initial -> X state X { ~X on A / log "t" -> stop } terminate stop }
        region q { initial -> Y state Y { exit / log "-Y" } } }`,
    events: 'A B',
    trace: '+S +X -X t',
  },
  'a deferral inside comes before a transition around it': {
    machine: `initial -> S
      state S { ~S initial -> X state X { ~X defer A on B -> Y } state Y { ~Y } on A / log "outer" -> E } state E { ~E }`,
    events: 'A B',
    trace: '+S +X -X +Y -Y -S outer +E',
  },
  'a transition inside comes before a deferral around it': {
    machine: 'initial -> S state S { ~S defer A initial -> X state X { ~X on A / log "x" -> Y } state Y { ~Y } }',
    events: 'A',
    trace: '+S +X -X x +Y',
  },
  'a deferral in one region keeps the event from the other': {
    machine: `initial -> S
      state S { ~S
        region r { initial -> X state X { exit / log "-X" defer A on B -> X2 } state X2 }
        region q { initial -> Y state Y { on A / log "y" -> Y2 } state Y2 } }`,
    events: 'A B',
    trace: '+S -X y',
  },
  'completion comes before deferred events that are released': {
    machine: `initial -> S
      state S { ~S defer A on B -> T } state T { ~T completion / log "c" -> U } state U { on A / log "a" -> V } final V`,
    events: 'A B',
    trace: '+S -S +T -T c a',
  },
  'a completion that finds no guard open is lost': {
    machine: `var open: Boolean = false initial -> S
      state S { ~S on A / { open = true log "a" } completion [open] / log "c" -> E on B / log "b" -> S } final E`,
    events: 'A B',
    trace: '+S a -S b +S -S c',
  },
  'a state with regions and a do has completed when both have': {
    machine: `initial -> S state S { ~S do / log "do" initial -> X state X { on A -> F } final F completion / log "c" -> E } final E`,
    events: 'A',
    trace: '+S do -S c',
  },
  'any takes what nothing else of its state names': {
    machine: 'initial -> X state X { on A / log "a" on any / log "any" }',
    events: 'A B A',
    trace: 'a any a',
  },
};

function textOf({ machine }: Rule): string {
  const members = machine.replace(/~(\w+)/g, 'entry / log "+$1" exit / log "-$1"');
  return `signal A signal B signal C machine M() { ${members} }`;
}

const eventsOf = ({ events = '' }: Rule): string[] => events.split(' ').filter((name) => name !== '');

describe('the order of behaviours', () => {
  test.each(Object.entries(rules))('%s', async (_, rule) => {
    const stepper = new MachineStepper(await compiled(textOf(rule)));
    const happened = [...stepper.createInstance(), ...eventsOf(rule).flatMap((name) => stepper.dispatch(name))];
    expect(logs(happened).join(' ')).toBe(rule.trace);
  });

  test.each(Object.entries(rules))('%s, under every schedule', async (_, rule) => {
    const machine = await compiled(textOf(rule));
    const steps = eventsOf(rule).map(
      (name): ScriptStep => ({
        kind: 'event',
        event: machine.signals.findIndex((signal) => signal.name === name),
        values: [],
      }),
    );
    const { complete, traces } = exploreMachine(machine, { kind: 'script', steps }, { beginnings: [[]] });
    expect(complete).toBe(true);
    expect(traces.map((trace) => trace.join(' ')).sort()).toEqual([rule.trace, ...(rule.also ?? [])].sort());
  });
});
