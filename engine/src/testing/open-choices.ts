/** Every way in which what UML leaves open can be decided: orders, and branches that chance would take. */
import { EveryOutcome } from '../behavior/index.ts';

export class OpenChoices extends EveryOutcome {
  order(count: number): number {
    return this.pick(count);
  }
}
