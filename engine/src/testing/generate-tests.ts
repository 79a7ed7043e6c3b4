/**
 * Proposes the fewest tests that take every transition of a machine: shortest sequences of events, those left out that
 * others contain, with what holds at their end as expectation. The text is for a person to review.
 */
import { type CompiledMachine, compileMachine, MachineStepper } from '../behavior/index.ts';
import { type ElementId, indexElements, type Model, type Place } from '../model/index.ts';
import { OpenChoices } from './open-choices.ts';
import { type Path, type Search, STEP_BUDGET, type Start, searchMachine } from './search-machine.ts';
import { seedsFor } from './seeds.ts';
import { stimulate, stimuliOf } from './stimuli.ts';
import { Candidates } from './value-candidates.ts';

interface GeneratedTest {
  readonly name: string;
  readonly text: string;
  /** Transitions that it takes, however what is left open is decided. */
  readonly covers: readonly ElementId[];
}

export interface GeneratedTests {
  readonly machine: ElementId;
  readonly tests: readonly GeneratedTest[];
  readonly transitions: number;
  readonly unreached: readonly { readonly element: ElementId; readonly place: Place }[];
  /** False where the bound ended the search: what was not reached may still be reachable. */
  readonly complete: boolean;
}

interface GenerateOptions {
  /** Events that are tried, at most. */
  readonly bound?: number;
  readonly cancelled?: () => boolean;
}

const BOUND = 20_000;
/** Combinations of arguments of the machine that a search begins with. */
const STARTS = 24;
const OUTCOMES = 100;

/** Null where the model has no such machine. */
export function generateTests(model: Model, machine: ElementId, options: GenerateOptions = {}): GeneratedTests | null {
  const compiled = compileMachine(model, machine);
  if (compiled === null) return null;
  const candidates = new Candidates(model, compiled);
  const search = searchMachine(compiled, startsOf(compiled, candidates), stimuliOf(model, compiled, candidates), {
    bound: options.bound ?? BOUND,
    ...(options.cancelled === undefined ? {} : { cancelled: options.cancelled }),
  });
  const chosen = fewest(compiled, search);
  const names = new Set(takenNames(model));
  const states = new StateNames(model, compiled);
  const tests = chosen.map(({ path, covers, ends, ended }) => {
    const name = freeName(`${compiled.machine.name.toLowerCase()}_${states.slugOf(ends)}`, names);
    return { name, covers, text: testText(compiled, name, path, states.expectation(ends, ended)) };
  });
  const taken = new Set(chosen.flatMap(({ covers }) => covers));
  const unreached = compiled.transitions
    .filter(({ id }) => !taken.has(id))
    .map(({ id, label }) => ({ element: id, place: label }));
  return { machine, tests, transitions: compiled.transitions.length, unreached, complete: search.complete };
}

/** One value of each parameter after the other, not every combination. */
function startsOf({ machine }: CompiledMachine, candidates: Candidates): readonly Start[] {
  const each = machine.parameters.map(({ type }) => candidates.of(type));
  const count = Math.min(STARTS, Math.max(1, ...each.map(({ length }) => length)));
  return Array.from({ length: count }, (_, i) => {
    const chosen = each.map((values) => values[i % Math.max(1, values.length)]);
    const given = machine.parameters.flatMap(({ name }, p) => {
      const text = chosen[p]?.text;
      return text === undefined ? [] : [`${name}: ${text}`];
    });
    const text = given.length === 0 ? '' : `(${given.join(', ')})`;
    return { values: chosen.map((candidate) => candidate?.value ?? null), text };
  });
}

interface Walked {
  readonly path: Path;
  readonly covers: readonly ElementId[];
  /** Sets of innermost active vertices, one for each way it can end. */
  readonly ends: readonly (readonly number[])[];
  readonly ended: boolean;
}

/** Greedy: the path that takes most of what is still to be taken, the shorter of equals; then those that the others contain go. */
function fewest(compiled: CompiledMachine, { paths }: Search): readonly Walked[] {
  const walked = [...new Set(paths.values())].flatMap((path) => walk(compiled, path) ?? []);
  const left = new Set(paths.keys());
  const chosen: Walked[] = [];
  while (left.size > 0) {
    const gain = ({ covers }: Walked): number => covers.filter((id) => left.has(id)).length;
    const best = walked.reduce<Walked | undefined>((leader, each) => {
      const ahead = gain(each) - (leader === undefined ? 0 : gain(leader));
      const isShorter = leader !== undefined && each.path.stimuli.length < leader.path.stimuli.length;
      return ahead > 0 || (ahead === 0 && isShorter && gain(each) > 0) ? each : leader;
    }, undefined);
    if (best === undefined) break;
    for (const id of best.covers) left.delete(id);
    chosen.push(best);
  }
  return chosen.filter((each, index) => {
    const others = new Set(chosen.flatMap(({ covers }, other) => (other === index ? [] : covers)));
    return !each.covers.every((id) => others.has(id));
  });
}

