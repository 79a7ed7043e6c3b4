/** Findings about components: what they offer, what they cost, and how they treat those they call. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const componentProblems = {
  'repeated-clause': {
    severity: 'error',
    meaning: 'The same thing is said twice.',
    why: `An operation takes one time, a call has one timeout, a node so many cores. Of two such clauses only the first would
count, and whoever changes the second would wonder why nothing happens.`,
    wrong: `component Orders { operation create takes 3 ms  takes 4 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }`,
  },
  'misplaced-clause': {
    severity: 'error',
    meaning: 'The clause means nothing where it stands.',
    why: `A version of a component changes what its operations cost, not which behaviour they run. Work that \`takes\` or
\`delays\` belongs to somebody: it stands in the braces of a call, which are the execution of the one called.`,
    source: 'UML 2.5.1, 17.2 Interactions (execution specifications)',
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create()  delays 5 ms }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() { delays 5 ms } }`,
  },
  'external-work': {
    severity: 'warning',
    meaning: 'An external component is said to occupy a core.',
    why: `An external component is not ours to deploy: it runs on no node of the model, so there are no cores that its work
could contend for. How long it needs is a delay, seen from here.`,
    wrong: `component Bank external { operation charge takes 120 ms }
interaction Pay { actor customer  lifeline bank: Bank  customer -> bank.charge() }`,
    mended: `component Bank external { operation charge delays 120 ms }
interaction Pay { actor customer  lifeline bank: Bank  customer -> bank.charge() }`,
  },
  'no-broker': {
    severity: 'error',
    meaning: 'A component that is no broker has a topic.',
    why: `Only a broker takes what is published to its topics to their consumers: it keeps messages, spreads them over
partitions and delivers them later. A component that is called directly has operations.`,
    wrong: `component Events { topic placed }
component Shipping { operation dispatch takes 5 ms }
interaction Ship {
  lifeline shipping: Shipping
  shipping ->> Events.placed
  on Events.placed -> shipping.dispatch
}`,
    mended: `component Events broker { topic placed }
component Shipping { operation dispatch takes 5 ms }
interaction Ship {
  lifeline shipping: Shipping
  shipping ->> Events.placed
  on Events.placed -> shipping.dispatch
}`,
  },
  'owned-twice': {
    severity: 'error',
    meaning: 'Two components own the same machine.',
    why: `The instances of a machine live in the component that owns it, and what they do costs time on its cores. Each
instance lives in one place.`,
    wrong: `machine Order(id: String) { initial -> Open  state Open { after 1 h -> Closed }  final Closed }
component Orders { owns Order }
component Billing { owns Order }`,
    mended: `machine Order(id: String) { initial -> Open  state Open { after 1 h -> Closed }  final Closed }
component Orders { owns Order }
component Billing { operation invoice takes 3 ms }
interaction Bill { actor clerk  lifeline billing: Billing  clerk -> billing.invoice() }`,
  },
  'policy-without-effect': {
    severity: 'warning',
    meaning: 'What a caller does about trouble can have no effect here.',
    why: `A backoff and a budget say how further attempts are made: without \`retry\` there are none. A timeout, a retry, a hedge
or a breaker needs somebody who waits for the reply: what is sent with \`->>\` has nobody. \`cancels\` stops the work
of a call that is given up, which only a timeout or a hedge does.`,
    wrong: `component Bank external { operation charge delays 120 ms }
component Orders { operation create takes 3 ms  requires Bank { timeout 1 s  backoff 100 ms } }
interaction Pay { actor customer  lifeline orders: Orders, bank: Bank  customer -> orders.create() { orders -> bank.charge() } }`,
    mended: `component Bank external { operation charge delays 120 ms }
component Orders { operation create takes 3 ms  requires Bank { timeout 1 s  retry 2  backoff 100 ms } }
interaction Pay { actor customer  lifeline orders: Orders, bank: Bank  customer -> orders.create() { orders -> bank.charge() } }`,
  },
  'never-expires': {
    severity: 'warning',
    meaning:
      'A queue drops who has given up, but nobody ever does; or it asks how much time is left, and nobody says so.',
    why: `\`drop expired\` passes over those whose caller waits no longer when their turn comes. Without a \`timeout\` or a \`hedge\`
of a call every caller waits for as long as it takes, and the queue serves all of them. With \`within\` it also drops whose caller will give up
that soon, which it only knows where the caller hands its \`deadline\` down.`,
    wrong: `component Bank external { operation charge delays 120 ms  threads 4 queue 100 drop expired within 100 ms }
component Orders { operation create takes 3 ms  requires Bank { timeout 1 s } }
interaction Pay { actor customer  lifeline orders: Orders, bank: Bank  customer -> orders.create() { orders -> bank.charge() } }`,
    mended: `component Bank external { operation charge delays 120 ms  threads 4 queue 100 drop expired within 100 ms }
component Orders { operation create takes 3 ms  requires Bank { timeout 1 s  deadline propagates } }
interaction Pay { actor customer  lifeline orders: Orders, bank: Bank  customer -> orders.create() { orders -> bank.charge() } }`,
  },
  'retry-without-timeout': {
    severity: 'information',
    meaning: 'Calls are tried again, but never given up.',
    why: `Without a timeout only a reply that says "failed" is tried again. A call that hangs is the more usual trouble, and
it is waited for without an end.`,
    wrong: `component Bank external { operation charge delays 120 ms  fails 1 % }
component Orders { operation create takes 3 ms  requires Bank { retry 2 } }
interaction Pay { actor customer  lifeline orders: Orders, bank: Bank  customer -> orders.create() { orders -> bank.charge() } }`,
    mended: `component Bank external { operation charge delays 120 ms  fails 1 % }
component Orders { operation create takes 3 ms  requires Bank { timeout 1 s  retry 2 } }
interaction Pay { actor customer  lifeline orders: Orders, bank: Bank  customer -> orders.create() { orders -> bank.charge() } }`,
  },
  'not-required': {
    severity: 'information',
    meaning: 'A component calls another that its `requires` do not mention.',
    why: `A component that says whom it needs and how it treats their trouble is read as saying it of all of them. The call
that is not mentioned has no timeout and no retry.`,
    source: 'UML 2.5.1, 11.6 Components (required interfaces)',
    wrong: `component Bank external { operation charge delays 120 ms }
component Stock { operation reserve takes 3 ms }
component Orders { operation create takes 3 ms  requires Bank { timeout 1 s } }
interaction Pay {
  actor customer
  lifeline orders: Orders, bank: Bank, stock: Stock
  customer -> orders.create() { orders -> stock.reserve()  orders -> bank.charge() }
}`,
    mended: `component Bank external { operation charge delays 120 ms }
component Stock { operation reserve takes 3 ms }
component Orders { operation create takes 3 ms  requires Bank { timeout 1 s }  requires Stock }
interaction Pay {
  actor customer
  lifeline orders: Orders, bank: Bank, stock: Stock
  customer -> orders.create() { orders -> stock.reserve()  orders -> bank.charge() }
}`,
  },
  'timeout-above-within': {
    severity: 'warning',
    meaning: 'A call is waited for longer than the time allowed around it.',
    why: `By the time the call is given up, the duration constraint is broken: the timeout comes too late to help. Either it is
shorter, or \`within\` says more than anybody keeps.`,
    source: 'UML 2.5.1, 8.5 Intervals (duration constraints)',
    wrong: `component Bank external { operation charge delays 120 ms }
interaction Pay { actor customer  lifeline bank: Bank  customer -> bank.charge() within 800 ms timeout 2 s }`,
    mended: `component Bank external { operation charge delays 120 ms }
interaction Pay { actor customer  lifeline bank: Bank  customer -> bank.charge() within 800 ms timeout 500 ms }`,
  },
  'never-published': {
    severity: 'warning',
    meaning: 'A consumer waits for a topic that nobody publishes to.',
    why: `What stands at a consumer follows a publication, once a message. Without any, it never happens, in no run and in no
trace.`,
    wrong: `component Events broker { topic placed }
component Shipping { operation dispatch takes 5 ms }
interaction Ship { lifeline shipping: Shipping  on Events.placed -> shipping.dispatch }`,
    mended: `component Events broker { topic placed }
component Shipping { operation dispatch takes 5 ms }
interaction Ship {
  actor customer
  lifeline shipping: Shipping
  customer ->> Events.placed
  on Events.placed -> shipping.dispatch
}`,
  },
  'never-consumed': {
    severity: 'information',
    meaning: 'What is published to a topic reaches nobody.',
    why: `Messages of a topic without a consumer are kept and forgotten. Often the consumer was forgotten instead. Topics of a
file that others import are not counted.`,
    wrong: `component Events broker { topic placed }
interaction Order { actor customer  customer ->> Events.placed }`,
    mended: `component Events broker { topic placed }
component Shipping { operation dispatch takes 5 ms }
interaction Order {
  actor customer
  lifeline shipping: Shipping
  customer ->> Events.placed
  on Events.placed -> shipping.dispatch
}`,
  },
  'fallback-never-needed': {
    severity: 'information',
    meaning: 'A fallback stands behind a call that nothing makes fail.',
    why: `A call fails where its operation says so, where a timeout or a breaker gives it up, where a queue is full, or where
something breaks down. The model says nothing of that, so no run ever comes here.`,
    wrong: `component Bank external { operation charge delays 120 ms }
component Orders { operation create takes 3 ms }
interaction Pay {
  actor customer
  lifeline orders: Orders, bank: Bank
  customer -> orders.create() { orders -> bank.charge() fallback { delays 1 ms } }
}`,
    mended: `component Bank external { operation charge delays 120 ms  fails 1 % }
component Orders { operation create takes 3 ms }
interaction Pay {
  actor customer
  lifeline orders: Orders, bank: Bank
  customer -> orders.create() { orders -> bank.charge() fallback { delays 1 ms } }
}`,
  },
} as const satisfies ProblemDeclarations;
