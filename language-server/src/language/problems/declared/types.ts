/** Findings about values: their types, units, functions and bounds. */
import type { ProblemDeclarations } from '../problem-declaration.ts';

export const typeProblems = {
  'wrong-type': {
    severity: 'error',
    meaning: 'A value has another type than is needed here.',
    why: `Every expression has a type before anything is run, dimensions included: a time cannot be compared with a number,
and a text is no guard. A run would end at that line.`,
    source: 'UML 2.5.1, 7.5 Types and Multiplicity; dimensions as in MARTE',
    wrong: `signal Pay(amount: Real)
machine Order(total: Real) {
  initial -> Open
  state Open { on Pay(amount) [amount - total] -> Closed }
  final Closed
}`,
    mended: `signal Pay(amount: Real)
machine Order(total: Real) {
  initial -> Open
  state Open { on Pay(amount) [amount >= total] -> Closed }
  final Closed
}`,
  },
  'unit-missing': {
    severity: 'error',
    meaning: 'A number stands where a quantity with a unit is needed.',
    why: `Seconds taken for milliseconds are the costliest slip of a model: everything runs, and every figure is wrong by a
thousand. So a bare number is never a time or a rate.`,
    wrong: `machine Order {
  initial -> Open
  state Open { after 15 -> Closed }
  final Closed
}`,
    mended: `machine Order {
  initial -> Open
  state Open { after 15 min -> Closed }
  final Closed
}`,
  },
  'unknown-unit': {
    severity: 'error',
    meaning: 'The unit does not exist.',
    why: `Time is written in \`ns us ms s min h d\`, a rate as \`40/s\`, a share in \`%\`, memory in \`KiB MiB GiB\`, bandwidth in
\`Mbps Gbps\`. \`m\` could be minutes, metres or milli, so it is none of them.`,
    wrong: `machine Order {
  initial -> Open
  state Open { after 5 m -> Closed }
  final Closed
}`,
    mended: `machine Order {
  initial -> Open
  state Open { after 5 min -> Closed }
  final Closed
}`,
  },
  'unknown-function': {
    severity: 'error',
    meaning: 'No function or distribution has that name.',
    why: `The distributions and functions of the language are a fixed list; completion proposes them. A model that needs
another one can mix those that exist (\`mixture\`) or take measured values.`,
    wrong: `component Orders { operation create takes expo(3 ms) }`,
    mended: `component Orders { operation create takes exp(3 ms) }`,
  },
  'wrong-arguments': {
    severity: 'error',
    meaning: 'Too few, too many or unknown arguments.',
    why: `A call, a signal, an instance or a distribution is given exactly what it declares, in its order or by name
(\`Pay(ok: true)\`). What has a default may be left out.`,
    source: 'UML 2.5.1, 9.6 Operations',
    wrong: `component Orders { operation find(id: String) takes 1 ms }
interaction Track { actor customer  lifeline orders: Orders  customer -> orders.find() }`,
    mended: `component Orders { operation find(id: String) takes 1 ms }
interaction Track { actor customer  lifeline orders: Orders  customer -> orders.find("o-1") }`,
  },
  'not-a-constant': {
    severity: 'error',
    meaning: 'A parameter of a distribution must be known before the run.',
    why: `Distributions are set up once, before the run, so that every replication draws from the same one and a seed gives
the same numbers again. What depends on the run can choose between distributions (\`choice\`, \`alt\`) instead.`,
    wrong: `machine Order {
  initial -> Open
  state Open { do takes exp(elapsed)  completion -> Closed }
  final Closed
}`,
    mended: `machine Order {
  initial -> Open
  state Open { do takes exp(3 s)  completion -> Closed }
  final Closed
}`,
  },
  'out-of-range': {
    severity: 'error',
    meaning: 'The number lies outside what is possible here.',
    why: `No distribution, rate, count or run has such a value: a percentile below the median, a rate of zero, a node that is
there no times. The message names the bound.`,
    wrong: `component Orders { operation create takes lognormal(median: 4 ms, p99: 3 ms) }`,
    mended: `component Orders { operation create takes lognormal(median: 4 ms, p99: 30 ms) }`,
  },
} as const satisfies ProblemDeclarations;
