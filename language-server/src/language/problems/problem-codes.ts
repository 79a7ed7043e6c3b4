/** Every finding that the language makes, declared once: severities, documentation and tests derive from this table. */

export type Severity = 'error' | 'warning' | 'information';

interface ProblemDeclaration {
  readonly severity: Severity;
  readonly meaning: string;
}

const declared = {
  syntax: { severity: 'error', meaning: 'The text does not follow the grammar.' },
  'not-in-this-version': {
    severity: 'error',
    meaning: 'Designed, but not part of this version of the language; what it says is left out.',
  },
  'unresolved-name': { severity: 'error', meaning: 'Nothing of that name is visible here.' },
  'wrong-kind': { severity: 'error', meaning: 'The name leads to something of another kind than is needed here.' },
  'ambiguous-name': { severity: 'error', meaning: 'Several elements have that name; a dotted path is needed.' },
  'duplicate-name': { severity: 'error', meaning: 'The name is declared twice in the same place.' },
  'missing-file': { severity: 'error', meaning: 'The imported file cannot be read.' },
  'import-cycle': { severity: 'error', meaning: 'Files import each other in a circle.' },
  'wrong-type': { severity: 'error', meaning: 'A value has another type than is needed here.' },
  'unit-missing': { severity: 'error', meaning: 'A number stands where a quantity with a unit is needed.' },
  'unknown-unit': { severity: 'error', meaning: 'The unit does not exist.' },
  'unknown-function': { severity: 'error', meaning: 'No function or distribution has that name.' },
  'wrong-arguments': { severity: 'error', meaning: 'Too few, too many or unknown arguments.' },
  'not-a-constant': { severity: 'error', meaning: 'A parameter of a distribution must be known before the run.' },
  'out-of-range': { severity: 'error', meaning: 'The number lies outside what is possible here.' },
  'missing-initial': { severity: 'error', meaning: 'A region is entered by default but has no initial state.' },
  'no-exit': { severity: 'error', meaning: 'A choice may find no branch to take.' },
  'weights-over-100': { severity: 'error', meaning: 'The weights of the branches add up to more than 100 %.' },
  'wrong-arrow': { severity: 'error', meaning: 'The arrow does not fit what is sent.' },
  'missing-type': { severity: 'error', meaning: 'A lifeline does not say what it represents.' },
  'hidden-variable': { severity: 'error', meaning: 'A name bound by a trigger hides a variable.' },
  'not-deployed': { severity: 'error', meaning: 'The deployment runs no replica of a component that is needed.' },
  'wrong-measure': {
    severity: 'error',
    meaning: 'The measure does not exist or does not apply to that kind of element.',
  },
  'sender-elsewhere': {
    severity: 'warning',
    meaning: 'Within the braces of a call another lifeline than the one called acts.',
  },
  unreachable: { severity: 'warning', meaning: 'No path of transitions leads to the state.' },
  'named-like-a-unit': { severity: 'warning', meaning: 'The name is also a time unit, so `10/h` reads as a rate.' },
  'not-executable-yet': {
    severity: 'information',
    meaning: 'Accepted, but without effect on simulation and twin so far.',
  },
} as const satisfies Readonly<Record<string, ProblemDeclaration>>;

export type ProblemCode = keyof typeof declared;

export const problemCodes: Readonly<Record<ProblemCode, ProblemDeclaration>> = declared;
