/** Values of data types: `Cart(id: "c-1", total: 10)`. Attributes by name or position; those not given have their default. */
import type { Expression } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { lowerType } from './value-types.ts';

export function lowerConstruct(lowering: Lowering, node: ast.Call, data: ast.DataType): Expression {
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  const values = new Map<ast.Attribute, Expression>();
  for (const [index, argument] of node.arguments.entries()) {
    const labelled = argument.label?.ref;
    const attribute =
      argument.label === undefined ? data.attributes[index] : ast.isAttribute(labelled) ? labelled : undefined;
    const type = attribute === undefined ? undefined : lowerType(silent, attribute.type);
    const value = lowerExpression(lowering, argument.value, type);
    if (argument.weight !== undefined) {
      lowering.report(
        'wrong-arguments',
        placeOf(lowering, argument),
        `\`${data.name}\` takes attributes, not weights: \`${constructText(data)}\`.`,
      );
    } else if (attribute === undefined) {
      if (argument.label === undefined) {
        const message = `\`${data.name}\` has only ${data.attributes.length} attributes: \`${constructText(data)}\`.`;
        lowering.report('wrong-arguments', placeOf(lowering, argument), message);
      }
    } else if (values.has(attribute)) {
      lowering.report('wrong-arguments', placeOf(lowering, argument), `\`${attribute.name}\` is given twice.`);
    } else values.set(attribute, value);
  }
  for (const attribute of data.attributes) {
    if (values.has(attribute)) continue;
    const type = lowerType(silent, attribute.type);
    if (attribute.initial !== undefined) values.set(attribute, lowerExpression(silent, attribute.initial, type));
    // Several values that may be none are none (UML 2.5.1, 7.5.3.2).
    else if (type.kind === 'list' && type.lower === 0) {
      values.set(attribute, { kind: 'literal', value: [], type, place: placeOf(lowering, node) });
    }
  }
  const inOrder = data.attributes.flatMap((attribute) => {
    const value = values.get(attribute);
    return value === undefined ? [] : [{ name: attribute.name, value }];
  });
  return {
    kind: 'construct',
    data: idOf(data),
    values: inOrder,
    type: { kind: 'data', id: idOf(data) },
    place: placeOf(lowering, node),
  };
}

/** `Card(number: …, holder: …)`. */
function constructText(data: ast.DataType): string {
  return `${data.name}(${data.attributes.map(({ name }) => `${name}: …`).join(', ')})`;
}
