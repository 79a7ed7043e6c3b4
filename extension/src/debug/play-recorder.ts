/**
 * Plays a test or an interaction once and records every moment of it. The same program and interferences give the same moments
 * again: that is how a run is changed in its middle.
 */
import type { CompiledMachine, Occurrence } from '@pollux/engine/behavior';
import { attempt, type Frame, type RunProblem } from '@pollux/engine/expressions';
import { type ElementId, indexElements, type Place, type TestStep } from '@pollux/engine/model';
import { InteractionSubject, playTest, type ReachedStep, type Spectator, type Subject } from '@pollux/engine/testing';
import { MachineWitness } from './machine-witness.ts';
import type { Output } from './moment.ts';
import type { ExecutionSeen, InstanceSeen, Interference, PlayMoment, PlayProgram } from './play-moment.ts';
import { headOf } from './play-sites.ts';
import { saidOf } from './said-of.ts';
import { type Stroke, type WatchedMachine, watchedMachine } from './watched-machine.ts';

/** More would fill the memory; a run that has them does not come to an end. */
const MOMENT_LIMIT = 50_000;

export interface PlayRecording {
  /** At least one; the last is a rest. */
  readonly moments: readonly PlayMoment[];
  /** Something could still happen to it. */
  readonly isLive: boolean;
}

export function recordPlay(program: PlayProgram, interferences: readonly Interference[]): PlayRecording {
  return new PlayRecorder(program, interferences).record();
}

type Doing = Pick<PlayMoment, 'kind' | 'element' | 'place' | 'depth' | 'branch' | 'lifeline' | 'execution'>;

class PlayRecorder implements Spectator {
  readonly #program: PlayProgram;
  readonly #interferences: readonly Interference[];
  readonly #done = new Set<Interference>();
  readonly #elements: ReturnType<typeof indexElements>;
  readonly #moments: PlayMoment[] = [];
  readonly #output: Output[] = [];
  readonly #watched = new Map<number, { readonly machine: WatchedMachine; readonly witness: MachineWitness }>();
  #instances = new Map<number, InstanceSeen>();
  #subject: Subject | null = null;
  #interject: (step: TestStep) => void = () => undefined;
  #test: Place | null = null;
  #root: Place | null = null;
  /** The step that the interaction is doing; null where time goes on. */
  #step: ReachedStep | null = null;
  #isFull = false;

  constructor(program: PlayProgram, interferences: readonly Interference[]) {
    this.#program = program;
    this.#interferences = interferences;
    this.#elements = indexElements(program.model);
  }

