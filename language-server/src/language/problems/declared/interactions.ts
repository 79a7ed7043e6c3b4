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
} as const satisfies ProblemDeclarations;
