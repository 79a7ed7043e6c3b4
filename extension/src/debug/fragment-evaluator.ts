/**
 * Compiles the expressions that a person types against a machine, and evaluates them as of a moment. How a text becomes an
 * expression is the language server's business.
 */
import { type CompiledMachine, machineScopes } from '@pollux/engine/behavior';
import {
  attempt,
  compileExpression,
  type DataTypes,
  dataTypesOf,
  Frame,
  type RunProblem,
  type Scope,
  valueText,
} from '@pollux/engine/expressions';
import type { Argument, ElementId, Expression, Model, Value, ValueType } from '@pollux/engine/model';
import { randomStream } from '@pollux/engine/numeric';
import type { Moment } from './moment.ts';
import type { Evaluated } from './walk.ts';

export class FragmentEvaluator {
  readonly dataTypes: DataTypes;
  readonly #compiled: CompiledMachine;
  readonly #scope: Scope;
  readonly #sources: ElementId[] = [];

  constructor(model: Model, compiled: CompiledMachine) {
    this.#compiled = compiled;
    this.dataTypes = dataTypesOf(model);
    const scope = machineScopes(model, compiled.variables, compiled, this.#sources)(compiled.id);
    const vertices = compiled.vertices.map(({ id }) => id);
    const variables = compiled.variables.map(({ id }) => id);
    // What is inherited or lies in a submachine has an id of its own in this machine; the text names it where it is declared.
    this.#scope = {
      ...scope,
      locate: (id) => scope.locate(id) ?? scope.locate(sameName(variables, id) ?? ''),
      state: (id) => scope.state(id) ?? scope.state(sameName(vertices, id) ?? ''),
    };
  }

  evaluate(expression: Expression, moment: Moment): Evaluated {
    return attempt(() => compileExpression(expression, this.#scope)(this.#frameOf(moment)));
  }

  isIn(state: ElementId, { active }: Moment): boolean {
    const range = this.#scope.state(state);
    const at = active[range?.strand ?? -1] ?? -1;
    return range !== undefined && at >= range.first && at <= range.last;
  }

  /** The values of an event's attributes or parameters, by position; what is not given is absent. */
  argumentsOf(element: ElementId, given: readonly Argument[], moment: Moment): readonly Value[] | RunProblem {
    const { signals, operations } = this.#compiled;
    const signal = signals.find(({ id }) => id === element);
    const order = signal?.attributes ?? operations.find(({ id }) => id === element)?.parameters ?? [];
    const values: Value[] = [];
    for (const { id } of order) {
      const argument = given.find(({ parameter }) => parameter === id);
      const result = argument === undefined ? { value: null } : this.evaluate(argument.value, moment);
      if ('problem' in result) return result.problem;
      values.push(result.value);
    }
    return values;
  }

  text(value: Value, type: ValueType): string {
    if (value === null) return 'absent';
    return typeof value === 'string' && type.kind !== 'enumeration'
      ? `"${value}"`
      : valueText(value, type, this.dataTypes);
  }

  #frameOf(moment: Moment): Frame {
    const frame = new Frame();
    frame.slots = [...moment.slots];
    frame.event = moment.event?.carried ?? [];
    frame.now = moment.time;
    frame.began = moment.began;
    frame.active = Int32Array.from(moment.active);
    frame.streams = this.#sources.map((source) => randomStream(1, source));
    return frame;
  }
}

function sameName(ids: readonly ElementId[], id: ElementId): ElementId | undefined {
  const name = id.slice(id.lastIndexOf('.'));
  return ids.find((candidate) => candidate.endsWith(name));
}
