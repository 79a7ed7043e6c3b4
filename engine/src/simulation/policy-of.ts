/** What a call with attempts does about trouble: as the version of its caller said when the call began, whatever runs there by now. */
import type { Policy, Program } from '../behavior/interaction/index.ts';
import type * as token from './token-pool.ts';

// V8 folds a module's own constants into the code, but not imported ones: these are checked copies.
const GOAL = 8 satisfies typeof token.GOAL;
const VERSION = 15 satisfies typeof token.VERSION;
const WORD_SHIFT = 4 satisfies typeof token.WORD_SHIFT;

export function policyOf(messages: Program['messages'], words: Int32Array, call: number): Policy {
  const at = call << WORD_SHIFT;
  const { policy, policyVersions } = messages[words[at + GOAL]!]!;
  const version = words[at + VERSION]!;
  return version === 0 ? policy! : policyVersions[version - 1]!;
}

/** Of all messages, in all versions. */
export function policiesIn(messages: Program['messages']): readonly Policy[] {
  return messages.flatMap(({ policy, policyVersions }) => [...(policy === null ? [] : [policy]), ...policyVersions]);
}
