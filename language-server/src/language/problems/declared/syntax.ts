/** Findings about the text itself, before any name is looked up. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const syntaxProblems = {
  syntax: {
    severity: 'error',
    meaning: 'The text does not follow the grammar.',
    why: `Something is missing, or a word stands where the grammar has no place for it. The message names what may
stand there. The rest of the file is still read: a broken line costs that line, and what stands around it keeps its outline,
its names and its diagram.`,
    wrong: `signal Paid
machine Order {
  initial -> Open
  state Open { on Paid -> }
}`,
    mended: `signal Paid
machine Order {
  initial -> Open
  state Open { on Paid -> Closed }
  final Closed
}`,
  },
  'not-executable-yet': {
    severity: 'information',
    meaning: 'Accepted, but without effect on simulation and twin so far.',
    why: `The construct is drawn and kept, and it may stay in the text. Simulation and twin do not know it yet, so figures
are computed as if it were not there.`,
    wrong: `deployment Production {
  node app { cores 4  memory 8 GiB }
}`,
    mended: `deployment Production {
  node app { cores 4 }
}`,
  },
  internal: {
    severity: 'warning',
    meaning: 'A mistake of Pollux itself: part of the file could not be checked.',
    why: `The text may well be right. Everything that could be checked is shown; what the message names was left out. Please
report it with the part of the text that brings it about.`,
    wrong: '',
    mended: '',
  },
} as const satisfies ProblemDeclarations;
