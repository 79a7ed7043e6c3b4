/**
 * One test of the suite as a machine in the Twin language, with a `log` in each behaviour. What the language has no words
 * for is refused, never approximated.
 */
import type { PssmBehaviour, PssmMachine, PssmRegion, PssmTest, PssmTransition, PssmVertex } from './pssm.ts';

/** Transitions whose kind the data lost: the expected trace shows that they neither leave nor enter their state. */
const INTERNAL: ReadonlySet<string> = new Set(['Transition 010/IT']);
/** Behaviours that only tell the tester that the run is over. */
const SILENT = 'testEnd';

export function pssmAsText(test: PssmTest): string {
  return new Writer(test).text();
}

/** `or` is a word of the language. */
export function operationName(operation: string): string {
  return `call_${operation}`;
}

/** Name and type. */
type Parameters = readonly (readonly [string, string])[];

class Writer {
  readonly #test: PssmTest;
  readonly #names = new Map<string, string>();
  readonly #transitions: readonly PssmTransition[];
  readonly #parameters: ReadonlyMap<string, Parameters>;

  constructor(test: PssmTest) {
    this.#test = test;
    const regions = allRegions(test.structure.regions);
    const vertices = regions.flatMap((region) => region.vertices);
    for (const { id, connectionPoints } of vertices) {
      this.#name(id);
      for (const point of connectionPoints ?? []) this.#name(point.id);
    }
    this.#transitions = regions.flatMap((region) => region.transitions);
    this.#parameters = parametersOf(test);
  }

  text(): string {
    const { structure } = this.#test;
    const operations = structure.operations.map((operation) => {
      return `operation ${operationName(operation)}(${listed(this.#parameters.get(operation) ?? [])})${returns(structure) ? ': Boolean' : ''}`;
    });
    return lines([
      ...structure.signals.map((signal) => `signal ${signal}`),
      'machine Test() {',
      ...operations,
      ...this.#regions(structure.regions),
      '}',
    ]);
  }

