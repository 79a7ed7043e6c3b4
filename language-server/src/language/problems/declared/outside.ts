/** Findings about texts that stand for something outside of the model: addresses, files, names in telemetry. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const outsideProblems = {
  'wrong-text': {
    severity: 'error',
    meaning: 'A text in quotes is not what is needed here: it is empty, or no address, time zone or the like.',
    why: `The text stands for something outside of the model: the name of a span, an address, a file, a time zone. An empty or
malformed one would match nothing, or be found out only when the twin runs.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
twin Live {
  source prometheus "localhost:9090"
  Orders = service "orders"
}`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
twin Live {
  source prometheus "http://localhost:9090"
  Orders = service "orders"
}`,
  },
  'not-encrypted': {
    severity: 'warning',
    meaning: 'What goes to another machine is not encrypted.',
    why: `Measurements and alarms tell much about a system, and an answer that somebody changed on the way would be believed.
Plain \`http\` is for this machine only; to others it is \`https\`.`,
    wrong: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
twin Live {
  source otlp
  expect fast: p95(Checkout) < 300 ms
  on breach of fast { webhook "http://pager.example/duty" }
}`,
    mended: `component Orders { operation create takes 3 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
twin Live {
  source otlp
  expect fast: p95(Checkout) < 300 ms
  on breach of fast { webhook "https://pager.example/duty" }
}`,
  },
  'unused-binding': {
    severity: 'warning',
    meaning: 'Telemetry is bound to something that no behaviour uses.',
    why: `What the spans or records show can only be held against a behaviour. Where no interaction, machine or activity calls
the operation, or the component takes part in none, the evidence is read and says nothing.`,
    wrong: `component Orders { operation create takes 3 ms  operation find takes 1 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
twin Live {
  source otlp
  Orders.find = span "GET /orders"
}`,
    mended: `component Orders { operation create takes 3 ms  operation find takes 1 ms }
interaction Checkout { actor customer  lifeline orders: Orders  customer -> orders.create() }
twin Live {
  source otlp
  Orders.create = span "POST /orders"
}`,
  },
} as const satisfies ProblemDeclarations;
