/** Findings about files and what they import. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const fileProblems = {
  'missing-file': {
    severity: 'error',
    meaning: 'The imported file cannot be read.',
    why: `Paths are relative to the file that imports, use \`/\` everywhere, and tell upper from lower case even where the
file system does not: a model that loads on one machine has to load on all.`,
    wrong: `import "payment.twin"
signal Ordered`,
    mended: `import "payments.twin"
signal Ordered`,
    files: { 'payments.twin': 'package payments\nsignal Paid' },
  },
  'import-cycle': {
    severity: 'error',
    meaning: 'Files import each other in a circle.',
    why: `Neither of the files could be read, moved or reviewed without the other. What both need belongs in a third file that
imports neither.`,
    source: 'UML 2.5.1, 7.4 Namespaces (package import)',
    wrong: `package shop
import "payments.twin"
signal Ordered`,
    mended: `package shop
signal Ordered`,
    files: { 'payments.twin': 'package payments\nimport "model.twin"\nsignal Paid' },
  },
  'too-large': {
    severity: 'error',
    meaning: 'The file is larger than what is read.',
    why: `At most 2 MB of a file are read, which is some 70,000 lines: a larger one would take the editor's time and memory
for minutes. Nothing in it is checked, drawn or run. Split it into files that import each other; what was measured belongs into files of
data, not into the model.`,
    wrong: `signal Paid // ${'and all that was ever recorded '.repeat(70_000)}`,
    mended: 'signal Paid // recorded in payments.csv',
  },
  'too-deep': {
    severity: 'error',
    meaning: 'More levels are nested than can be read; the inner part is left out.',
    why: `Up to 64 brackets may stand inside each other, and some hundred operators hang on each other. A person loses track long
before. The rest of the file is read without the part.`,
    wrong: `machine Order {
  var total: Integer = ${'('.repeat(70)}1${')'.repeat(70)}
  initial -> Open
  state Open
}`,
    mended: `machine Order {
  var total: Integer = 1
  initial -> Open
  state Open
}`,
  },
} as const satisfies ProblemDeclarations;