  #regions(regions: readonly PssmRegion[]): string[] {
    const [only] = regions;
    if (only !== undefined && regions.length === 1) {
      // An empty region still makes its state a composite one.
      return only.vertices.length === 0 ? ['region empty {}'] : this.#region(only);
    }
    return regions.flatMap((region, i) => [`region r${i + 1} {`, ...this.#region(region), '}']);
  }

  #region({ vertices }: PssmRegion): string[] {
    return vertices.flatMap((vertex) => {
      const name = this.#name(vertex.id);
      const from = this.#transitions.filter(({ source }) => source === vertex.id);
      const [first] = from;
      const onward = first === undefined ? '' : this.#onward(first);
      switch (vertex.kind) {
        case 'state':
          return this.#state(vertex, name, from);
        case 'initial':
          return [`initial ${onward}`];
        case 'final':
          return [`final ${name}`];
        case 'terminate':
          return [`terminate ${name}`];
        case 'join':
          return [`join ${name} ${onward}`];
        case 'shallowHistory':
          return [`history ${onward}`];
        case 'deepHistory':
          return [`deep history ${onward}`];
        case 'fork':
        case 'choice':
        case 'junction':
          return [`${vertex.kind} ${name} {`, ...from.map((transition) => this.#onward(transition)), '}'];
        default:
          throw new Error(`${vertex.id}: no words for ${vertex.kind}`);
      }
    });
  }

  #state(state: PssmVertex, name: string, from: readonly PssmTransition[]): string[] {
    const behaviour = (keyword: string, what: PssmBehaviour | undefined): string =>
      what === undefined || what.name === SILENT ? '' : `${keyword}${this.#says(state.id, what)}`;
    return [
      `state ${name} {`,
      behaviour('entry', state.entry),
      behaviour('exit', state.exit),
      behaviour('do', state.doActivity),
      state.defer === undefined ? '' : `defer ${state.defer.map((event) => event.replace(/^signal /, '')).join(', ')}`,
      ...(state.connectionPoints ?? []).flatMap((point) => this.#connectionPoint(point)),
      ...this.#regions(state.regions ?? []),
      ...from.map((transition) => this.#transition(transition)),
      '}',
      ...(state.connectionPoints ?? []).flatMap((point) => this.#waysOn(point)),
    ];
  }

  /** A point has one way on in the language; several that compete are branches of a junction beside the state. */
  #connectionPoint({ id, kind }: PssmVertex): string[] {
    const name = this.#name(id);
    const keyword = kind === 'entrypoint' ? 'entry point' : 'exit point';
    const from = this.#transitions.filter(({ source }) => source === id);
    const [first] = from;
    if (first === undefined) return [`${keyword} ${name}`];
    if (from.length === 1) return [`${keyword} ${name} ${this.#onward(first)}`];
    if (kind === 'entrypoint') throw new Error(`${id}: no words for an entry point with several transitions`);
    return [`${keyword} ${name} -> ${name}_next`];
  }

  #waysOn({ id }: PssmVertex): string[] {
    const from = this.#transitions.filter(({ source }) => source === id);
    if (from.length < 2) return [];
    return [`junction ${this.#name(id)}_next {`, ...from.map((transition) => this.#onward(transition)), '}'];
  }

  #transition(transition: PssmTransition): string {
    const isInternal = transition.kind === 'internal' || INTERNAL.has(`${this.#test.name}/${transition.name}`);
    const local = transition.kind === 'local' ? 'local ' : '';
    const triggers = transition.triggers ?? [];
    const [first] = triggers;
    const called = first?.startsWith('call ') ? first.slice(5) : null;
    const parameters = called === null ? [] : (this.#parameters.get(called) ?? []).map(([name]) => name);
    const told = parameters.map((name) => `[in={${name}}]`).join('');
    const trigger =
      first === undefined
        ? 'completion'
        : called !== null
          ? `on call ${operationName(called)}${parameters.length > 0 ? `(${parameters.join(', ')})` : ''}`
          : `on ${triggers.map((event) => event.replace(/^signal /, '')).join(', ')}`;
    return `${local}${trigger} ${this.#onward(transition, told, isInternal)}`;
  }

  /** `/ effect -> target`. */
  #onward(transition: PssmTransition, told = '', isInternal = false): string {
    const { effect, name, target } = transition;
    const log = effect === undefined || effect.name === SILENT ? '' : `/ log "${name}(${effect.name})${told}" `;
    return `${log}${isInternal ? '' : `-> ${this.#name(target)}`}`;
  }

  /** Takes what the behaviour is traced with, logs that, its name and what it returns, and returns it. */
  #says(owner: string, { name, out }: PssmBehaviour): string {
    const label = `${plainName(owner)}(${name})`;
    const parameters = this.#signatureOf(label);
    const told = parameters.map(([parameter]) => `[in={${parameter}}]`).join('');
    const outs = (out ?? []).map(([, value]) => `[out=${value}]`).join('');
    const reply = (out ?? []).find(([parameter]) => parameter === 'return');
    const actions = [`log "${label}${told}${outs}"`, reply === undefined ? '' : `return ${reply[1]}`];
    return `${parameters.length === 0 ? '' : `(${listed(parameters)})`} / { ${actions.join('  ')} }`;
  }

  /** The data lost the parameters of behaviours: they are those of the call whose arguments the trace shows. */
  #signatureOf(label: string): Parameters {
    const traced = this.#test.expected.split('::').find((item) => item.startsWith(label)) ?? '';
    const values = [...traced.matchAll(/\[in=([^\]]*)\]/g)].map(([, value]) => value).join();
    const event = this.#test.events.find(({ args }) => values !== '' && Object.values(args ?? {}).join() === values);
    return this.#parameters.get(event?.call ?? '') ?? [];
  }

  /** A name of its own for each vertex: `Region1/S1/Region1/S1.1` → `S1_1`. */
  #name(id: string): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const plain = plainName(id).replaceAll('.', '_');
    const taken = new Set(this.#names.values());
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain}_n${n}`;
    this.#names.set(id, name);
    return name;
  }
}

function allRegions(regions: readonly PssmRegion[]): PssmRegion[] {
  return regions.flatMap((region) => [
    region,
    ...region.vertices.flatMap((vertex) => allRegions(vertex.regions ?? [])),
  ]);
}

function listed(parameters: Parameters): string {
  return parameters.map(([name, type]) => `${name}: ${type}`).join(', ');
}

/** Of the operations, as far as the events give them. */
function parametersOf(test: PssmTest): ReadonlyMap<string, Parameters> {
  return new Map(
    test.events.flatMap(({ call, args }) =>
      call === undefined
        ? []
        : [[call, Object.entries(args ?? {}).map(([name, value]) => [name, typeOf(value)] as const)] as const],
    ),
  );
}

function typeOf(value: string): string {
  return value === 'true' || value === 'false' ? 'Boolean' : 'Integer';
}

function returns(machine: PssmMachine): boolean {
  const vertices = allRegions(machine.regions).flatMap((region) => region.vertices);
  return vertices.some(({ entry, exit }) => entry?.out !== undefined || exit?.out !== undefined);
}

function plainName(id: string): string {
  return id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf('#')) + 1);
}

function lines(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
