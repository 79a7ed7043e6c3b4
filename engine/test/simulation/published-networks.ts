/** The networks of queues that others have published figures of, as a text of the language: for a simulation and for formulas. */
import { publishedCases } from './published.ts';

export interface Network {
  /** By station: `takes exp(2 s)`, and how many cores; 0 where none are declared. */
  readonly costs: readonly string[];
  readonly cores: readonly number[];
  /** Calls `user -> c0.go()`, `c1` and so on, with whatever stands around them. */
  readonly body: string;
  readonly load: string;
}

/** Stations `n.C0`, `n.C1`, … each on a node `n.D.n0`, `n.D.n1`, … of its own, visited by interaction `n.Job`. */
export function networkText({ costs, cores, body, load }: Network, run: string): string {
  return `package n
${costs.map((cost, i) => `component C${i} { operation go() ${cost} }`).join('\n')}
interaction Job {
  actor user  lifeline ${costs.map((_, i) => `c${i}: C${i}`).join(', ')}
  ${body}
}
deployment D {
  ${cores.map((count, i) => `node n${i} { ${count > 0 ? `cores ${count}` : ''}  deploy C${i} }`).join('\n  ')}
}
scenario S of D { load Job ${load}  ${run} }`;
}

interface JacksonCase {
  readonly gamma: number[];
  readonly mu: number[];
  readonly c: number[];
  readonly lam: number[];
  readonly rho: number[];
  readonly W: number[];
  readonly response_end_to_end: number;
}

/** One entrance each: their routing, written as an interaction. */
const bodies = [
  { hasLoop: false, body: 'user -> c0.go()\n alt 70 % { user -> c1.go() } else { user -> c2.go() }' },
  {
    hasLoop: true,
    body: `var again: Boolean = true
  loop 1..* [again] {
    again = false
    user -> c0.go()
    user -> c1.go()
    opt 50 % { user -> c2.go()\n opt 40 % { again = true } }
  }`,
  },
  {
    hasLoop: false,
    body: `user -> c0.go()\n user -> c1.go()
  alt 60 % { user -> c2.go()\n user -> c4.go() } else { user -> c3.go()\n opt 50 % { user -> c4.go() } }`,
  },
] as const;

/** Null where the cases are not on this machine. `hasLoop`: how often a station is visited depends on a variable. */
export function jacksonNetworks():
  | readonly { readonly published: JacksonCase; readonly hasLoop: boolean; readonly network: Network }[]
  | null {
  const cases = publishedCases<JacksonCase>('jackson_open');
  if (cases === null) return null;
  return bodies.map(({ hasLoop, body }, index) => {
    const published = cases[index]!;
    const { mu, c, gamma } = published;
    const costs = mu.map((rate) => `takes exp(${1 / rate} s)`);
    return { published, hasLoop, network: { costs, cores: c, body, load: `at ${gamma[0]}/s` } };
  });
}

interface ClosedCase {
  readonly demands: number[];
  /** 0: a station that only delays. */
  readonly servers: number[];
  readonly think: number;
  readonly N: number;
  readonly X: number;
  readonly R: number;
  readonly Q_k: number[];
}

export function closedNetworks(): readonly { readonly published: ClosedCase; readonly network: Network }[] | null {
  const cases = publishedCases<ClosedCase>('closed_mva_single_class');
  if (cases === null) return null;
  return cases.map((published) => {
    const { demands, servers, think, N } = published;
    const costs = demands.map((demand, i) => `${servers[i] === 0 ? 'delays' : 'takes'} exp(${demand} s)`);
    const body = demands.map((_, i) => `user -> c${i}.go()`).join('\n  ');
    const load = `by ${N} users thinking ${think === 0 ? '0 s' : `exp(${think} s)`}`;
    return { published, network: { costs, cores: servers, body, load } };
  });
}

/** Two queues that are forked to and joined, with their mean response; seconds, arrivals a second. */
export function forkedNetworks():
  | readonly { readonly arrivals: number; readonly response: number; readonly network: Network }[]
  | null {
  const cases = publishedCases('fork_join_mm1');
  if (cases === null) return null;
  return cases.map(({ lam, K2_exact }) => ({
    arrivals: lam!,
    response: K2_exact!,
    network: {
      costs: ['takes exp(1 s)', 'takes exp(1 s)'],
      cores: [1, 1],
      body: 'par { user -> c0.go() } and { user -> c1.go() }',
      load: `at ${lam}/s`,
    },
  }));
}
