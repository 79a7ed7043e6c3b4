/** Pieces of the samples, cut, mixed and torn; and texts that never were any. Knows nothing of what is done with them. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

const folder = new URL('../../../samples/', import.meta.url);
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.twin'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

const start =
  /^(?=(?:enum|data|signal|machine|component|interaction|activity|resource|deployment|scenario|twin|policy|calibration|test)\b)/m;

/** Every declaration of the samples by itself. */
export const pieces = texts.flatMap((text) => text.split(start).slice(1)).map((piece) => piece.trimEnd());

const words = [...new Set(texts.join('\n').match(/\w+|"[^"\n]*"|[^\s\w]+/g) ?? [])];
const piece = fc.constantFrom(...pieces);
const word = fc.constantFrom(...words);

/** Ends anywhere, also in the middle of a word. */
const truncated = fc
  .tuple(piece, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([text, share]) => text.slice(0, Math.floor(text.length * share)));

/** Stretches are cut out, doubled, swapped or replaced by words from elsewhere. */
const mutated = fc
  .tuple(
    piece,
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(30),
        instead: fc.oneof(
          fc.constant(''),
          word,
          fc.tuple(word, word).map((pair) => pair.join(' ')),
          piece.map((text) => text.slice(0, 40)),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((now, { at, length, instead }) => {
      const from = Math.floor(now.length * at);
      return `${now.slice(0, from)} ${instead} ${now.slice(from + length)}`;
    }, text),
  );

const babble = fc.array(fc.oneof(word, fc.constant('\n')), { maxLength: 60 }).map((list) => list.join(' '));
const binary = fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder().decode(bytes));
const anyText = fc.string({ unit: 'binary', maxLength: 200 });

export const damages = { truncated, mutated, babble, binary, 'any text': anyText } as const;
