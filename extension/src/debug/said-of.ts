/** What the debug console says of an occurrence in a machine; nothing where the cursor shows it anyway. */
import type { Occurrence } from '@pollux/engine/behavior';
import type { Output } from './moment.ts';

export function saidOf(occurrence: Occurrence): readonly Output[] {
  const name = occurrence.element.slice(occurrence.element.lastIndexOf('.') + 1);
  const said = (text: string): readonly Output[] => [{ text, isError: false }];
  switch (occurrence.kind) {
    case 'discard':
      return said(`${name} is discarded: nothing takes it now.`);
    case 'defer':
      return said(`${name} is deferred.`);
    case 'reply':
      return said(`${name} answers ${JSON.stringify(occurrence.value)}.`);
    case 'call': {
      const answer = occurrence.reply === null ? '' : `, which answers ${JSON.stringify(occurrence.reply)}`;
      return said(`${name} is called${answer}.`);
    }
    case 'complete':
      return said('The machine has come to its end.');
    case 'terminate':
      return said('The machine is terminated.');
    case 'error': {
      const { message, place } = occurrence.problem;
      return [{ text: message, isError: true, place }];
    }
    case 'enter':
    case 'exit':
    case 'transition':
    case 'log':
    case 'send':
      return [];
  }
}
