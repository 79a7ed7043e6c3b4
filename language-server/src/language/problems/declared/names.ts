/** Findings about names: what they lead to, and where two of them meet. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const nameProblems = {
  'unresolved-name': {
    severity: 'error',
    meaning: 'Nothing of that name is visible here.',
    why: `A name leads to what the same file declares, to what an imported file declares, or to a member of what stands in
front of its dot. Most of the time it is a slip of the key, and the message says what was probably meant; otherwise
declare the element, or import the file that does. An import shows the names of that file, not of the files behind it.`,
    source: 'UML 2.5.1, 7.4 Namespaces',
    wrong: `signal Cancelled
machine Order {
  initial -> Open
  state Open { on Canceled -> Closed }
  final Closed
}`,
    mended: `signal Cancelled
machine Order {
  initial -> Open
  state Open { on Cancelled -> Closed }
  final Closed
}`,
  },
  'wrong-kind': {
    severity: 'error',
    meaning: 'The name leads to something of another kind than is needed here.',
    why: `The element exists, but nothing of its kind can stand at this place: a transition leads to a state and not to a
region, a load arrives at an interaction and not at a component.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Weekday of Production {
  load Orders at 5/s
  run 1 min
}`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Weekday of Production {
  load Checkout at 5/s
  run 1 min
}`,
  },
  'ambiguous-name': {
    severity: 'error',
    meaning: 'Several elements have that name; a dotted path is needed.',
    why: `Two states of a machine may have the same name as long as they lie in different states or regions. A target that
could be either of them would make the machine depend on the order of the text, so it has to say which one.`,
    source: 'UML 2.5.1, 7.4 Namespaces (qualified names)',
    wrong: `signal Go  signal Pack  signal Ship
machine Order {
  initial -> Idle
  state Idle { on Go -> Waiting  on Pack -> Packing  on Ship -> Shipping }
  state Packing { initial -> Waiting  state Waiting }
  state Shipping { initial -> Waiting  state Waiting }
}`,
    mended: `signal Go  signal Pack  signal Ship
machine Order {
  initial -> Idle
  state Idle { on Go -> Packing.Waiting  on Pack -> Packing  on Ship -> Shipping }
  state Packing { initial -> Packing.Waiting  state Waiting }
  state Shipping { initial -> Shipping.Waiting  state Waiting }
}`,
  },
  'duplicate-name': {
    severity: 'error',
    meaning: 'The name is declared twice in the same place.',
    why: `Members of a namespace are told apart by their names: a transition, a binding or a measured figure could not say
which of the two it means. Files without a package, or with the same one, share a namespace.`,
    source: 'UML 2.5.1, 7.4 Namespaces (members are distinguishable)',
    wrong: `signal Paid
signal Paid(amount: Real)`,
    mended: `signal Paid
signal Refunded(amount: Real)`,
  },
  'hidden-variable': {
    severity: 'error',
    meaning: 'A name bound by a trigger hides a variable.',
    why: `Within the transition the name would mean the attribute of the signal and no longer the variable, and a guard that
compares the two would compare a value with itself. Bind the attribute under another name.`,
    wrong: `signal Pay(total: Real)
machine Order(total: Real) {
  initial -> Open
  state Open { on Pay(total) [total > 0] -> Closed }
  final Closed
}`,
    mended: `signal Pay(total: Real)
machine Order(total: Real) {
  initial -> Open
  state Open { on Pay(paid) [paid == total] -> Closed }
  final Closed
}`,
  },
  'named-like-a-unit': {
    severity: 'warning',
    meaning: 'The name is also a time unit, so `10/h` reads as a rate.',
    why: `A slash that is glued to a unit of time makes a rate: \`10/h\` is ten an hour, whatever a variable \`h\` holds. The
name works where blanks stand around the slash, which is easily forgotten.`,
    wrong: `machine Room {
  var h: Real = 2
  initial -> Warm
  state Warm { exit / h = h + 1 }
}`,
    mended: `machine Room {
  var height: Real = 2
  initial -> Warm
  state Warm { exit / height = height + 1 }
}`,
  },
  unused: {
    severity: 'information',
    meaning: 'Nothing uses what is declared here.',
    why: `A signal that nobody sends or receives, a variable that nobody reads, an operation that nobody calls is dead text, or
the sign of a sentence that was forgotten. Declarations of a file that others import are not counted.`,
    wrong: `signal Paid
signal Refunded
machine Order {
  initial -> Open
  state Open { on Paid -> Closed }
  final Closed
}`,
    mended: `signal Paid
signal Refunded
machine Order {
  initial -> Open
  state Open { on Paid, Refunded -> Closed }
  final Closed
}`,
  },
  'hidden-import': {
    severity: 'warning',
    meaning: 'An imported name is hidden by one that is nearer.',
    why: `A name means what the file itself declares, else what its imports declare, the first one first. Where two of them
declare the same name, one is out of reach, and a reader may take one for the other.`,
    source: 'UML 2.5.1, 7.4 Namespaces (imported members are hidden by own ones)',
    wrong: `package shop
import "types.twin"
signal Paid
machine Order {
  initial -> Open
  state Open { on Paid, Refunded -> Closed }
  final Closed
}`,
    mended: `package shop
import "types.twin"
signal OrderPaid
machine Order {
  initial -> Open
  state Open { on Paid, OrderPaid, Refunded -> Closed }
  final Closed
}`,
    files: { 'types.twin': `package bank\nsignal Paid(amount: Real)\nsignal Refunded` },
  },
} as const satisfies ProblemDeclarations;
