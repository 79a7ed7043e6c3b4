/** Collects what an exploration shows while it runs, one finding a cause, and writes it up when it is over. */
import { flag } from '../behavior/index.ts';
import type { RunProblem } from '../expressions/index.ts';
import type { ElementId, Place, Value } from '../model/index.ts';
import type { Edge, Exploration, Step, Witness } from './exploration.ts';
import { type Finding, type FindingKind, findingSeverity } from './finding.ts';
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
    case 'unreachable':
      return say(compiled.id, '', compiled.place);
  }
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
