import { indexElements } from '@pollux/engine/model';
import { modelOf } from '@pollux/language-server/language';
import { expect, test } from 'vitest';
import { selectedPlace } from '../../src/diagram/selected-place.ts';

const text = `package p
signal Go
machine M {
  initial -> A
  state A {
    on Go -> B
  }
  final B
}
`;

/** What of the text a click on the element selects. */
async function selected(id: string): Promise<string> {
  const { model } = await modelOf(text);
  const element = model === null ? undefined : indexElements(model).get(id);
  if (element === undefined) throw new Error(`no ${id}`);
  const { start, end } = selectedPlace(element);
  expect(start.line).toBe(end.line);
  return (text.split('\n')[start.line] ?? '').slice(start.character, end.character);
}

test('a state that spans lines is selected by its name', async () => expect(await selected('p.M.A')).toBe('A'));

test('a signal on one line is selected whole', async () => expect(await selected('p.Go')).toBe('signal Go'));
