/** Expectations: a measure of an element, held against a bound or against the simulation. */

import type { Expectation } from '@pollux/engine/model';
import { type MeasurableKind, type MeasureDeclaration, measureNamed, measures } from '@pollux/engine/property';
import type * as ast from '../../generated/ast.ts';
import { kindName } from '../links/kind-names.ts';
import { suggestion } from '../links/near-names.ts';
import { evaluateConstant } from './constants.ts';
import { contentOf, idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword, placeOfProperty } from './lowering.ts';
import { primitive } from './value-types.ts';

/** Undefined where it cannot be judged: the measure, its element or the bound is unknown. */
export function lowerExpectation(lowering: Lowering, node: ast.Expectation, inTwin: boolean): Expectation | undefined {
  const measure = lowerMeasure(lowering, node);
  const demand = lowerDemand(lowering, node, measure);
  const over = lowerWindow(lowering, node, inTwin);
  if (node.operator === undefined && !inTwin && node.tolerance !== undefined) {
    const message = 'Only a twin compares with simulation; a scenario is one. Give a bound: `< 300 ms`.';
    lowering.report('wrong-measure', placeOf(lowering, node), message);
    return undefined;
  }
  const element = node.measure?.element?.steps.at(-1)?.to?.ref;
  if (measure === undefined || demand === undefined || element === undefined) return undefined;
  const label = node.name === undefined ? placeOf(lowering, node.measure) : placeOfProperty(lowering, node, 'name');
  return {
    ...elementOf(lowering, node),
    label,
    kind: 'expectation',
    measure: { statistic: measure.name, element: idOf(element) },
    demand,
    ...(over === undefined ? {} : { over }),
    text: contentOf(node)
      .replace(/^expect\s+/, '')
      .replace(/^\w+\s*:\s*/, ''),
  };
}

function lowerMeasure(lowering: Lowering, node: ast.Expectation): MeasureDeclaration | undefined {
  const name = node.measure?.statistic;
  if (name === undefined) return undefined;
  const measure = measureNamed(name);
  if (measure === undefined) {
    const names = measures.map((declared) => declared.name);
    const message = `There is no measure called \`${name}\`.${suggestion(name, names) || ` Measures are ${names.join(', ')}.`}`;
    lowering.report('wrong-measure', placeOfProperty(lowering, node.measure, 'statistic'), message);
    return undefined;
  }
  const element = node.measure.element?.steps.at(-1)?.to?.ref;
  if (element === undefined) return undefined;
  if ((measure.appliesTo as readonly string[]).includes(element.$type.toLowerCase())) return measure;
  const kinds = measure.appliesTo.map((kind) => kindName(titleCase(kind))).join(' or ');
  const message = `\`${name}\` is measured of ${kinds}, but \`${element.name}\` is ${kindName(element)}.`;
  lowering.report('wrong-measure', placeOf(lowering, node.measure), message);
  return undefined;
}

function titleCase(kind: MeasurableKind): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

const typeOfUnit = { s: 'Duration', '1/s': 'Rate', '1': 'Real' } as const;

function lowerDemand(
  lowering: Lowering,
  node: ast.Expectation,
  measure: MeasureDeclaration | undefined,
): Expectation['demand'] | undefined {
  if (node.operator !== undefined) {
    const type = measure === undefined ? undefined : primitive(typeOfUnit[measure.unit]);
    const bound = evaluateConstant(lowerExpression(lowering, node.bound, type));
    return typeof bound === 'number' ? { kind: 'bound', operator: node.operator, bound } : undefined;
  }
  const tolerance = evaluateConstant(lowerExpression(lowering, node.tolerance, primitive('Percent')));
  return typeof tolerance === 'number' ? { kind: 'simulation', tolerance } : undefined;
}

function lowerWindow(lowering: Lowering, node: ast.Expectation, inTwin: boolean): number | undefined {
  if (node.over === undefined) return undefined;
  const over = evaluateConstant(lowerExpression(lowering, node.over, primitive('Duration')));
  if (!inTwin) {
    const message = '`over` is the sliding window of a twin; a scenario judges its whole run. Remove it.';
    lowering.report('wrong-measure', placeOfKeyword(lowering, node, 'over'), message);
    return undefined;
  }
  return typeof over === 'number' ? over : undefined;
}
