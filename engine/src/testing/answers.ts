/**
 * Who answers the calls that the actions of a machine make in a test: what the test gives, else what the operation `returns`; on its own
 * an operation does not fail by chance there. Takes no time, as the step that calls takes none.
 */
import type { Oracle, StepperOptions } from '../behavior/index.ts';
import { compileExpression, dataTypesOf, type Evaluate, Frame, slotScope } from '../expressions/index.ts';
import type { ElementId, Expression, Model, Operation, OperationCost, TestCase, Value } from '../model/index.ts';
import { drawsOf } from './draws.ts';

/** By operation; what is given later in a test counts from its beginning. */
export function standInsOf(test: TestCase): ReadonlyMap<ElementId, OperationCost> {
  const standIns = new Map<ElementId, OperationCost>();
  for (const step of test.steps) {
    if (step.kind === 'given') standIns.set(step.operation, { ...standIns.get(step.operation), ...step.cost });
  }
  return standIns;
}

export function answers(
  model: Model,
  standIns: ReadonlyMap<ElementId, OperationCost>,
  oracle: Oracle,
  seed: number,
): NonNullable<StepperOptions['answer']> {
  const operations = new Map(model.components.flatMap((component) => component.operations.map((one) => [one.id, one])));
  const compiled = new Map<Expression, Evaluate>();
  const frame = new Frame();
  const happens = (probability: number): boolean => probability > 0 && (probability >= 1 || oracle.pick(2) === 0);
  const lawOf = ({ id, parameters }: Operation, result: NonNullable<OperationCost['result']>): Evaluate => {
    const { source, streams } = drawsOf(id, seed);
    const scope = slotScope(
      parameters.map((parameter) => parameter.id),
      source,
    );
    const law = compileExpression(result, { ...scope, dataTypes: dataTypesOf(model) });
    return (within) => {
      within.streams = streams;
      return law(within);
    };
  };
  return (_instance, id, values): Value => {
    const operation = operations.get(id);
    const given = standIns.get(id);
    const result = given?.result ?? operation?.result;
    if (operation === undefined || (given?.fails !== undefined && happens(given.fails.probability))) return null;
    if (result === undefined) return null;
    if (result.kind === 'draw' && result.distribution.kind === 'chance')
      return happens(result.distribution.probability);
    const law = compiled.get(result) ?? lawOf(operation, result);
    compiled.set(result, law);
    frame.slots = [...values];
    return law(frame);
  };
}
