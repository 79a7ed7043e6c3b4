/**
 * Machines that nobody would write: every construct of the language anywhere, every target from everywhere. The editor
 * would refuse many of them; whatever compiles has to keep the laws of machines all the same.
 */
import fc from 'fast-check';

export const SIGNALS = ['E0', 'E1', 'E2', 'E3'] as const;
export const OPERATION = 'ask';

interface Transition {
  readonly trigger: number;
  readonly guard: number;
  readonly effect: number;
  readonly target: number;
  readonly isLocal: boolean;
}

interface State {
  readonly kind: 'state';
  readonly regions: readonly (readonly Vertex[])[];
  readonly initials: readonly number[];
  readonly histories: readonly number[];
  readonly entry: boolean;
  readonly exit: boolean;
  readonly activity: number;
  readonly deferred: number;
  readonly points: number;
  readonly pointTargets: readonly number[];
  readonly isSubmachine: boolean;
  readonly transitions: readonly Transition[];
}

interface Pseudostate {
  readonly kind: 'choice' | 'junction' | 'fork' | 'join' | 'final' | 'terminate';
  readonly targets: readonly [number, number, number];
  readonly guard: number;
}

type Vertex = State | Pseudostate;

const number = fc.nat(999);

const { vertices } = fc.letrec<{ vertices: readonly Vertex[]; vertex: Vertex; state: State; pseudostate: Vertex }>(
  (tie) => ({
    vertices: fc.array(tie('vertex'), { minLength: 1, maxLength: 3, depthIdentifier: 'nesting' }),
    vertex: fc.oneof(
      { depthSize: 'small', depthIdentifier: 'nesting', withCrossShrink: true },
      { arbitrary: tie('pseudostate'), weight: 2 },
      { arbitrary: tie('state'), weight: 5 },
    ),
    pseudostate: fc.record({
      kind: fc.constantFrom('choice', 'junction', 'fork', 'join', 'final', 'final', 'terminate'),
      targets: fc.tuple(number, number, number),
      guard: number,
    }),
    state: fc.record({
      kind: fc.constant('state'),
      regions: fc.array(tie('vertices'), { maxLength: 2, depthIdentifier: 'nesting' }),
      initials: fc.array(number, { minLength: 2, maxLength: 2 }),
      histories: fc.array(number, { minLength: 2, maxLength: 2 }),
      entry: fc.boolean(),
      exit: fc.boolean(),
      activity: number,
      deferred: number,
      points: number,
      pointTargets: fc.array(number, { minLength: 2, maxLength: 2 }),
      isSubmachine: fc.boolean(),
      transitions: fc.array(
        fc.record({ trigger: number, guard: number, effect: number, target: number, isLocal: fc.boolean() }),
        { maxLength: 4 },
      ),
    }),
  }),
) as unknown as { vertices: fc.Arbitrary<readonly Vertex[]> };

/** The text of a machine `M(limit: Integer)`, of one it extends, and of one that its states may stand for. */
export const randomMachine: fc.Arbitrary<string> = fc
  .record({ own: vertices, general: vertices, isExtended: fc.boolean(), initial: number })
  .map(({ own, general, isExtended, initial }) => {
    const declared = SIGNALS.map((signal) => `signal ${signal}(n: Integer)`);
    const header = isExtended ? 'machine M extends Base' : 'machine M(limit: Integer)';
    const base = isExtended ? machine('machine Base(limit: Integer)', general, initial, true) : '';
    return [...declared, machine(header, own, initial, !isExtended), base, submachine].join('\n');
  });

const submachine = `
machine Sub(step: Integer) {
  var count: Integer = 0
  entry point within -> Sub2
  exit point out
  initial -> Sub1
  state Sub1 { entry(m: Integer = 1) / count += m * step  on E0 -> Sub2 }
  state Sub2 { on E1 -> over  on E2 -> out  on E3 [count > 2] -> Sub1 }
  final over
}`;

function machine(header: string, root: readonly Vertex[], initial: number, hasVariables: boolean): string {
  const writer = new Writer(root);
  const variables = hasVariables ? `var v: Integer = 0  operation ${OPERATION}(): Integer` : '';
  return `${header} {\n${variables}\n${writer.region(root, initial, 0)}\n}`;
}

class Writer {
  readonly #names = new Map<Vertex, string>();
  readonly #targets: string[] = [];

  constructor(root: readonly Vertex[]) {
    this.#collect(root, '');
  }

  #collect(vertices: readonly Vertex[], path: string): void {
    for (const vertex of vertices) {
      const name = `${vertex.kind === 'state' ? 'S' : vertex.kind.slice(0, 2)}${this.#names.size}`;
      this.#names.set(vertex, name);
      if (vertex.kind !== 'terminate' || this.#names.size % 4 === 0) this.#targets.push(name);
      if (vertex.kind !== 'state') continue;
      if (isSubmachine(vertex)) {
        this.#targets.push(`${name}.within`);
        continue;
      }
      if (vertex.points % 3 === 1) this.#targets.push(`${name}in`);
      if (vertex.points % 3 > 0) this.#targets.push(`${name}out`);
      vertex.regions.forEach((region, i) => {
        const inside = vertex.regions.length > 1 ? `${name}.r${i}` : name;
        if (vertex.histories[i]! % 3 === 1) this.#targets.push(`${inside}.history`);
        if (vertex.histories[i]! % 3 === 2) this.#targets.push(`${inside}.deep_history`);
        this.#collect(region, path);
      });
    }
  }

