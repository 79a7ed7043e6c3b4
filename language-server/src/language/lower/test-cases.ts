/** Test cases: the steps of a deterministic run of one behaviour, and what must hold between them. */
import type { Element, TestCase, TestStep } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';
import { receives } from '../links/receives.ts';
import { contentOf, idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { aboveZero, lowerTime } from './known-quantities.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { lowerCost } from './operations.ts';
import { primitive } from './value-types.ts';
import { lowerArguments } from './variables.ts';

const boolean = primitive('Boolean');

export function lowerTestCase(lowering: Lowering, node: ast.TestCase): TestCase | undefined {
  const behaviour = node.behaviour?.ref;
  const values = lowerArguments(lowering, node.arguments, behaviour, node, { mayOmit: true });
  const steps = node.steps.flatMap((step) => lowerStep(lowering, step, behaviour));
  checkOrder(lowering, node);
  if (behaviour === undefined) return undefined;
  return {
    ...elementOf(lowering, node),
    kind: 'test',
    behaviour: idOf(behaviour),
    arguments: values,
    everyOrder: node.everyOrder === true,
    steps,
  };
}

function lowerStep(lowering: Lowering, node: ast.TestStep, behaviour: ast.Behaviour | undefined): TestStep[] {
  const element = stepOf(lowering, node);
  switch (node.$type) {
    case 'TestSend':
      return lowerSend(lowering, node, behaviour);
    case 'TestCall': {
      const operation = node.operation?.ref;
      const values = lowerArguments(lowering, node.arguments, operation, node);
      return operation === undefined
        ? []
        : [{ ...element, kind: 'call', operation: idOf(operation), arguments: values }];
    }
    case 'TestWait':
      return [{ ...element, kind: 'after', delay: lowerTime(lowering, node.delay, aboveZero) }];
    case 'Given':
      return lowerGiven(lowering, node);
    case 'Never':
      return lowerNever(lowering, node);
    case 'TestExpectation': {
      if (!node.ended) {
        return [{ ...element, kind: 'expect', condition: lowerExpression(lowering, node.condition, boolean) }];
      }
      const result = node.result === undefined ? {} : { result: lowerExpression(lowering, node.result, boolean) };
      return [{ ...element, kind: 'expect-ended', ...result }];
    }
  }
}

function stepOf(lowering: Lowering, node: ast.TestStep): Element & { readonly text: string } {
  return { ...elementOf(lowering, node), label: placeOf(lowering, node), text: contentOf(node) };
}

function lowerSend(lowering: Lowering, node: ast.TestSend, behaviour: ast.Behaviour | undefined): TestStep[] {
  const signal = node.signal?.ref;
  const values = lowerArguments(lowering, node.arguments, signal, node);
  const lifeline = node.lifeline?.ref;
  const element = stepOf(lowering, node);
  if (signal === undefined) return [];
  if (ast.isInteraction(behaviour) && node.lifeline === undefined) {
    const message = `To whom? Name a lifeline of \`${behaviour.name}\`: \`send ${signal.name} to order\`.`;
    lowering.report('wrong-arguments', placeOf(lowering, node), message);
    return [];
  }
  const receiver = lifeline === undefined ? behaviour : lifeline.type?.ref;
  if (receiver !== undefined && !receives(receiver, signal)) {
    const message = `\`${receiver.name}\` never waits for \`${signal.name}\`: sending it changes nothing. Add \`on ${signal.name}\` there, or remove this.`;
    lowering.report('without-effect', placeOfProperty(lowering, node, 'signal'), message);
  }
  const to = lifeline === undefined ? {} : { lifeline: idOf(lifeline) };
  return [{ ...element, kind: 'send', signal: idOf(signal), arguments: values, ...to }];
}

function lowerGiven(lowering: Lowering, node: ast.Given): TestStep[] {
  const target = node.subject?.steps.at(-1)?.to?.ref;
  const operation = ast.isOperation(target) ? target : undefined;
  const cost = lowerCost(lowering, operation, node.clauses);
  if (target === undefined) return [];
  if (operation === undefined) {
    const what = isBuiltInName(target) ? 'a property' : kindName(target);
    const message = `A stand-in answers for an operation, but \`${contentOf(node.subject)}\` is ${what}. Write \`Bank.charge\`.`;
    lowering.report('wrong-kind', placeOf(lowering, node.subject), message);
    return [];
  }
  return [{ ...stepOf(lowering, node), kind: 'given', operation: idOf(operation), cost }];
}

function lowerNever(lowering: Lowering, node: ast.Never): TestStep[] {
  const element = stepOf(lowering, node);
  if (node.state === undefined) {
    const text = `never (${contentOf(node.condition)})`;
    return [{ ...element, text, kind: 'never-holds', condition: lowerExpression(lowering, node.condition, boolean) }];
  }
  const target = node.state.steps.at(-1)?.to?.ref;
  if (target === undefined) return [];
  if (!ast.isState(target) && !ast.isFinal(target) && !ast.isActivityNode(target) && !ast.isFlowFinal(target)) {
    const message = `\`never\` names a state, but this is ${isBuiltInName(target) ? 'a property' : kindName(target)}. A condition stands in parentheses: \`never (attempts > 3)\`.`;
    lowering.report('wrong-kind', placeOf(lowering, node.state), message);
    return [];
  }
  return [{ ...element, kind: 'never', state: idOf(target) }];
}

/** A test judges something, and nothing happens behind its end. */
function checkOrder(lowering: Lowering, node: ast.TestCase): void {
  const judges = node.steps.some((step) => ast.isTestExpectation(step) || ast.isNever(step));
  if (!judges && node.name !== undefined) {
    const message = `\`${node.name}\` expects nothing, so it always passes. Add \`expect …\` or \`never …\`.`;
    lowering.report('without-effect', placeOfProperty(lowering, node, 'name'), message);
  }
  const end = node.steps.findIndex((step) => ast.isTestExpectation(step) && step.ended);
  const [behind] = end < 0 ? [] : node.steps.slice(end + 1).filter(happens);
  if (behind === undefined) return;
  const message = 'The behaviour has ended by then: `expect ended` stands before. Put this step in front of it.';
  lowering.report('without-effect', placeOf(lowering, behind), message);
}

/** What is expected and ruled out may be said after the end. */
function happens(step: ast.TestStep): boolean {
  return !ast.isTestExpectation(step) && !ast.isNever(step);
}
