/** Networks of stations as texts: component `S0`, `S1`, … each on a node `n0`, `n1`, … of its own, visited by interaction `Job`. */
import type { RunLength } from './accuracy-case.ts';

interface NetworkText {
  /** What an operation of each station costs: `takes exp(2 s)`. */
  readonly costs: readonly string[];
  /** What stands in the body of each node: `cores 2`. */
  readonly nodes: readonly string[];
  /** What stands in the body of each component beside its operation. */
  readonly limits?: string;
  readonly parameters?: string;
  /** Calls `user -> s0.go()`, `s1` and so on, with whatever stands around them. */
  readonly body: string;
  readonly load: string;
  readonly length: RunLength;
}

export const REPLICATIONS = 20;

export function networkText({ costs, nodes, limits = '', parameters = '', body, load, length }: NetworkText): string {
  return [
    'package truth',
    ...costs.map((cost, i) => `component S${i} { operation go() ${cost}  ${limits} }`),
    `interaction Job${parameters} {`,
    `  actor user  lifeline ${costs.map((_, i) => `s${i}: S${i}`).join(', ')}`,
    body,
    '}',
    'deployment D {',
    ...nodes.map((node, i) => `  node n${i} { ${node}  deploy S${i} }`),
    '}',
    'scenario Truth of D {',
    `  load Job${load}`,
    `  run ${length.run + length.warmup} s  warmup ${length.warmup} s  replications ${REPLICATIONS}`,
    '}',
    '',
  ].join('\n');
}

export const JOB = 'truth.Job';
export const operation = (station: number): string => `truth.S${station}.go`;
export const node = (station: number): string => `truth.D.n${station}`;