  region(vertices: readonly Vertex[], initial: number, history: number): string {
    const first = vertices.filter(({ kind }) => kind === 'state' || kind === 'choice' || initial % 5 === 0);
    const start = first[initial % Math.max(1, first.length)];
    const past = ['', 'history', 'deep history'][history % 3]!;
    const onward = history % 2 === 0 || past === '' ? '' : ` -> ${this.#target(history)}`;
    return [
      start === undefined ? '' : `initial -> ${this.#names.get(start)}`,
      `${past}${onward}`,
      ...vertices.map((vertex) => (vertex.kind === 'state' ? this.#state(vertex) : this.#pseudostate(vertex))),
    ].join('\n');
  }

  #state(state: State): string {
    const name = this.#names.get(state)!;
    if (isSubmachine(state)) {
      return `state ${name} : Sub(step: 1) { exit out -> ${this.#target(state.points)} ${this.#transitions(state)} }`;
    }
    const taken = ['', '', '(m: Integer = 7)', '(m: Integer[0..1])'][(state.activity >> 3) % 4] ?? '';
    const told = taken === '' ? '' : ' {m}';
    const regions = state.regions.map((region, i) => this.region(region, state.initials[i]!, state.histories[i]!));
    return [
      `state ${name} {`,
      state.entry ? `entry${taken} / { v += 1  log "in ${name}${told}" }` : '',
      state.exit ? `exit${taken} / log "out of ${name}${told}"` : '',
      ['', 'do takes 2 s', `do${taken} / { v += 1  log "do${told}" }`, `do${taken} takes exp(3 s) / v += 1`][
        state.activity % 8
      ] ?? '',
      ['', 'defer E1', 'defer E2, E3', `defer call ${OPERATION}`][state.deferred % 7] ?? '',
      state.points % 3 === 1 ? `entry point ${name}in / v += 1 -> ${this.#target(state.pointTargets[0]!)}` : '',
      state.points % 3 > 0 ? `exit point ${name}out / v += 1 -> ${this.#target(state.pointTargets[1]!)}` : '',
      ...(regions.length > 1 ? regions.map((region, i) => `region r${i} {\n${region}\n}`) : regions),
      this.#transitions(state),
      '}',
    ].join('\n');
  }

  #transitions(state: State): string {
    return state.transitions
      .map(({ trigger, guard, effect, target, isLocal }) => {
        const when = [
          ...SIGNALS.flatMap((signal) => [`on ${signal}(n)`, `on ${signal}(n)`]),
          'on E0, E2',
          'on any',
          `on call ${OPERATION}()`,
          'after 1 s',
          'after 3 s',
          'when (v mod 5 == 3)',
          'completion',
          'at "06:00"',
        ];
        const holds = ['', '', '[v mod 2 == 0]', '[v < 9]', '[in(S0)]'];
        const does = ['', '', 'v += 1', 'log "effect"', 'send E1(n: v) to self', 'send E2(n: 1) to self delayed 2 s'];
        const arrow = effect % 4 === 0 ? '' : `-> ${this.#target(target)}`;
        const action = oneOf(does, effect);
        return `${isLocal ? 'local ' : ''}${oneOf(when, trigger)} ${oneOf(holds, guard)} ${action === '' ? '' : `/ ${action}`} ${arrow}`;
      })
      .join('\n');
  }

  #pseudostate({ kind, targets, guard }: Pseudostate): string {
    const name = this.#names.get(
      [...this.#names.keys()].find((vertex) => 'guard' in vertex && vertex.targets === targets)!,
    )!;
    const [a, b, c] = targets.map((target) => this.#target(target));
    switch (kind) {
      case 'choice':
        return `choice ${name} { [v mod 3 == ${guard % 3}] -> ${a}  40 % -> ${b}  else -> ${c} }`;
      case 'junction':
        return `junction ${name} { [v mod 2 == 0] -> ${a}  ${guard % 2 === 0 ? `[v mod 3 == 0] -> ${b}` : `else / v += 1 -> ${b}`} }`;
      case 'fork':
        return `fork ${name} { / v += 1 -> ${a}  / v += 1 -> ${b} }`;
      case 'join':
        return `join ${name} / v += 1 -> ${a}`;
      default:
        return `${kind} ${name}`;
    }
  }

  #target(index: number): string {
    return oneOf(this.#targets, index);
  }
}

function isSubmachine(state: State): boolean {
  return state.isSubmachine && state.regions.length === 0 && state.points % 2 === 0;
}

function oneOf(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}
