/**
 * Exploring, states a second and bytes a state: every state of a small machine – ten states in a ring and two counters – and of one with
 * four orthogonal regions of twenty states, in a world that may send any of its signals at any time.
 */
import { compileMachine } from '@pollux/engine/behavior';
import { exploreMachine, openEnvironment } from '@pollux/engine/verification';
import { modelOf } from '@pollux/language-server/language';
import { perSecond } from './report.ts';

const STATES = 10;
const COUNT = 150;
const REGIONS = 4;
const STATES_A_REGION = 20;

const counters = `
signal Next
signal Up
signal Down
machine Counters() {
  var n: Integer = 0
  var m: Integer = 0
  initial -> S0
${Array.from(
  { length: STATES },
  (_, i) => `  state S${i} {
    on Next -> S${(i + 1) % STATES}
    on Up [n < ${COUNT}] / n += 1
    on Down [m < ${COUNT}] / m += 1
  }`,
).join('\n')}
}`;

const region = (r: number) => `region r${r} {
  initial -> S${r}_0
${Array.from({ length: STATES_A_REGION }, (_, i) => `  state S${r}_${i} { on E${r} -> S${r}_${(i + 1) % STATES_A_REGION} }`).join('\n')}
}`;
const regions = `
${Array.from({ length: REGIONS }, (_, r) => `signal E${r}`).join('\n')}
machine Regions() {
  initial -> All
  state All {
${Array.from({ length: REGIONS }, (_, r) => region(r)).join('\n')}
  }
}`;

/** Figures by key, and a line about each for people. */
export async function benchExploring() {
  const small = await exploring(counters);
  const orthogonal = await exploring(regions);
  return {
    figures: {
      'explore.states': small.speed,
      'explore.bytes': small.bytes,
      'explore.regions.states': orthogonal.speed,
    },
    notes: [
      told('Exploring ten states in a ring and two counters', small),
      told('Exploring four regions of twenty states', orthogonal),
    ],
  };
}

interface Exploring {
  readonly states: number;
  /** Of them a second. */
  readonly speed: number;
  /** Of each of them, with what finds it again. */
  readonly bytes: number;
}

async function exploring(text: string): Promise<Exploring> {
  const { model } = await modelOf(text);
  const compiled = model ? compileMachine(model, model.machines[0]?.id ?? '') : null;
  if (model === null || compiled === null) throw new Error('the benchmark machine does not compile');
  const environment = openEnvironment(model, compiled);
  const explore = () => exploreMachine(compiled, environment, { beginnings: [[]] });
  const { states, bytes, complete } = explore();
  if (!complete) throw new Error('the benchmark machine is not explored completely');
  return { states, speed: perSecond(() => explore().states), bytes: bytes / states };
}

function told(what: string, { states, speed, bytes }: Exploring): string {
  const count = (value: number) => Math.round(value).toLocaleString('en');
  return `${what}: ${count(states)} states, ${count(speed)} a second, ${bytes.toFixed(1)} bytes each.`;
}
