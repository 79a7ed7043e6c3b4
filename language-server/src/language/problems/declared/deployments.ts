/** Findings about what runs where. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const deploymentProblems = {
  'not-deployed': {
    severity: 'error',
    meaning: 'The deployment runs no replica of a component that is needed.',
    why: `A load of the scenario calls a component that no node of its deployment runs, so every such call would fail. Deploy
it, or say that it is \`external\`: then it has no cores of ours, and only its delays count.`,
    source: 'UML 2.5.1, 19.2 Deployments',
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4 } }
scenario Weekday of Production { load Checkout at 5/s  run 1 min }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Weekday of Production { load Checkout at 5/s  run 1 min }`,
  },
  'deployed-twice': {
    severity: 'warning',
    meaning: 'The same component stands twice on one node.',
    why: `Two replicas of one component on one node are written \`* 2\`: they are balanced and scaled as one. Two lines are meant
for two versions beside each other.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders  deploy Orders } }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders * 2 } }`,
  },
  'external-deployed': {
    severity: 'warning',
    meaning: 'A component that is not ours is deployed.',
    why: `\`external\` says that a component runs somewhere outside the model: it occupies no cores of ours, and only its delays
count. What is deployed is ours.`,
    wrong: `component Bank external { operation charge delays 120 ms }
interaction Pay { actor customer  lifeline bank: Bank  customer -> bank.charge() }
deployment Production { node app { cores 4  deploy Bank } }`,
    mended: `component Bank external { operation charge delays 120 ms }
interaction Pay { actor customer  lifeline bank: Bank  customer -> bank.charge() }
deployment Production { node app { cores 4 } }`,
  },
  'no-contention': {
    severity: 'information',
    meaning: 'A component that takes core time stands on a node without cores.',
    why: `Where a node does not say how many cores it has, as many as are asked for are there: nobody waits, and the node has no
utilization. That is a fair model of a machine that is never busy, and of no other.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { deploy Orders } }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }`,
  },
  'unknown-version': {
    severity: 'information',
    meaning: 'The version that is deployed is not declared by the component.',
    why: `A component stands as it is written, and its versions say what differs. A version of another name differs in nothing:
that is how the one that runs today is named, and how a slip of the key looks.`,
    wrong: `component Orders { operation create takes 3 ms  version "1.5" { operation create takes 2 ms } }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders { version "1.6" } } }`,
    mended: `component Orders { operation create takes 3 ms  version "1.5" { operation create takes 2 ms } }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders { version "1.5" } } }`,
  },
  'replicas-out-of-bounds': {
    severity: 'warning',
    meaning: 'A run begins with fewer or more replicas than its scaling allows.',
    why: `Replicas that are deployed are what a run begins with. The first look of the autoscaler would change their number
whatever the load is, and the beginning of every figure would be about that.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders }  autoscale Orders 2..8 cpu 60 % }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders * 2 }  autoscale Orders 2..8 cpu 60 % }`,
  },
  'missing-link': {
    severity: 'warning',
    meaning: 'Components on different nodes call each other, and no link joins the nodes.',
    why: `What passes between two nodes takes the latency of their link. Without one it takes no time at all, which is rarely
meant, and nothing can be said of bandwidth, loss or a partition between them.`,
    source: 'UML 2.5.1, 19.4 Nodes (communication paths)',
    wrong: `component Web { operation checkout takes 1 ms }
component Orders { operation create takes 3 ms }
interaction Checkout {
  actor customer
  lifeline web: Web, orders: Orders
  customer -> web.checkout() { web -> orders.create() }
}
deployment Production { node edge { cores 2  deploy Web }  node app { cores 4  deploy Orders } }
scenario Weekday of Production { load Checkout at 5/s  run 1 min }`,
    mended: `component Web { operation checkout takes 1 ms }
component Orders { operation create takes 3 ms }
interaction Checkout {
  actor customer
  lifeline web: Web, orders: Orders
  customer -> web.checkout() { web -> orders.create() }
}
deployment Production {
  node edge { cores 2  deploy Web }
  node app { cores 4  deploy Orders }
  edge -- app { latency 0.5 ms }
}
scenario Weekday of Production { load Checkout at 5/s  run 1 min }`,
  },
} as const satisfies ProblemDeclarations;
