/**
 * SCION, the interpreter of W3C's SCXML, on the machines of the benchmark: its core takes a model of plain objects, so that no
 * XML is read. Knows nothing of the other engines.
 */
import { createRequire } from 'node:module';

// CommonJS whose names Node cannot tell without running it.
const { Statechart } = createRequire(import.meta.url)('@scion-scxml/core') as typeof import('@scion-scxml/core');

/** What its core reads of a state; the package's own types leave the actions out. */
interface ScionState {
  id?: string;
  $type?: string;
  onEntry?: (() => void)[][];
  onExit?: (() => void)[][];
  transitions?: { event: string; target: string; cond?: () => boolean }[];
  states?: ScionState[];
}

const flatEvents = [{ name: 'Next', data: undefined }];
const pairEvents = [
  { name: 'Toggle', data: undefined },
  { name: 'Switch', data: undefined },
];

/** States in a ring, each with a guard and an entry action. */
export function flatScion(states: number) {
  let n = 0;
  const onEntry = [[() => void n++]];
  const ring: ScionState[] = Array.from({ length: states }, (_, i) => ({
    id: `S${i}`,
    onEntry,
    transitions: [{ event: 'Next', target: `S${(i + 1) % states}`, cond: () => n >= 0 }],
  }));
  return running({ states: ring }, flatEvents, () => n);
}

/** Two orthogonal regions of two composite states of two leaves, with entry and exit actions on every state. */
export function pairScion() {
  let n = 0;
  const count = [[() => void n++]];
  const both = { onEntry: count, onExit: count };
  const leaf = (id: string, other: string): ScionState => ({
    id,
    ...both,
    transitions: [{ event: 'Toggle', target: other }],
  });
  const half = (id: string, other: string): ScionState => ({
    id,
    ...both,
    transitions: [{ event: 'Switch', target: other }],
    states: [leaf(`${id}a`, `${id}b`), leaf(`${id}b`, `${id}a`)],
  });
  const region = (id: string): ScionState => ({
    id,
    states: [half(`${id}1`, `${id}2`), half(`${id}2`, `${id}1`)],
  });
  const parallel = { id: 'Both', $type: 'parallel', states: [region('L'), region('R')] };
  return running({ states: [parallel] }, pairEvents, () => n);
}

function running(model: ScionState, events: readonly { name: string; data: undefined }[], count: () => number) {
  const chart = new Statechart(() => model);
  chart.start();
  return {
    send(event: number) {
      const sent = events[event];
      if (sent) chart.gen(sent);
    },
    count,
  };
}
