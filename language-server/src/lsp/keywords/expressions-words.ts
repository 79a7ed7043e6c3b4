/** Words of expressions. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const expressionsWords = {
  mod: { meaning: 'Remainder of a division.' },
  and: { meaning: 'Both conditions hold.' },
  or: { meaning: 'At least one condition holds.' },
  implies: { meaning: 'The second condition holds wherever the first does.' },
  not: { meaning: 'The condition does not hold.' },
  true: { meaning: 'The truth value.' },
  false: { meaning: 'The truth value.' },
  null: { meaning: 'The absent value.' },
  if: { meaning: 'Chooses between two values: `if c then a else b`.' },
  // biome-ignore lint/suspicious/noThenProperty: the language's word; the table is never awaited
  then: { meaning: 'The value where the condition holds.' },
  else: { meaning: 'What is taken when nothing before it is.' },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
