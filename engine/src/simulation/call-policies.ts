/**
 * What each call with attempts does about trouble: as the version of its caller said when the call began, but for numbers that have
 * been set since. Knows nothing of who sets them, and of calls nothing but their message and version.
 */
import type { Policy, Program } from '../behavior/interaction/index.ts';
import type { PolicySources, Sources } from './sources.ts';
import type * as token from './token-pool.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const GOAL = 8 satisfies typeof token.GOAL;
const VERSION = 15 satisfies typeof token.VERSION;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

export class CallPolicies {
  readonly #words: Int32Array;
  /** By message, then by version; empty where the caller simply waits. */
  readonly #declared: readonly (readonly Policy[])[];
  readonly #rules: (readonly Policy[])[];
  #drawn: Sources['policies'] = [];
  #draws: (readonly PolicySources[])[] = [];

  constructor({ messages }: Program, words: Int32Array) {
    this.#words = words;
    this.#declared = messages.map(({ policy, policyVersions }) => (policy === null ? [] : [policy, ...policyVersions]));
    this.#rules = [...this.#declared];
  }

  /** A replication begins: everything is as the model says. */
  begin(sources: Sources): void {
    this.#drawn = sources.policies;
    this.#draws = [...sources.policies];
    this.#declared.forEach((rules, message) => {
      this.#rules[message] = rules;
    });
  }

  of(call: number): Policy {
    const at = call << WORD_SHIFT;
    return this.#rules[this.#words[at + GOAL]!]![this.#words[at + VERSION]!]!;
  }

  /** Of the calls of a message that a replica of a version makes. */
  rule(message: number, version: number): Policy {
    return this.#rules[message]![version] ?? this.#rules[message]![0]!;
  }

  /** Where its times are drawn from; null where one is no law. */
  drawsOf(call: number): PolicySources {
    const at = call << WORD_SHIFT;
    return this.#draws[this.#words[at + GOAL]!]![this.#words[at + VERSION]!]!;
  }

  /** The calls of a message are treated as what is made of the declared policy of each version, from now on. */
  change(
    message: number,
    changed: (declared: Policy) => Policy,
    drawn: (declared: PolicySources) => PolicySources,
  ): void {
    this.#rules[message] = this.#declared[message]!.map(changed);
    this.#draws[message] = this.#drawn[message]!.map(drawn);
  }
}
