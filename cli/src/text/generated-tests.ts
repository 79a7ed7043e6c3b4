/** Proposed tests as text that can stand in a model, with what could not be reached as comments. */
import type { GeneratedTests } from '@pollux/engine/testing';
import { shownPath } from '../read-model.ts';

export function generatedText({ tests, transitions, unreached, complete }: GeneratedTests, folder: string): string {
  const reached = transitions - unreached.length;
  const why = complete ? 'with any of the values that were tried' : 'before the search was ended';
  return [
    `// ${reached} of ${transitions} transitions in ${tests.length} ${tests.length === 1 ? 'test' : 'tests'}.`,
    ...unreached.map(
      ({ element, place }) =>
        `// Not reached ${why}: ${element} (${shownPath(place.uri, folder)}:${place.start.line + 1})`,
    ),
    ...tests.map(({ text }) => text),
  ].join('\n');
}
