/** Findings about what is measured and expected. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const propertyProblems = {
  'wrong-measure': {
    severity: 'error',
    meaning: 'The measure does not exist or does not apply to that kind of element.',
    why: `An expectation that could never be judged would be green for ever. Percentiles belong to what is passed through (an
interaction, an operation), utilisation to what is occupied (a node, a component).`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Weekday of Production { load Checkout at 5/s  run 1 min  expect p95(app) < 300 ms }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Weekday of Production { load Checkout at 5/s  run 1 min  expect p95(Checkout) < 300 ms }`,
  },
  'policy-violated': {
    severity: 'warning',
    meaning: 'The model itself breaks a policy.',
    why: `A policy is held against the model as it is written, against every run, and against the running system. Here an
interaction already does what the rule forbids, or nothing ever does what it demands: each run would break it. Either the
rule or the behaviour is not what was meant.`,
    wrong: `component Orders { operation create takes 3 ms }
component Bank external { operation charge delays 90 ms }
interaction Checkout {
  actor customer
  lifeline orders: Orders, bank: Bank
  customer -> orders.create()
  customer -> bank.charge()
}
policy Payments { only Orders calls Bank }`,
    mended: `component Orders { operation create takes 3 ms }
component Bank external { operation charge delays 90 ms }
interaction Checkout {
  actor customer
  lifeline orders: Orders, bank: Bank
  customer -> orders.create() { orders -> bank.charge() }
}
policy Payments { only Orders calls Bank }`,
  },
} as const satisfies ProblemDeclarations;
