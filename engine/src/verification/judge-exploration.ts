/** Collects what an exploration shows while it runs, one finding a cause, and writes it up when it is over. */
import { type CompiledMachine, flag } from '../behavior/index.ts';
import type { RunProblem } from '../expressions/index.ts';
import type { ElementId, Place, Value } from '../model/index.ts';
import type { Edge, Exploration, Step, Witness } from './exploration.ts';
import { type Finding, type FindingKind, findingSeverity, type WayStep } from './finding.ts';
import { orderDependences } from './order-dependence.ts';
import { deedsOf, describe } from './way-steps.ts';

/** Of one kind; what is beyond is counted. */
const MOST = 100;

interface Seen {
  readonly kind: FindingKind;
  readonly step: Step | null;
  readonly problem?: RunProblem;
  readonly other?: Step;
  readonly leaves?: readonly number[];
  readonly event?: number;
}

export class Judge implements Witness {
  readonly #seen = new Map<string, Seen>();
  readonly #counts = new Map<FindingKind, number>();
  exploration: Exploration | null = null;

  failed(step: Step, problem: RunProblem): void {
    const { start } = problem.place;
    const kind =
      problem.code === 'assertion-failed' ? 'assertion' : problem.code === 'step-budget' ? 'livelock' : 'error';
    this.#note(`${kind}|${problem.code}|${start.line}:${start.character}`, { kind, step, problem });
  }

  discarded(step: Step, event: number, leaves: readonly number[]): void {
    this.#note(`discard|${event}|${leaves.join(' ')}`, { kind: 'discard', step, event, leaves });
  }

