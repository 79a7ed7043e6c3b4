/** What callers may do about trouble anywhere in a program. */
import type { Policy, Program } from '../behavior/interaction/index.ts';

/** Of all messages, in all versions. */
export function policiesIn(messages: Program['messages']): readonly Policy[] {
  return messages.flatMap(({ policy, policyVersions }) => [...(policy === null ? [] : [policy]), ...policyVersions]);
}
