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
} as const satisfies ProblemDeclarations;
