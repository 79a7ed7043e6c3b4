/** Goes the way of a finding once more, with the decisions that it names: nothing of the exploration is needed for it. */
import type { CompiledMachine } from '@pollux/engine/behavior';
import type { Value } from '@pollux/engine/model';
import type { WayStep } from '@pollux/engine/verification';
import { MOVE, move } from '../../src/verification/move.ts';
import { Schedules } from '../../src/verification/schedules.ts';
import { World } from '../../src/verification/world.ts';

class Given extends Schedules {
  given: number[] = [];

  override pick(): number {
    return this.given.shift() ?? 0;
  }

  override order(): number {
    return this.pick();
  }
}

export class ExploredReplay {
  problem: string | null = null;
  picksLeft = 0;

  constructor(compiled: CompiledMachine, trace: readonly WayStep[]) {
    const choices = new Given();
    const elements = [...compiled.signals, ...compiled.operations];
    const events = trace.flatMap((step) => {
      if (step.kind !== 'signal' && step.kind !== 'call') return [];
      const event = elements.findIndex(({ id }) => id === step.element);
      return [{ event, values: Object.values(step.args) as Value[] }];
    });
    const world = new World(compiled, { kind: 'open', events, isSampled: false }, choices, 100);
    let at = 0;
    for (const step of trace) {
      choices.given = [...step.choices];
      if (step.kind === 'create') world.create(Object.values(step.args) as Value[]);
      else if (step.kind === 'signal' || step.kind === 'call') world.perform(move.event * MOVE + at++);
      else if (step.kind === 'own') world.perform(move.pooled * MOVE);
      else if (step.kind === 'timer' || step.kind === 'activity') {
        const { timers, transitions, vertices } = compiled;
        const timer = timers.findIndex((t) => (transitions[t.transition] ?? vertices[t.vertex])?.id === step.element);
        const isMove = (kind: number): boolean => world.moves().includes(kind * MOVE + timer);
        world.perform((isMove(move.timer) ? move.timer : move.activity) * MOVE + timer);
      }
      this.picksLeft += choices.given.length;
    }
    this.problem = world.problem?.code ?? null;
  }
}
