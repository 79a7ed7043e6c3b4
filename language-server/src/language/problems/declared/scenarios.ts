/** Findings about what can never have an effect, and about scenarios. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const scenarioProblems = {
  'without-effect': {
    severity: 'warning',
    meaning: 'What stands here can never have an effect.',
    why: `It changes no run and no judgement: an event after the end of the run, a shift that another one covers, a join of one
way, a rule that nothing in the model can break. Usually it says something else than was meant; otherwise it can go.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Weekday of Production {
  load Checkout at 5/s
  at 20 min crash app for 1 min
  run 10 min
}`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Weekday of Production {
  load Checkout at 5/s
  at 2 min crash app for 1 min
  run 10 min
}`,
  },
  'compare-cycle': {
    severity: 'error',
    meaning: 'A scenario is compared with itself, directly or through others.',
    why: `To compare, the other scenario is run under the same random numbers, and with it all that it is compared with. A circle
would have no end, and the difference of a scenario from itself is always 0.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Weekday of Production { load Checkout at 5/s  run 1 min  compare with Weekday }`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
deployment Production { node app { cores 4  deploy Orders } }
scenario Weekday of Production { load Checkout at 5/s  run 1 min }
scenario Sunday of Production { load Checkout at 2/s  run 1 min  compare with Weekday }`,
  },
} as const satisfies ProblemDeclarations;
