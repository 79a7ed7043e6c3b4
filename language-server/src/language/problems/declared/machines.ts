/** Findings about state machines, and about branches wherever they stand. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const machineProblems = {
  'missing-initial': {
    severity: 'error',
    meaning: 'A region is entered by default but has no initial state.',
    why: `A transition to a composite state, or to one region of it, enters the other regions at their initial pseudostate.
Without one the machine would stand in a state without standing in any of its substates. UML leaves the meaning open;
here it is an error.`,
    source: 'UML 2.5.1, 14.2.3 State machines: semantics (default activation of a region)',
    wrong: `machine Order {
  state Open { after 15 min -> Expired }
  final Expired
}`,
    mended: `machine Order {
  initial -> Open
  state Open { after 15 min -> Expired }
  final Expired
}`,
  },
  'no-exit': {
    severity: 'error',
    meaning: 'A choice may find no branch to take.',
    why: `A choice is left at once. Where every branch has a guard and none holds, or the weights leave a rest without a way,
the machine is stuck; UML calls such a model ill-formed. An \`else\` closes the gap.`,
    source: 'UML 2.5.1, 14.2.3.7 Pseudostates (choice, junction)',
    wrong: `machine Order(total: Real) {
  initial -> Risk
  choice Risk { [total > 500] -> Review }
  state Review
}`,
    mended: `machine Order(total: Real) {
  initial -> Risk
  choice Risk { [total > 500] -> Review  else -> Fulfilment }
  state Review
  state Fulfilment
}`,
  },
  'weights-over-100': {
    severity: 'error',
    meaning: 'The weights of the branches add up to more than 100 %.',
    why: `Weights are shares of what passes here, among the branches whose guards hold: p₁ + … + pₙ ≤ 100 %. The rest goes to
the branch without a weight, or to \`else\`.`,
    wrong: `machine Order {
  initial -> Risk
  choice Risk { 60 % -> Review  50 % -> Blocked  else -> Fulfilment }
  state Review  state Blocked  state Fulfilment
}`,
    mended: `machine Order {
  initial -> Risk
  choice Risk { 60 % -> Review  10 % -> Blocked  else -> Fulfilment }
  state Review  state Blocked  state Fulfilment
}`,
  },
  unreachable: {
    severity: 'warning',
    meaning: 'No path of transitions leads to the state.',
    why: `Whatever happens, the machine never comes here, so what the state says is never run, and telemetry that shows it
contradicts the model. Usually a transition was forgotten or leads somewhere else than was meant. Guards are not
considered: the path has to be missing altogether.`,
    wrong: `signal Paid
machine Order {
  initial -> Open
  state Open { on Paid -> Closed }
  state Review { on Paid -> Closed }
  final Closed
}`,
    mended: `signal Paid
machine Order {
  initial -> Open
  state Open { on Paid -> Review }
  state Review { on Paid -> Closed }
  final Closed
}`,
  },
} as const satisfies ProblemDeclarations;
