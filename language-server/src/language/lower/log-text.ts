/** The text of `log`, split at its `{name}` parts. */
import type { Expression } from '@pollux/engine/model';
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { bindingsOf, interactionVariables, machineVariables } from '../links/declared-names.ts';
import type { Names } from '../links/name-scope.ts';
import { suggestion } from '../links/near-names.ts';
import { idOf } from './element-ids.ts';
import { type Lowering, placeOfProperty } from './lowering.ts';
import { unknownType } from './value-types.ts';

export function lowerLogText(lowering: Lowering, node: ast.Log): (string | Expression)[] {
  const place = placeOfProperty(lowering, node, 'text');
  const visible = namesAround(node);
  const parts: (string | Expression)[] = [];
  for (const [index, part] of (node.text ?? '').split(/\{([^{}]*)\}/).entries()) {
    if (index % 2 === 0) {
      if (part !== '') parts.push(part);
      continue;
    }
    const name = part.trim();
    const variable = visible.map((names) => names.get(name)?.[0]).find((found) => found !== undefined);
    if (variable === undefined && isOfUnknownType(name, visible)) continue;
    if (variable === undefined) {
      const names = visible.flatMap((layer) => [...layer.keys()]);
      const message = `There is no variable called \`${name}\` to put into the text.${suggestion(name, names)}`;
      lowering.report('unresolved-name', place, message);
    } else parts.push({ kind: 'variable', variable: idOf(variable), type: unknownType, place });
  }
  return parts;
}

/** `{card.holder}` where the type of `card` has a finding of its own. */
function isOfUnknownType(name: string, visible: readonly Names[]): boolean {
  const [first = '', ...rest] = name.split('.');
  const owner = visible.map((names) => names.get(first)?.[0]).find((found) => found !== undefined);
  if (rest.length === 0 || (!ast.isParameter(owner) && !ast.isVariable(owner))) return false;
  return owner.type?.primitive === undefined && owner.type?.enumeration?.ref === undefined;
}

function namesAround(node: ast.Log): Names[] {
  const transition = AstUtils.getContainerOfType(node, ast.isTransition);
  const bindings = ast.isSignalTrigger(transition?.trigger) ? bindingsOf(transition.trigger) : undefined;
  return [
    ...(bindings === undefined ? [] : [bindings]),
    machineVariables(AstUtils.getContainerOfType(node, ast.isMachine)),
    interactionVariables(AstUtils.getContainerOfType(node, ast.isInteraction)),
  ];
}
