/** How long things in a tested activity last, as the model says, and which way its decisions go: left open, as all chance in a test is. */
import { type ActivityProgram, ActivityTimes, type Oracle } from '../behavior/index.ts';
import { randomStream } from '../numeric/index.ts';

export class OpenTimes extends ActivityTimes {
  readonly #program: ActivityProgram;
  readonly #oracle: Oracle;

  constructor(program: ActivityProgram, oracle: Oracle, seed: number) {
    super(program, (name) => randomStream(seed, name));
    this.#program = program;
    this.#oracle = oracle;
  }

  /** The middle of one of the shares into which the weights cut the draws. */
  override choice(activity: number, node: number): number {
    const choice = this.#program.activities[activity]?.choices[node];
    if (choice?.isWeighted !== true) return 0;
    const weights = choice.operands.flatMap(({ weight }) => (weight > 0 ? [weight] : []));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const shares = choice.isComplete || total >= 1 ? weights : [...weights, 1 - total];
    const taken = this.#oracle.pick(shares.length);
    const before = shares.slice(0, taken).reduce((sum, share) => sum + share, 0);
    return (before + (shares[taken] ?? 0) / 2) / Math.max(1, total);
  }
}