  competed(step: Step): void {
    const key = `competing|${step.move}|${this.exploration?.configuration(step.from)}`;
    if (!this.#seen.has(key)) this.#note(key, { kind: 'competing', step });
  }

  raced(step: Step, other: Step): void {
    const key = `race|${step.move}|${this.exploration?.configuration(step.from)}`;
    if (!this.#seen.has(key)) this.#note(key, { kind: 'race', step, other });
  }

  stuck(state: number, leaves: readonly number[]): void {
    const step = this.exploration?.wayTo(state).at(-1) ?? null;
    this.#note(`deadlock|${leaves.join(' ')}`, { kind: 'deadlock', step, leaves });
  }

  #note(key: string, seen: Seen): void {
    if (this.#seen.has(key)) return;
    const count = (this.#counts.get(seen.kind) ?? 0) + 1;
    this.#counts.set(seen.kind, count);
    if (count <= MOST) this.#seen.set(key, seen);
  }

  /** `isOpen`: what was never reached can be told, and is meant. */
  findings(exploration: Exploration, roots: readonly (readonly Value[])[], isOpen: boolean): Finding[] {
    const loop = internalLoop(exploration.internal);
    if (loop !== null) this.#note('livelock', { kind: 'livelock', step: loop });
    const found = [...this.#seen.values()].map((seen) => writeUp(exploration, seen, roots));
    found.push(...dependent(exploration, roots));
    if (isOpen) found.push(...neverReached(exploration));
    const order = Object.keys(findingSeverity);
    return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  }
}

function writeUp(exploration: Exploration, seen: Seen, roots: readonly (readonly Value[])[]): Finding {
  const { compiled } = exploration;
  const { kind, step } = seen;
  const steps = step === null ? [] : [...exploration.wayTo(step.from), step];
  const trace = describe(exploration, steps, roots);
  const names = (leaves: readonly number[]) => leaves.map((leaf) => compiled.vertices[leaf]?.name ?? '').join(' and ');
  const say = (element: ElementId, message: string, place: Place): Finding => ({
    kind,
    severity: findingSeverity[kind],
    element,
    message,
    place,
    trace,
  });
  const leaf = compiled.vertices[seen.leaves?.at(-1) ?? -1];
  switch (kind) {
    case 'assertion':
    case 'error':
      return say(compiled.id, seen.problem?.message ?? '', seen.problem?.place ?? compiled.place);
    case 'livelock':
      if (seen.problem !== undefined) return say(compiled.id, seen.problem.message, seen.problem.place);
      return say(compiled.id, 'The machine can go on for ever on its own, without any time passing.', compiled.place);
    case 'deadlock':
      return say(
        leaf?.id ?? compiled.id,
        `Nothing can happen any more in ${names(seen.leaves ?? [])}, and it is not an end.`,
        leaf?.label ?? compiled.place,
      );
    case 'discard': {
      const { signals, operations } = compiled;
      const event = signals[seen.event ?? -1] ?? operations[(seen.event ?? 0) - signals.length];
      return say(
        leaf?.id ?? compiled.id,
        `${event?.name} is discarded in ${names(seen.leaves ?? [])}.`,
        leaf?.label ?? compiled.place,
      );
    }
    case 'competing': {
      const first = step === null ? undefined : deedsOf(exploration, step).taken[0];
      const transition = compiled.transitions[first ?? -1];
      return say(
        transition?.source ?? compiled.id,
        'Several transitions can be taken here; UML leaves open which.',
        transition?.label ?? compiled.place,
      );
    }
    case 'race': {
      const said = [seen.other, step].map((one) => (one ? deedsOf(exploration, one).taken : []));
      const differs = said[0]?.find((transition, i) => transition !== said[1]?.[i]) ?? said[0]?.[0];
      const transition = compiled.transitions[differs ?? -1];
      return say(
        transition?.id ?? compiled.id,
        'The result depends on the order in which regions go on, which UML leaves open.',
        transition?.label ?? compiled.place,
      );
    }
    case 'order':
    case 'unreachable':
      return say(compiled.id, '', compiled.place);
  }
}

/** One for each configuration and the events that meet in it: the first, whose way is a shortest one. */
function dependent(exploration: Exploration, roots: readonly (readonly Value[])[]): Finding[] {
  const seen = new Set<string>();
  return orderDependences(exploration).flatMap(({ from, ways, rests }): Finding[] => {
    const key = `${exploration.configuration(from)}|${ways.map(([first]) => first?.move).join(' ')}`;
    if (seen.has(key) || seen.size >= MOST) return [];
    seen.add(key);
    const before = exploration.wayTo(from);
    const [trace, otherTrace] = ways.map((way) => describe(exploration, [...before, ...way], roots));
    const events = [trace, otherTrace].map((way) => nameOfEvent(exploration.compiled, way?.[before.length]));
    const [one, other] = rests.map((rest) => placeAndValues(exploration, rest));
    const differing = [one, other].map((rest, i) => restText(rest, [other, one][i]));
    return [
      {
        kind: 'order',
        severity: findingSeverity.order,
        element: exploration.compiled.id,
        message: `Of ${events[0]?.text} and ${events[1]?.text} nothing says which is first: they come at the same moment. With the one first it comes to ${differing[0]}; with the other, to ${differing[1]}.`,
        place: events[0]?.place ?? exploration.compiled.place,
        trace: trace ?? [],
        otherTrace: otherTrace ?? [],
      },
    ];
  });
}

function nameOfEvent(
  { transitions, transitionIndex, vertices, vertexIndex, signals, place }: CompiledMachine,
  step: WayStep | undefined,
): { readonly text: string; readonly place: Place } {
  const element = step !== undefined && 'element' in step ? step.element : '';
  const transition = transitions[transitionIndex.get(element) ?? -1];
  if (transition !== undefined) {
    const source = vertices[vertexIndex.get(transition.source) ?? -1];
    return {
      text: `the ${transition.trigger.kind === 'time' ? 'timer' : 'change'} of ${source?.name ?? ''}`,
      place: transition.label,
    };
  }
  const vertex = vertices[vertexIndex.get(element) ?? -1];
  if (vertex !== undefined) return { text: `the end of what ${vertex.name} does`, place: vertex.label };
  return { text: signals.find(({ id }) => id === element)?.name ?? 'an event', place };
}

interface Rest {
  readonly where: string;
  readonly values: ReadonlyMap<string, Value>;
}

function placeAndValues(exploration: Exploration, state: number): Rest {
  const { compiled } = exploration;
  const world = exploration.at(state);
  if (!world.isLive) return { where: world.hasFailed ? 'an error' : 'its end', values: new Map() };
  const leaves = Array.from({ length: compiled.strandCount }, (_, strand) => world.active(strand)).filter(
    (leaf) => leaf >= 0,
  );
  const innermost = leaves.filter((leaf) => !leaves.some((inner) => inner > leaf && inner <= compiled.last[leaf]!));
  return { where: innermost.map((leaf) => compiled.vertices[leaf]?.name ?? '').join(' and '), values: world.values() };
}

/** Where it is, and the values that differ. */
function restText(rest: Rest | undefined, other: Rest | undefined): string {
  if (rest === undefined) return '';
  const differing = [...rest.values].flatMap(([name, value]) =>
    JSON.stringify(other?.values.get(name) ?? null) === JSON.stringify(value)
      ? []
      : [`${name} == ${JSON.stringify(value)}`],
  );
  return [rest.where, ...(differing.length > 0 && other?.values.size !== 0 ? [differing.join(', ')] : [])].join(
    ' with ',
  );
}

function neverReached({ compiled, world, bounds }: Exploration): Finding[] {
  return compiled.vertices.flatMap((vertex, v): Finding[] => {
    if ((compiled.flags[v]! & (flag.state | flag.final)) === 0 || world.runtime.entries[v]! > 0) return [];
    const isSure = bounds.size === 0;
    return [
      {
        kind: 'unreachable',
        severity: isSure ? 'warning' : 'information',
        element: vertex.id,
        message: isSure
          ? `${vertex.name} cannot be reached.`
          : `${vertex.name} was not reached; not everything was tried (${[...bounds].join(', ')}).`,
        place: vertex.label,
        trace: [],
      },
    ];
  });
}

/** A step of the machine's own that lies on a circle of such steps; null where there is none. */
function internalLoop(edges: readonly Edge[]): Step | null {
  const into = new Map<number, number>();
  const out = new Map<number, Edge[]>();
  for (const edge of edges) {
    into.set(edge.to, (into.get(edge.to) ?? 0) + 1);
    const list = out.get(edge.from);
    if (list === undefined) out.set(edge.from, [edge]);
    else list.push(edge);
  }
  const free = [...out.keys()].filter((state) => (into.get(state) ?? 0) === 0);
  for (let state = free.pop(); state !== undefined; state = free.pop()) {
    for (const { to } of out.get(state) ?? []) {
      const left = (into.get(to) ?? 0) - 1;
      into.set(to, left);
      if (left === 0) free.push(to);
    }
    out.delete(state);
  }
  return edges.find(({ from, to }) => (into.get(from) ?? 0) > 0 && (into.get(to) ?? 0) > 0) ?? null;
}
