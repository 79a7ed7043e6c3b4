/** Parameters, attributes, variables, and the arguments that go to them. */
import type { Argument, Variable } from '@pollux/engine/model';
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { EventReceiver } from '../links/declared-names.ts';
import { kindName } from '../links/kind-names.ts';
import { allParameters } from '../links/parameters.ts';
import type { Callee } from '../links/scope-provider.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf } from './lowering.ts';
import { typeOfValue } from './paths.ts';
import { lowerType, unknownType } from './value-types.ts';

export function lowerVariable(lowering: Lowering, node: ast.Parameter | ast.Variable | ast.Attribute): Variable {
  const type = lowerType(lowering, node.type);
  const initial = node.initial === undefined ? undefined : lowerExpression(lowering, node.initial, type);
  return { ...elementOf(lowering, node), kind: 'variable', type, ...(initial === undefined ? {} : { initial }) };
}

/** Names bound by the receiver of an event, with the types of the attributes or parameters at their positions. */
export function lowerBindings(lowering: Lowering, receiver: EventReceiver): Variable[] {
  const bindings = 'signals' in receiver ? receiver.signals.flatMap((pattern) => pattern.bindings) : receiver.bindings;
  return bindings.map(
    (binding): Variable => ({
      ...elementOf(lowering, binding),
      kind: 'variable',
      type: typeOfValue(binding) ?? unknownType,
    }),
  );
}

interface ArgumentOptions {
  /** Parameters without an argument stay absent instead of being an error. */
  readonly mayOmit?: boolean;
}

/** Arguments by position or name, each checked against its parameter. `at` is where a missing one is reported. */
export function lowerArguments(
  lowering: Lowering,
  given: readonly ast.Argument[],
  callee: Callee | undefined,
  at: AstNode,
  options: ArgumentOptions = {},
): Argument[] {
  if (callee === undefined) {
    for (const argument of given) lowerExpression(lowering, argument.value);
    return [];
  }
  const lowered: Argument[] = [];
  const parameters = allParameters(callee);
  const served = new Set<ast.Parameter>();
  for (const [index, argument] of given.entries()) {
    const parameter = argument.parameter === undefined ? parameters[index] : argument.parameter.ref;
    const value = lowerArgument(lowering, argument, parameter);
    if (parameter === undefined) {
      if (argument.parameter === undefined) reportSurplus(lowering, argument, callee, given.length);
    } else if (served.has(parameter)) {
      lowering.report('wrong-arguments', placeOf(lowering, argument), `\`${parameter.name}\` is given twice.`);
    } else {
      served.add(parameter);
      lowered.push({ parameter: parameterId(parameter, callee), value });
    }
  }
  const missing = parameters.filter((parameter) => !served.has(parameter) && parameter.initial === undefined);
  if (missing.length > 0 && options.mayOmit !== true && given.length <= parameters.length) {
    const names = missing.map((parameter) => `\`${parameter.name}\``).join(', ');
    lowering.report(
      'wrong-arguments',
      placeOf(lowering, at),
      `${titled(callee)} also needs ${names}: \`${signatureOf(callee)}\`.`,
    );
  }
  return lowered;
}

/** What a machine inherits is its own. */
function parameterId(parameter: ast.Parameter, callee: Callee): string {
  const isInherited = ast.isMachine(callee) && parameter.$container !== callee;
  return isInherited ? `${idOf(callee)}.${parameter.name}` : idOf(parameter);
}

function lowerArgument(lowering: Lowering, argument: ast.Argument, parameter: ast.Parameter | undefined) {
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  const type = parameter === undefined ? undefined : lowerType(silent, parameter.type);
  return lowerExpression(lowering, argument.value, type);
}

function reportSurplus(lowering: Lowering, argument: ast.Argument, callee: Callee, count: number): void {
  const { length } = allParameters(callee);
  const takes = length === 0 ? 'no arguments' : `only ${length}`;
  const message = `${titled(callee)} takes ${takes}, but ${count} are given: \`${signatureOf(callee)}\`.`;
  lowering.report('wrong-arguments', placeOf(lowering, argument), message);
}

function titled(callee: Callee): string {
  const kind = kindName(callee).replace(/^an? /, '');
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} \`${callee.name}\``;
}

/** `Pay(ok: Boolean)`: as declared, on one line. */
export function signatureOf(callee: Callee): string {
  const parameters = allParameters(callee).map((parameter) => {
    return `${parameter.name}: ${typeText(parameter.type)}`;
  });
  return parameters.length === 0 && ast.isSignal(callee) ? callee.name : `${callee.name}(${parameters.join(', ')})`;
}

/** A type as it is written, with its multiplicity. */
export function typeText(type: ast.Type | undefined): string {
  const name = type?.primitive ?? type?.declared?.$refText ?? '?';
  const { multiplicity } = type ?? {};
  if (multiplicity === undefined) return name;
  const lower = multiplicity.lower === undefined ? '' : `${multiplicity.lower}..`;
  return `${name}[${lower}${multiplicity.unbounded ? '*' : (multiplicity.upper ?? '')}]`;
}
