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
    source: 'UML 2.5.1, 14.2.3.7 Pseudostates (choice)',
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
  'wrong-history': {
    severity: 'error',
    meaning: 'A history stands beside several regions, not in one of them.',
    why: `A history remembers the last substate of its region. A state with several regions has several such memories, one a
region, so each needs a history of its own: \`Fulfilment.goods.history\`.`,
    source: 'UML 2.5.1, 14.2.3.7 Pseudostates (shallowHistory, deepHistory)',
    wrong: `signal Go
machine Order {
  initial -> Open
  state Open {
    region goods { initial -> Picking  state Picking { on Go -> Picked }  final Picked }
    region money { initial -> Billing  state Billing { on Go -> Billed }  final Billed }
    history
    completion -> Closed
  }
  final Closed
}`,
    mended: `signal Go
machine Order {
  initial -> Open
  state Open {
    region goods { initial -> Picking  state Picking { on Go -> Picked }  final Picked  history }
    region money { initial -> Billing  state Billing { on Go -> Billed }  final Billed }
    completion -> Closed
  }
  final Closed
}`,
  },
  'wrong-fork': {
    severity: 'error',
    meaning: 'A fork or join does not connect different regions of one state.',
    why: `A fork enters several regions of an orthogonal state at once; a join leaves them together, when each has arrived.
Both need at least two transitions, each with its end in another region, and none of a join's has a guard.`,
    source: 'UML 2.5.1, 14.2.3.7 Pseudostates (fork, join)',
    wrong: `signal Go
machine Order {
  initial -> both
  fork both -> Picking, Picked
  state Open {
    region goods { initial -> Picking  state Picking { on Go -> Picked }  state Picked { on Go -> Picking } }
    region money { initial -> Billing  state Billing { on Go -> Closed } }
  }
  final Closed
}`,
    mended: `signal Go
machine Order {
  initial -> both
  fork both -> Picking, Billing
  state Open {
    region goods { initial -> Picking  state Picking { on Go -> Picked }  state Picked { on Go -> Picking } }
    region money { initial -> Billing  state Billing { on Go -> Closed } }
  }
  final Closed
}`,
  },
  'machine-cycle': {
    severity: 'error',
    meaning: 'A machine extends or holds itself.',
    why: `A submachine state stands for a whole machine, and \`extends\` takes everything over. A machine that comes back to
itself on either way would have no end.`,
    source: 'UML 2.5.1, 14.2.3.4 States (submachine states) and 14.3 State machine redefinition',
    wrong: `machine Payment {
  initial -> Inner
  state Inner : Payment { completion -> Done }
  final Done
}`,
    mended: `machine Check {
  initial -> Done
  final Done
}
machine Payment {
  initial -> Inner
  state Inner : Check { completion -> Done }
  final Done
}`,
  },
  'exit-not-connected': {
    severity: 'warning',
    meaning: 'An exit point of a submachine leads nowhere.',
    why: `When the submachine is left at one of its exit points, the state that stands for it must say where that leads. Without
a connection the run ends there with an error.`,
    source: 'UML 2.5.1, 14.2.3.4 States (connection point references)',
    wrong: `signal No
machine Check {
  initial -> Asking
  state Asking { on No -> refused  after 1 s -> Done }
  exit point refused
  final Done
}
machine Order {
  initial -> Checked
  state Checked : Check { completion -> Closed }
  final Closed
}`,
    mended: `signal No
machine Check {
  initial -> Asking
  state Asking { on No -> refused  after 1 s -> Done }
  exit point refused
  final Done
}
machine Order {
  initial -> Checked
  state Checked : Check { completion -> Closed  exit refused -> Closed }
  final Closed
}`,
  },
  'never-completes': {
    severity: 'warning',
    meaning: 'A completion transition leaves a state whose regions never end.',
    why: `A composite state completes when every one of its regions has come to a final state. A region without one runs on
for ever, so the transition never fires.`,
    source: 'UML 2.5.1, 14.2.3.4.4 Completion events',
    wrong: `signal Go
machine Order {
  initial -> Open
  state Open {
    region goods { initial -> Picking  state Picking { on Go -> Picked }  final Picked }
    region money { initial -> Billing  state Billing { on Go -> Billing } }
    completion -> Closed
  }
  final Closed
}`,
    mended: `signal Go
machine Order {
  initial -> Open
  state Open {
    region goods { initial -> Picking  state Picking { on Go -> Picked }  final Picked }
    region money { initial -> Billing  state Billing { on Go -> Billed }  final Billed }
    completion -> Closed
  }
  final Closed
}`,
  },
  'local-outside': {
    severity: 'warning',
    meaning: 'A local transition leads out of its source.',
    why: `\`local\` keeps a composite state active while something in it changes. A target outside of the source, or the source itself, can
only be reached by leaving the source, so the word says nothing and the transition is external.`,
    source: 'UML 2.5.1, 14.2.3.8.1 Transition kinds',
    wrong: `signal Go
machine Order {
  initial -> Open
  state Open { local on Go -> Closed  initial -> Fresh  state Fresh { after 1 h -> Old }  final Old }
  final Closed
}`,
    mended: `signal Go
machine Order {
  initial -> Open
  state Open { local on Go -> Fresh  after 1 d -> Closed  initial -> Fresh  state Fresh { after 1 h -> Old }  final Old }
  final Closed
}`,
  },
  'arguments-not-brought': {
    severity: 'warning',
    meaning: 'A behaviour of a state takes arguments that what enters or leaves the state may not bring.',
    why: `\`entry(p: T)\`, \`exit(p: T)\` and \`do(p: T)\` take what the event carries by which the state is entered or left. A
completion, a time, a change, the beginning of an instance and events that carry something else bring nothing of it: then a parameter
has its default, or no value, and reading none ends the instance with an error. Ways are followed through pseudostates, composite
states and submachines; guards are not looked at.`,
    source: 'PSSM 1.0, 8.5 (event data of entry, exit and doActivity Behaviors); UML 2.5.1, 14.2.3.4 States',
    wrong: `signal Pay(amount: Real)
machine Order {
  initial -> Open
  state Open { exit(amount: Real) / log "paid {amount}"  on Pay -> Paid  after 1 h -> Paid }
  final Paid
}`,
    mended: `signal Pay(amount: Real)
machine Order {
  initial -> Open
  state Open { exit(amount: Real = 0) / log "paid {amount}"  on Pay -> Paid  after 1 h -> Paid }
  final Paid
}`,
  },
  'never-fires': {
    severity: 'warning',
    meaning: 'A transition can never fire, or an event is never deferred.',
    why: `Either its condition contradicts itself, or an earlier transition of the same state takes the same event under the
same condition or always, or the state completes at once. Where UML leaves the choice between two enabled transitions
free, the declared order decides, so the second is dead text.`,
    source: 'UML 2.5.1, 14.2.3.9.3 Firing priorities; PSSM 1.0, 8.5.8',
    wrong: `signal Pay(amount: Real)
machine Order {
  initial -> Open
  state Open { on Pay(amount) [amount > 10 and amount < 5] -> Paid  after 1 h -> Paid }
  final Paid
}`,
    mended: `signal Pay(amount: Real)
machine Order {
  initial -> Open
  state Open { on Pay(amount) [amount > 5 and amount < 10] -> Paid  after 1 h -> Paid }
  final Paid
}`,
  },
  'sink-state': {
    severity: 'information',
    meaning: 'Nothing leads away from a state that is no final state.',
    why: `An instance that comes here stays for ever: its memory is never freed, and its life never counts as finished. If
that is meant, a \`final\` state says so.`,
    source: 'UML 2.5.1, 14.2.3.6 FinalState',
    wrong: `signal Go
machine Order {
  initial -> Open
  state Open { on Go -> Shipped }
  state Shipped
}`,
    mended: `signal Go
machine Order {
  initial -> Open
  state Open { on Go -> Shipped }
  final Shipped
}`,
  },
} as const satisfies ProblemDeclarations;
