/** Proposed tests as they are put into a text, and what is said about them. Knows nothing of VS Code. */
import type { GeneratedTests } from '@pollux/engine/testing';

/** Behind everything that is there, an empty line between. */
export function insertedText({ tests }: GeneratedTests, before: string): string {
  const gap = before === '' || /\n\r?\n$/.test(before) ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  return gap + tests.map(({ text }) => text).join('\n');
}

export function proposalSentence({ tests, transitions, unreached, complete }: GeneratedTests, machine: string): string {
  const count = `${tests.length} ${tests.length === 1 ? 'test' : 'tests'}`;
  if (unreached.length === 0) {
    return `${count} for ${machine}: together all ${transitions} transitions. They are selected for review.`;
  }
  const named = unreached.slice(0, 3).map(({ element }) => element.slice(element.lastIndexOf('.') + 1));
  const more = unreached.length > named.length ? ` and ${unreached.length - named.length} more` : '';
  const why = complete ? 'no value that was tried leads there' : 'the search was ended before';
  return `${count} for ${machine}: ${transitions - unreached.length} of ${transitions} transitions. Not reached: ${named.join(', ')}${more}; ${why}.`;
}
