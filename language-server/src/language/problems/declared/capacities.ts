/** Findings about what can be told of a run before it is made: utilisation and the least latency. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

const law =
  'the utilisation law, U = X S / m (P. J. Denning, J. P. Buzen, The Operational Analysis of Queueing Network Models, 1978)';

/** Examples, each once as it is wrong and once as it is mended. */
const checkout = (cores: number, rate: string): string => `component Orders { operation create takes 30 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores ${cores}  deploy Orders } }
scenario Sale of Production { load Checkout at ${rate}  run 5 min }`;

const riskByWeight = (rate: string): string => `signal Pay(amount: Real)
resource clerk * 6
machine Order(total: Real) {
  initial -> Created
  state Created { on Pay(amount) [amount == total] -> risk   on Pay(amount) [amount != total] -> Closed }
  choice risk { 3 % -> Review  else -> Closed }
  state Review { do takes exp(5 min) using clerk  completion -> Closed }
  final Closed
}
interaction Checkout(total: Real) {
  actor customer  lifeline order: Order(total: total)
  customer ->> order : Pay(amount: total)
}
scenario Weekday { load Checkout(total: exp(60)) at ${rate}  run 5 min }`;

const riskByLimit = (load: string): string => `signal Pay(amount: Real)
resource clerk * 6
machine Order(limit: Real) {
  initial -> Created
  state Created { on Pay -> risk }
  choice risk { [limit > 500] -> Review  else -> Closed }
  state Review { do takes exp(5 min) using clerk  completion -> Closed }
  final Closed
}
interaction Checkout(total: Real, limit: Real) {
  actor customer  lifeline order: Order(limit: limit)
  customer ->> order : Pay(amount: total)
}
scenario Weekday { load ${load} at 50/s  run 5 min }`;

const paying = (
  bound: string,
): string => `component Bank external { operation charge delays lognormal(median: 120 ms, p99: 900 ms) }
interaction Pay { actor customer  lifeline bank: Bank  customer -> bank.charge() }
scenario Weekday { load Pay at 5/s  run 1 min  expect p95(Pay) < ${bound} }`;

export const capacityProblems = {
  overloaded: {
    severity: 'warning',
    meaning: 'The loads ask for more than there is: cores, threads, people or rooms.',
    why: `What arrives a second, times how long each holds a server, is how many servers are busy. Where that is more than there
are, the queue in front grows for as long as the load lasts, whatever else the model says. Guards of which nothing is known are taken
for the least that they can mean; a load that changes counts at its peak, and what is held for more than an hour on average.`,
    source: law,
    wrong: checkout(2, '100/s'),
    mended: checkout(6, '100/s'),
  },
  'nearly-overloaded': {
    severity: 'information',
    meaning: 'The loads ask for more than four fifths of what there is.',
    why: `The nearer a server comes to its capacity, the longer the queue in front of it: with random arrivals at one core, jobs
wait four times as long at 80 % as they are served, and nineteen times at 95 %.`,
    source: law,
    wrong: checkout(2, '60/s'),
    mended: checkout(4, '60/s'),
  },
  'more-led-than-served': {
    severity: 'warning',
    meaning: 'Fewer instances can be served in a state than the weights and conditions of the model lead there.',
    why: `An instance comes to a state by events, and nobody knows beforehand how often the guard of an event holds: so it is not sure
that the resource is overloaded. But its capacity, over the time of one visit, is the share of all instances that it can serve at most. Where
the choices behind the event send a larger share there, it only suffices if the event is rare; most models mean it to be the rule.`,
    source: law,
    wrong: riskByWeight('50/s'),
    mended: riskByWeight('30/min'),
  },
  'few-can-be-served': {
    severity: 'information',
    meaning: 'Only a share of the instances can be served in a state, and how many come there is not known.',
    why: `Nothing in the text says how likely the conditions are on the way to the state. Its resource, or the cores of the component that
owns the machine, can serve that share of all instances at most: who knows how many come there can tell whether it is enough.`,
    source: law,
    wrong: riskByLimit('Checkout(total: exp(60))'),
    mended: riskByLimit('Checkout(total: exp(60), limit: mixture(99.99 %: 100, 0.01 %: 1000))'),
  },
  'cannot-hold': {
    severity: 'warning',
    meaning: 'What is expected lies below what can be, whatever the load.',
    why: `A call that is waited for takes its own time even where nobody stands in a queue, and so does the sum of all. Where that
alone breaks the bound, no capacity helps: the expectation is missed before anything is simulated.`,
    wrong: paying('300 ms'),
    mended: paying('600 ms'),
  },
} as const satisfies ProblemDeclarations;
