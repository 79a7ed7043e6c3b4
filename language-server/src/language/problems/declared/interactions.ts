/** Findings about interactions: lifelines, messages, who acts where. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const interactionProblems = {
  'missing-type': {
    severity: 'error',
    meaning: 'A lifeline does not say what it represents.',
    why: `A lifeline stands for a component or for an instance of a machine; without that nobody knows its operations, where it
is deployed, or which service of the telemetry it is. Somebody outside the system is an \`actor\`.`,
    source: 'UML 2.5.1, 17.3 Lifelines (represents)',
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout {
  actor customer
  lifeline orders
}`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout {
  actor customer
  lifeline orders: Orders
}`,
  },
  'no-lifeline': {
    severity: 'error',
    meaning: 'A component takes part in an interaction without a lifeline.',
    why: `Messages go between lifelines: one component may take part twice, in two roles. Only a broker, which passes on what
is published, is written as itself.`,
    source: 'UML 2.5.1, 17.3 Lifelines',
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  customer -> Orders.create() }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }`,
  },
  'wrong-arrow': {
    severity: 'error',
    meaning: 'The arrow does not fit what is sent.',
    why: `\`->\` is a synchronous call: the sender waits for the reply. A signal has no reply, so it is sent with \`->>\`, as
UML draws it: a filled head for a call, an open one for what nobody waits for.`,
    source: 'UML 2.5.1, 17.4 Messages (messageSort)',
    wrong: `signal Cancel
machine Order { initial -> Open  state Open { on Cancel -> Cancelled }  final Cancelled }
interaction Withdraw { actor customer  lifeline order: Order  customer -> order : Cancel }`,
    mended: `signal Cancel
machine Order { initial -> Open  state Open { on Cancel -> Cancelled }  final Cancelled }
interaction Withdraw { actor customer  lifeline order: Order  customer ->> order : Cancel }`,
  },
  'sender-elsewhere': {
    severity: 'warning',
    meaning: 'Within the braces of a call another lifeline than the one called acts.',
    why: `The braces of a call are the execution of its receiver: what stands in them happens there, while the sender waits.
Another sender would act in the middle of somebody else's execution, which no trace can show.`,
    source: 'UML 2.5.1, 17.2 Interactions (execution specifications)',
    wrong: `component Web { operation checkout takes 1 ms }
component Bank { operation charge takes 90 ms }
interaction Checkout {
  actor customer
  lifeline web: Web, bank: Bank
  customer -> web.checkout() { customer -> bank.charge() }
}`,
    mended: `component Web { operation checkout takes 1 ms }
component Bank { operation charge takes 90 ms }
interaction Checkout {
  actor customer
  lifeline web: Web, bank: Bank
  customer -> web.checkout() { web -> bank.charge() }
}`,
  },
  'empty-interaction': {
    severity: 'information',
    meaning: 'Nothing happens in the interaction.',
    why: `An interaction is the sequence of its messages. Without any it takes no time, needs nobody and is seen in no trace.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout {}
interaction Other { actor customer  lifeline orders: Orders  customer -> orders.create() }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }`,
  },
  'outside-lifetime': {
    severity: 'error',
    meaning: 'An instance is used before it is created, or after it is destroyed.',
    why: `A lifeline that is created in the interaction begins there, and ends where it is destroyed: before and behind nobody
is there to act. Without \`create\` an instance begins with its first message.`,
    source: 'UML 2.5.1, 17.3 Lifelines and 17.4 Messages (createMessage, deleteMessage)',
    wrong: `signal Cancel
machine Order { initial -> Open  state Open { on Cancel -> Cancelled }  final Cancelled }
component Orders { operation create takes 3 ms  owns Order }
interaction Checkout {
  actor customer
  lifeline orders: Orders, order: Order
  customer -> orders.create() {
    orders ->> order : Cancel
    create order
  }
}`,
    mended: `signal Cancel
machine Order { initial -> Open  state Open { on Cancel -> Cancelled }  final Cancelled }
component Orders { operation create takes 3 ms  owns Order }
interaction Checkout {
  actor customer
  lifeline orders: Orders, order: Order
  customer -> orders.create() {
    create order
    orders ->> order : Cancel
  }
}`,
  },
  'overlapping-guards': {
    severity: 'warning',
    meaning: 'Two branches without weights can both be taken.',
    why: `Where several conditions hold, UML leaves open which branch is taken, and so does a run in which all possibilities are
explored. Only what is certain is reported: the same condition twice, or ranges of one value that overlap.`,
    source: 'UML 2.5.1, 17.6.3 Combined fragments (alternatives), 14.2.3.7 Pseudostates (choice)',
    wrong: `component Orders { operation create takes 3 ms  operation review takes 9 ms }
interaction Checkout(total: Real) {
  actor customer
  lifeline orders: Orders
  alt [total > 100] { customer -> orders.create() } else [total > 500] { customer -> orders.review() }
}`,
    mended: `component Orders { operation create takes 3 ms  operation review takes 9 ms }
interaction Checkout(total: Real) {
  actor customer
  lifeline orders: Orders
  alt [total > 500] { customer -> orders.review() } else { customer -> orders.create() }
}`,
  },
  'endless-call': {
    severity: 'error',
    meaning: 'A behaviour leads back to itself, and nothing leads off.',
    why: `Interactions refer to each other, operations run methods, and actions invoke behaviours. On a circle without any
condition none of them ever ends: a run would go round until it is stopped.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create()  ref Checkout }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create()  opt 5 % { ref Checkout } }`,
  },
  'property-as-load': {
    severity: 'warning',
    meaning: 'An interaction that judges what is seen is started as a load.',
    why: `\`neg\`, \`assert\`, \`ignore\` and \`consider\` say which traces are right and which are wrong; none of them says
what is done. An interaction with one of them is held against runs and cannot begin one.`,
    source: 'UML 2.5.1, 17.6.3 Combined fragments (negative, assertion, ignore, consider)',
    wrong: `component Orders { operation create takes 3 ms }
interaction Twice {
  actor customer
  lifeline orders: Orders
  neg { customer -> orders.create()  customer -> orders.create() }
}
scenario Weekday { load Twice at 5/s  run 1 min }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Once { actor customer  lifeline orders: Orders  customer -> orders.create() }
scenario Weekday { load Once at 5/s  run 1 min }`,
  },
} as const satisfies ProblemDeclarations;
