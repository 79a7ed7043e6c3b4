/**
 * Every outcome of one move of a machine, and which of them differ in nothing but the order in which things happened. Knows
 * decisions, not what is decided.
 */
import { EveryOutcome } from '../behavior/index.ts';

export class Schedules extends EveryOutcome {
  /** What was decided, in order. */
  readonly picks: number[] = [];
  /** Decisions that are not about an order, as a text. */
  choices = '';
  isOrdered = false;
  /** Transitions with one source competed. */
  competed = false;

  /** To be called at the beginning of each outcome. */
  begin(): void {
    this.picks.length = 0;
    this.choices = '';
    this.isOrdered = false;
    this.competed = false;
  }

  override pick(count: number): number {
    const chosen = super.pick(count);
    this.picks.push(chosen);
    this.choices += `${chosen},`;
    return chosen;
  }

  order(count: number, among?: 'transitions' | 'activities'): number {
    if (among === 'transitions') {
      this.competed = true;
      return this.pick(count);
    }
    // One that has not gone on yet still will: that is another moment, not another result.
    if (among === 'activities') return this.pick(count);
    const chosen = super.pick(count);
    this.picks.push(chosen);
    this.isOrdered = true;
    return chosen;
  }
}
