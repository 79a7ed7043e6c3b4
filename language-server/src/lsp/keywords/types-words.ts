/** Words of files, types and values. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const typesWords = {
  package: { meaning: 'The package whose name begins the ids of all that this file declares (UML Package).' },
  import: {
    meaning: 'Makes the declarations of another file visible; the path is relative to this file.',
    snippet: 'import "<1:file>.twin"',
  },
  enum: { meaning: 'A set of named values (UML Enumeration).', snippet: 'enum <1:Name> { <2:literal> }' },
  signal: { meaning: 'An asynchronous message type with attributes (UML Signal).', snippet: 'signal <1:Name>' },
  var: {
    meaning: 'A variable of the behaviour, with its initial value (UML Property).',
    snippet: 'var <1:name>: <2:Integer> = <3:0>',
  },
  data: {
    meaning: 'Values with attributes, compared by value (UML DataType).',
    snippet: 'data <1:Name> { <2:attribute>: <3:String> }',
  },
  classified: { meaning: 'Marks data for policies, such as `PII`; the tag is declared by this use.' },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
