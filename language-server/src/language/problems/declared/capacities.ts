/** Findings about what can be told of a run before it is made: utilisation and the least latency. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

const law =
  'the utilisation law, U = X S / m (P. J. Denning, J. P. Buzen, The Operational Analysis of Queueing Network Models, 1978)';

export const capacityProblems = {
  overloaded: {
    severity: 'warning',
    meaning: 'The loads ask for more than there is: cores, threads, people or rooms.',
    why: `What arrives a second, times how long each holds a server, is how many servers are busy. Where that is more than there
are, the queue in front grows for as long as the load lasts, whatever else the model says. Guards of which nothing is known are taken
for the least that they can mean; a load that changes counts at its peak, and what is held for more than an hour on average.`,
    source: law,
    wrong: `component Orders { operation create takes 30 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 2  deploy Orders } }
scenario Sale of Production { load Checkout at 100/s  run 5 min }`,
    mended: `component Orders { operation create takes 30 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 6  deploy Orders } }
scenario Sale of Production { load Checkout at 100/s  run 5 min }`,
  },
  'nearly-overloaded': {
    severity: 'information',
    meaning: 'The loads ask for more than four fifths of what there is.',
    why: `The nearer a server comes to its capacity, the longer the queue in front of it: with random arrivals at one core, jobs
wait four times as long at 80 % as they are served, and nineteen times at 95 %.`,
    source: law,
    wrong: `component Orders { operation create takes 30 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 2  deploy Orders } }
scenario Sale of Production { load Checkout at 60/s  run 5 min }`,
    mended: `component Orders { operation create takes 30 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Sale of Production { load Checkout at 60/s  run 5 min }`,
  },
  'cannot-hold': {
    severity: 'warning',
    meaning: 'What is expected lies below what can be, whatever the load.',
    why: `A call that is waited for takes its own time even where nobody stands in a queue, and so does the sum of all. Where that
alone breaks the bound, no capacity helps: the expectation is missed before anything is simulated.`,
    wrong: `component Bank external { operation charge delays lognormal(median: 120 ms, p99: 900 ms) }
interaction Pay { actor customer  lifeline bank: Bank  customer -> bank.charge() }
scenario Weekday { load Pay at 5/s  run 1 min  expect p95(Pay) < 300 ms }`,
    mended: `component Bank external { operation charge delays lognormal(median: 120 ms, p99: 900 ms) }
interaction Pay { actor customer  lifeline bank: Bank  customer -> bank.charge() }
scenario Weekday { load Pay at 5/s  run 1 min  expect p95(Pay) < 600 ms }`,
  },
} as const satisfies ProblemDeclarations;
