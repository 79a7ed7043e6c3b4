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
} as const satisfies ProblemDeclarations;
