/** The text of `log`, split at its `{name}` parts; a dot leads to an attribute: `{cart.total}`. */
import type { Expression, ValueType } from '@pollux/engine/model';
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import { attributesOf } from '../links/declared-names.ts';
import type { Names } from '../links/name-scope.ts';
import { suggestion } from '../links/near-names.ts';
import { declaredTypeOf } from '../links/value-members.ts';
import { variablesAround } from '../links/variables-in-scope.ts';
import { idOf } from './element-ids.ts';
import { type Lowering, placeOfProperty } from './lowering.ts';
import { typeOfValue } from './paths.ts';
import { unknownType } from './value-types.ts';

export function lowerLogText(lowering: Lowering, node: ast.Log): (string | Expression)[] {
  const visible = variablesAround(node);
  const parts: (string | Expression)[] = [];
  for (const [index, part] of (node.text ?? '').split(/\{([^{}]*)\}/).entries()) {
    if (index % 2 === 0) {
      if (part !== '') parts.push(part);
      continue;
    }
    const expression = lowerPart(lowering, node, part.trim(), visible);
    if (expression !== undefined) parts.push(expression);
  }
  return parts;
}

function lowerPart(lowering: Lowering, node: ast.Log, path: string, visible: readonly Names[]): Expression | undefined {
  const place = placeOfProperty(lowering, node, 'text');
  const [first = '', ...rest] = path.split('.');
  const variable = find(visible, first);
  if (variable === undefined) {
    const names = visible.flatMap((layer) => [...layer.keys()]);
    const message = `There is no variable called \`${first}\` to put into the text.${suggestion(first, names)}`;
    lowering.report('unresolved-name', place, message);
    return undefined;
  }
  let value: Expression = { kind: 'variable', variable: idOf(variable), type: typeOf(variable), place };
  let current: AstNode = variable;
  for (const name of rest) {
    const declared = declaredTypeOf(current);
    const data = declared === undefined || declared.isList ? undefined : declared.type.declared?.ref;
    // A type that is unknown has a finding of its own.
    if (declared !== undefined && declared.type.primitive === undefined && data === undefined && !declared.isList)
      return undefined;
    const attributes = ast.isDataType(data) ? attributesOf(data) : new Map<string, AstNode[]>();
    const attribute = find([attributes], name);
    if (attribute === undefined) {
      const owner = ast.isDataType(data) ? `\`${data.name}\`` : `\`${first}\``;
      const message = `${owner} has no attribute called \`${name}\` to put into the text.${suggestion(name, attributes.keys())}`;
      lowering.report('unresolved-name', place, message);
      return undefined;
    }
    value = { kind: 'attribute-of', object: value, attribute: idOf(attribute), name, type: typeOf(attribute), place };
    current = attribute;
  }
  return value;
}

function find(layers: readonly Names[], name: string): AstNode | undefined {
  return layers.map((names) => names.get(name)?.[0]).find((found) => found !== undefined);
}

function typeOf(node: AstNode): ValueType {
  return typeOfValue(node) ?? unknownType;
}