/** Null where a run-time error may end it: what comes of such a test is not for it to say. */
function walk(compiled: CompiledMachine, path: Path): Walked | null {
  const covers = new Set<ElementId>();
  const ends = new Map<string, readonly number[]>();
  const open = new OpenChoices();
  let ended = true;
  let hasFailed = false;
  for (const seed of seedsFor(compiled)) {
    open.each(OUTCOMES, () => {
      const stepper = new MachineStepper(compiled, { oracle: open, seed, stepBudget: STEP_BUDGET });
      const occurrences = [
        ...stepper.createInstance(path.start.values),
        ...path.stimuli.flatMap((stimulus) => stimulate(stepper, stimulus)),
      ];
      hasFailed ||= stepper.problem !== null;
      for (const { kind, element } of occurrences) if (kind === 'transition') covers.add(element);
      const innermost = innermostOf(compiled, stepper);
      ends.set(innermost.join(), innermost);
      ended &&= stepper.status !== 'live';
      return !hasFailed;
    });
    if (hasFailed) return null;
  }
  return { path, covers: [...covers], ends: [...ends.values()], ended };
}

function innermostOf({ parent, vertexIndex }: CompiledMachine, stepper: MachineStepper): readonly number[] {
  const active = stepper.states().flatMap((id) => vertexIndex.get(id) ?? []);
  return active.filter((vertex) => !active.some((other) => parent[other] === vertex));
}

/** How a test names states: by their own name where that is enough; what is inside a submachine by the state that stands for it. */
class StateNames {
  readonly #compiled: CompiledMachine;
  readonly #known: ReadonlySet<ElementId>;

  constructor(model: Model, compiled: CompiledMachine) {
    this.#compiled = compiled;
    const own = [...indexElements(model).keys()];
    const generals = generalsOf(model, compiled.id);
    const inherited = own.flatMap((id) =>
      generals.flatMap((general) => (id.startsWith(`${general}.`) ? [compiled.id + id.slice(general.length)] : [])),
    );
    this.#known = new Set([...own, ...inherited]);
  }

  slugOf(ends: readonly (readonly number[])[]): string {
    const [first = []] = ends;
    const names = this.#nameable(first).map((vertex) => this.#compiled.vertices[vertex]?.name.toLowerCase() ?? '');
    return names.join('_') || 'ended';
  }

  expectation(ends: readonly (readonly number[])[], ended: boolean): string {
    const ways = ends.map((vertices) => this.#nameable(vertices).map((vertex) => `in(${this.#nameOf(vertex)})`));
    const known = [...new Set(ways.map((parts) => parts.join(' and ')))].filter((way) => way !== '');
    const isCertain = known.length > 0 && ways.every((parts) => parts.length > 0);
    if (!isCertain) return ended ? 'expect ended' : 'never (false)';
    const where =
      known.length === 1 ? known[0] : known.map((way) => (way.includes(' and ') ? `(${way})` : way)).join(' or ');
    return ended ? `expect ended with ${where}` : `expect ${where}`;
  }

  #nameable(vertices: readonly number[]): readonly number[] {
    const found = vertices.map((vertex) => {
      let at = vertex;
      while (at >= 0 && !this.#known.has(this.#compiled.vertices[at]?.id ?? '')) at = this.#compiled.parent[at] ?? -1;
      return at;
    });
    return [...new Set(found)].filter((vertex) => vertex >= 0);
  }

  #nameOf(vertex: number): string {
    const { vertices, id: machine } = this.#compiled;
    const { id = '', name = '' } = vertices[vertex] ?? {};
    return vertices.filter((other) => other.name === name).length === 1 ? name : id.slice(machine.length + 1);
  }
}

function generalsOf(model: Model, machine: ElementId): readonly ElementId[] {
  const generals: ElementId[] = [];
  for (let at: ElementId | undefined = machine; at !== undefined; ) {
    const general: ElementId | undefined = model.machines.find(({ id }) => id === at)?.extends;
    if (general === undefined || generals.includes(general)) break;
    generals.push(general);
    at = general;
  }
  return generals;
}

/** What is declared at the top of the model; tests share their names with nothing. */
function takenNames(model: Model): readonly string[] {
  return [...indexElements(model).values()].map(({ name }) => name);
}

function freeName(wanted: string, taken: Set<string>): string {
  const plain = wanted.replace(/\W/g, '_');
  let name = plain;
  for (let n = 2; taken.has(name); n++) name = `${plain}_${n}`;
  taken.add(name);
  return name;
}

function testText({ machine }: CompiledMachine, name: string, { start, stimuli }: Path, expectation: string): string {
  const steps = [...stimuli.map(({ text }) => text), expectation];
  return `test ${name} of ${machine.name}${start.text} {\n${steps.map((step) => `  ${step}\n`).join('')}}\n`;
}
