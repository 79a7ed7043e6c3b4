/**
 * Laws of times that only some expectation asks for: waits of messages and at nodes, and how machine instances move through their
 * states. Which there are is known before the run, so that one that nobody asks for costs nothing.
 */
import { QuantileSketch } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';

export interface LawPlan {
  readonly size: number;
  /** Where the waits of messages begin, then those of node instances; -1: nobody asks. */
  readonly waits: number;
  readonly nodeWaits: number;
  /** By compiled machine: where its stays by vertex begin, then the times to get there, then the one of whole lives; -1. */
  readonly machines: readonly number[];
}

const ofMachines: ReadonlySet<string> = new Set(['time_in', 'time_to', 'probability']);

export function lawPlan({
  scenario,
  program,
  layout,
  machines,
}: Pick<CompiledScenario, 'scenario' | 'program' | 'layout' | 'machines'>): LawPlan {
  const asked = scenario.expectations.map(({ measure }) => ({
    element: measure.element,
    measure: measure.of ?? measure.statistic,
    isLaw: measure.of !== undefined && measure.statistic !== 'mean',
  }));
  let size = 0;
  const room = (count: number): number => {
    size += count;
    return size - count;
  };
  const asksWaits = asked.some(({ measure, isLaw }) => isLaw && measure === 'wait');
  const waits = asksWaits ? room(program.messages.length) : -1;
  const nodeWaits = asksWaits ? room(layout.kindOfNode.length) : -1;
  const ofMachine = machines.map(({ id, vertices }) => {
    const isAsked = asked.some(
      ({ element, measure }) =>
        ofMachines.has(measure) && (element === id || vertices.some((vertex) => vertex.id === element)),
    );
    return isAsked ? room(2 * vertices.length + 1) : -1;
  });
  return { size, waits, nodeWaits, machines: ofMachine };
}

export class AskedLaws {
  readonly plan: LawPlan;
  readonly sketches: readonly QuantileSketch[];
  /** By token of an execution: what it has waited; below 0 where it has asked for nothing yet. */
  readonly #waited: Float64Array;

  constructor(scenario: CompiledScenario, tokenLimit: number) {
    this.plan = lawPlan(scenario);
    this.sketches = Array.from({ length: this.plan.size }, () => new QuantileSketch());
    this.#waited = new Float64Array(this.plan.waits >= 0 ? tokenLimit : 0);
  }

  get recordsWaits(): boolean {
    return this.plan.waits >= 0;
  }

  /** A replication begins, or its warm-up ends. */
  clear(): void {
    for (const sketch of this.sketches) sketch.clear();
  }

  /** An execution begins. */
  begin(token: number): void {
    this.#waited[token] = -1;
  }

  /** It has asked for something that it might have to wait for, or has waited for it. */
  wait(token: number, time: number): void {
    this.#waited[token] = Math.max(0, this.#waited[token]!) + time;
  }

  waitAtNode(node: number, time: number): void {
    this.sketches[this.plan.nodeWaits + node]!.record(time);
  }

  /** An execution ends. */
  end(token: number, message: number): void {
    const waited = this.#waited[token]!;
    if (waited >= 0) this.sketches[this.plan.waits + message]!.record(waited);
  }
}
