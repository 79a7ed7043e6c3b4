/** Measures and what they are held against. Which measures there are, and of what, is declared in the engine. */
import type { Expectation, Measure } from '@pollux/engine/model';
import { isShare, type MeasureDeclaration, measureNamed, measures } from '@pollux/engine/property';
import type * as ast from '../../generated/ast.ts';
import { isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';
import { suggestion } from '../links/near-names.ts';
import { contentOf, idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { aboveZero, lowerKnown, type Range } from './known-quantities.ts';
import { type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { isMeasuredOf, kindsOf } from './measured-kinds.ts';
import { primitive } from './value-types.ts';

interface LoweredMeasure {
  readonly measure: Measure;
  readonly unit: MeasureDeclaration['unit'];
}

/** Undefined where there is no such measure, or not of that element; that is reported. */
export function lowerMeasure(lowering: Lowering, node: ast.Measure | undefined): LoweredMeasure | undefined {
  const declared = lowerStatistic(lowering, node);
  const inner = node?.of === undefined ? undefined : lowerStatistic(lowering, node.of);
  if (node === undefined || declared === undefined || (node.of !== undefined && inner === undefined)) return undefined;
  const measured = inner ?? declared;
  const path = node.of === undefined ? node.element : node.of.element;
  if (inner !== undefined && !(declared.summarises && !inner.summarises)) {
    const message = inner.summarises
      ? `\`${inner.name}\` is a summary already. Write one of them: \`${inner.name}(…)\`.`
      : `\`${declared.name}\` does not sum up \`${inner.name}\`. Write \`mean\`, \`max\` or a percentile: \`p95(${inner.name}(…))\`.`;
    lowering.report('wrong-measure', placeOf(lowering, node), message);
    return undefined;
  }
  if (path === undefined) return lowerWhole(lowering, node, measured);
  const element = path.steps.at(-1)?.to?.ref;
  if (element === undefined) return undefined;
  if (!isMeasuredOf(measured, element)) {
    const is = isBuiltInName(element) ? 'a property' : kindName(element);
    const of = kindsOf(measured);
    const message =
      of === ''
        ? `\`${measured.name}\` is measured of the whole: remove \`(${contentOf(path)})\`.`
        : `\`${measured.name}\` is measured of ${of}, but \`${contentOf(path)}\` is ${is}.`;
    lowering.report('wrong-measure', placeOf(lowering, node), message);
    return undefined;
  }
  const of = inner === undefined ? {} : { of: inner.name };
  const id = isBuiltInName(element) ? `${idOf(path.steps.at(-2)?.to?.ref)}.${element.name}` : idOf(element);
  return { measure: { statistic: declared.name, ...of, element: id }, unit: measured.unit };
}

function lowerStatistic(lowering: Lowering, node: ast.Measure | undefined): MeasureDeclaration | undefined {
  const name = node?.statistic;
  if (node === undefined || name === undefined) return undefined;
  const measure = measureNamed(name);
  if (measure !== undefined) return measure;
  const names = measures.map((declared) => declared.name);
  const message = `There is no measure called \`${name}\`.${suggestion(name, names) || ` Measures are ${names.join(', ')}.`}`;
  lowering.report('wrong-measure', placeOfProperty(lowering, node, 'statistic'), message);
  return undefined;
}

/** What is measured of no element: `cost`. */
function lowerWhole(lowering: Lowering, node: ast.Measure, measured: MeasureDeclaration): LoweredMeasure | undefined {
  if (measured.appliesTo.length === 0) {
    return { measure: { statistic: measured.name, element: '' }, unit: measured.unit };
  }
  const message = `\`${measured.name}\` of what? Write ${kindsOf(measured)} behind it: \`${measured.name}(…)\`.`;
  lowering.report('wrong-measure', placeOf(lowering, node), message);
  return undefined;
}

const typeOfUnit = { s: 'Duration', '1/s': 'Rate', '1': 'Real' } as const;

const tolerances: Range = { ...aboveZero, words: 'Write a share above 0 %: `within 25 % of simulation`.' };

/** Undefined where it cannot be judged; why is reported. */
export function lowerComparison(
  lowering: Lowering,
  node: ast.Comparison,
): Pick<Expectation, 'measure' | 'demand'> | undefined {
  const measured = lowerMeasure(lowering, node.measure);
  if (node.operator === undefined) {
    const tolerance =
      node.tolerance === undefined ? undefined : lowerKnown(lowering, node.tolerance, primitive('Percent'), tolerances);
    if (measured === undefined || tolerance === undefined) return undefined;
    return { measure: measured.measure, demand: { kind: 'simulation', tolerance } };
  }
  const type = measured === undefined ? undefined : primitive(typeOfUnit[measured.unit]);
  if (type === undefined || measured === undefined) {
    lowerExpression(lowering, node.bound);
    return undefined;
  }
  const bound = node.bound === undefined ? undefined : lowerKnown(lowering, node.bound, type, boundsOf(node, measured));
  if (bound === undefined) return undefined;
  return { measure: measured.measure, demand: { kind: 'bound', operator: node.operator, bound } };
}

/** A share above 1 is a percentage without its sign. */
function boundsOf(node: ast.Comparison, { measure, unit }: LoweredMeasure): Range {
  const name = measure.of ?? measure.statistic;
  if (!isShare(name))
    return {
      holds: (value) => value >= 0,
      words: unit === 's' ? 'Write a time from 0 on.' : 'Write a number from 0 on.',
    };
  const text = contentOf(node.bound);
  const hint = /^\d+(\.\d+)?$/.test(text) && Number(text) <= 100 ? `: write \`${text} %\`` : '';
  return { holds: (value) => value >= 0 && value <= 1, words: `A share lies between 0 % and 100 %${hint}.` };
}
