/** Typed expressions and actions without a text: for what a test wants to vary. */
import type { Action, Expression, Model, Value, ValueType } from '@pollux/engine/model';
import { emptyModel } from '@pollux/engine/model';

export const place = { uri: 'test', start: { line: 4, character: 0 }, end: { line: 4, character: 9 } };
export const real: ValueType = { kind: 'primitive', name: 'Real' };
export const decimal: ValueType = { kind: 'primitive', name: 'Decimal' };
export const truth: ValueType = { kind: 'primitive', name: 'Boolean' };
const unknown: ValueType = { kind: 'unknown' };

export const literal = (value: Value, type: ValueType = unknown): Expression => ({
  kind: 'literal',
  value,
  type,
  place,
});
export const variable = (id: string, type: ValueType = unknown): Expression => ({
  kind: 'variable',
  variable: id,
  type,
  place,
});
export const attributeOf = (object: Expression, name: string, type: ValueType = unknown): Expression => ({
  kind: 'attribute-of',
  object,
  attribute: `T.${name}`,
  name,
  type,
  place,
});
export const binary = (
  left: Expression,
  operator: Extract<Expression, { kind: 'binary' }>['operator'],
  right: Expression,
  type: ValueType = truth,
): Expression => ({ kind: 'binary', left, operator, right, type, place });
export const at = (list: Expression, index: Expression): Expression => ({
  kind: 'at',
  list,
  index,
  type: unknown,
  place,
});
export const size = (list: Expression): Expression => ({ kind: 'size', list, type: unknown, place });
export const contains = (list: Expression, item: Expression): Expression => ({
  kind: 'contains',
  list,
  item,
  type: truth,
  place,
});
export const list = (...items: readonly Expression[]): Expression => ({ kind: 'list', items, type: unknown, place });
export const construct = (values: Readonly<Record<string, Expression>>): Expression => ({
  kind: 'construct',
  data: 'T',
  values: Object.entries(values).map(([name, value]) => ({ name, value })),
  type: { kind: 'data', id: 'T' },
  place,
});

export const assign = (
  target: string,
  operator: '=' | '+=' | '-=',
  value: Expression,
  attributes: readonly string[] = [],
): Action => ({
  kind: 'assign',
  variable: target,
  attributes: attributes.map((name) => `T.${name}`),
  operator,
  value,
  place,
});

/** A model with one data type T whose attributes have these types. */
export function modelWithData(attributes: Readonly<Record<string, ValueType>>): Model {
  const element = (id: string, name: string) => ({ id, name, place, label: place });
  return {
    ...emptyModel('test'),
    dataTypes: [
      {
        ...element('T', 'T'),
        kind: 'data',
        attributes: Object.entries(attributes).map(([name, type]) => ({
          ...element(`T.${name}`, name),
          kind: 'variable',
          type,
          classifications: [],
        })),
      },
    ],
  };
}