  record(): PlayRecording {
    const { model, test, way, isScript } = this.#program;
    const outcome = playTest(model, test, this, { way, toTheEnd: isScript });
    const { verdict, message, place } = outcome;
    if (verdict === 'pass' && !isScript) this.#say(`${test.name} passes.`);
    if (verdict !== 'pass') this.#say(message, true, place ?? undefined);
    const failure: RunProblem | null =
      verdict === 'pass' ? null : { code: 'assertion-failed', message, place: this.#placeOr(place) };
    this.#rest(failure);
    if (failure === null && isScript) this.#goOn();
    const { isOver = true, instances } = this.#subject ?? {};
    const lives = [...(instances?.values() ?? [])].some(({ stepper }) => stepper.status === 'live');
    const isWhole = failure === null && this.#moments.at(-1)?.problem === null;
    return { moments: this.#moments, isLive: isScript && isWhole && (!isOver || lives) };
  }

  /** What a person lets happen behind the end. */
  #goOn(): void {
    for (const each of this.#interferences) {
      if (each.kind !== 'step' || this.#done.has(each)) continue;
      this.#done.add(each);
      const result = attempt(() => this.#interject(each.step));
      const problem = 'problem' in result ? result.problem : (this.#subject?.problem ?? null);
      this.#rest(problem === null ? null : { ...problem, place: this.#placeOr(problem.place) });
      if (problem !== null) return;
    }
  }

  compile(id: ElementId, lifeline: number): CompiledMachine | null {
    const machine = watchedMachine(this.#program.model, id);
    if (machine === null) return null;
    const witness = new MachineWitness(machine, this.#output);
    machine.watcher = {
      stroke: (stroke, frame) => this.#stroke(lifeline, stroke, frame),
      logged: (text, place) => witness.logged(text, place),
      sent: (...sent) => witness.sent(...sent),
    };
    this.#watched.set(lifeline, { machine, witness });
    return machine.compiled;
  }

  begins(subject: Subject, interject: (step: TestStep) => void): void {
    this.#subject = subject;
    this.#interject = interject;
  }

  tested({ id, place }: TestStep): void {
    this.#step = null;
    if (this.#program.isScript) return;
    this.#test = place;
    this.#mark({ kind: 'step', element: id, place, depth: 0, branch: null, lifeline: null, execution: -1 });
  }

  reached(step: ReachedStep): void {
    const { element, execution, branch, depth } = step;
    const place = this.#placeOf(element);
    this.#step = step;
    if (execution.message === null) this.#root = place;
    const at = this.#subject?.executions.indexOf(execution) ?? -1;
    const lifeline = execution.message?.to ?? null;
    this.#mark({ kind: 'step', element, place, depth: depth + 1, branch, lifeline, execution: at });
  }

  occurred(occurrence: Occurrence): void {
    // Whose it is does not matter: all are looked at anew.
    this.#instances.clear();
    // What ended the run is said with the verdict.
    if (occurrence.kind !== 'error') this.#output.push(...saidOf(occurrence));
  }

  noted(element: ElementId, text: string): void {
    this.#say(text, false, this.#elements.has(element) ? this.#placeOf(element) : undefined);
  }

  decided(taken: number, count: number): void {
    if (count > 1) this.#say(`Left open: way ${taken + 1} of ${count} is taken.`);
  }

  settled(): void {
    this.#step = null;
    for (const each of this.#interferences) {
      if (each.kind !== 'step' || each.at >= this.#moments.length || this.#done.has(each)) continue;
      this.#done.add(each);
      this.#interject(each.step);
    }
  }

  #stroke(lifeline: number, stroke: Stroke, frame: Frame): void {
    const watched = this.#watched.get(lifeline);
    const stepper = this.#subject?.instances.get(lifeline)?.stepper;
    if (watched === undefined || stepper === undefined) return;
    for (const each of this.#changes()) {
      if (each.lifeline === lifeline) frame.slots[each.slot] = each.value;
    }
    const moment = watched.witness.during(stroke, frame, stepper);
    this.#output.push(...moment.output);
    this.#instances.set(lifeline, { machine: watched.machine, moment });
    const depth = (this.#step === null ? 1 : this.#step.depth + 2) + stroke.depth;
    const { kind, element, place } = stroke;
    this.#mark({ kind, element, place, depth, branch: this.#step?.branch ?? null, lifeline, execution: -1 });
    // What comes behind it is not what was before.
    this.#instances.delete(lifeline);
  }

  #changes(): readonly Extract<Interference, { kind: 'set' }>[] {
    const at = this.#moments.length;
    return this.#interferences.filter((each) => each.kind === 'set' && each.at === at) as Extract<
      Interference,
      { kind: 'set' }
    >[];
  }

  #mark(doing: Doing): void {
    if (this.#isFull) return;
    if (this.#moments.length >= MOMENT_LIMIT) {
      this.#isFull = true;
      this.#say(
        `Only the first ${MOMENT_LIMIT.toLocaleString('en')} moments are kept: what comes behind is run, not shown.`,
      );
      return;
    }
    this.#change();
    this.#moments.push(this.#seen(doing, null));
  }

  #rest(problem: RunProblem | null): void {
    this.#change();
    const element = this.#program.test.behaviour;
    const place = problem?.place ?? this.#test ?? this.#placeOf(element);
    const doing: Doing = { kind: 'rest', element, place, depth: 0, branch: null, lifeline: null, execution: -1 };
    this.#moments.push(this.#seen(doing, problem));
  }

  /** What takes hold before the moment that comes now. */
  #change(): void {
    const subject = this.#subject;
    if (subject === null) return;
    for (const { lifeline, slot, value } of this.#changes()) if (lifeline === null) subject.frame().slots[slot] = value;
    for (const each of this.#interferences) {
      if (each.kind !== 'step' || each.step.kind !== 'given' || each.at !== this.#moments.length) continue;
      this.#done.add(each);
      this.#interject(each.step);
    }
  }

  #seen(doing: Doing, problem: RunProblem | null): PlayMoment {
    const subject = this.#subject;
    return {
      ...doing,
      time: subject?.now ?? 0,
      output: this.#output.splice(0),
      problem,
      test: this.#test,
      root: this.#root,
      values: subject instanceof InteractionSubject ? [...subject.frame().slots] : [],
      executions: this.#executions(),
      instances: this.#allInstances(),
      waits: subject?.waits ?? [],
    };
  }

  #executions(): readonly ExecutionSeen[] {
    const subject = this.#subject;
    if (!(subject instanceof InteractionSubject)) return [];
    const { lifelines } = subject.compiled;
    return subject.executions.flatMap(({ message, caller, since, at }) => {
      if (message === null) return [];
      const { id, name, signature, from, to } = message;
      const what = name === '' ? signature.slice(signature.lastIndexOf('.') + 1) : name;
      const whose = lifelines[from]?.name ?? caller?.message?.name ?? '';
      return { lifeline: to, message: id, name: what, caller: whose, since, place: this.#placeOf(at ?? id) };
    });
  }

  #allInstances(): ReadonlyMap<number, InstanceSeen> {
    for (const [lifeline, { stepper }] of this.#subject?.instances ?? []) {
      const watched = this.#watched.get(lifeline);
      if (watched === undefined || this.#instances.has(lifeline)) continue;
      const moment = { ...watched.witness.atRest(stepper.snapshot(), stepper.problem), output: [] };
      this.#instances.set(lifeline, { machine: watched.machine, moment });
    }
    const here = this.#subject?.instances;
    return new Map([...this.#instances].filter(([lifeline]) => here?.has(lifeline) === true));
  }

  #say(text: string, isError = false, place?: Place): void {
    this.#output.push({ text, isError, ...(place === undefined ? {} : { place }) });
  }

  /** What a person typed stands nowhere. */
  #placeOr(place: Place | null): Place {
    return place === null || place.uri === '' ? this.#placeOf(this.#program.test.behaviour) : place;
  }

  #placeOf(element: ElementId): Place {
    const found = this.#elements.get(element) ?? this.#elements.get(this.#program.test.behaviour);
    return found === undefined ? this.#program.test.place : headOf(found);
  }
}
