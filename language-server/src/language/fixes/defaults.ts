/** Values for the parameters of a state's behaviour that nothing brings. */
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { inserted } from './changes.ts';
import type { Found } from './found.ts';
import { initialOf } from './guessed-type.ts';

/** A default for each parameter of the behaviour that has none, or `[0..1]` where its type has no plain value. */
export function withDefaults({ node, document }: Found): Fix[] {
  if (!ast.isParameter(node)) return [];
  const { parameters } = node.$container;
  const edits = parameters.flatMap((parameter) => {
    const end = parameter.$cstNode?.end;
    if (end === undefined || parameter.initial !== undefined || parameter.type?.multiplicity !== undefined) return [];
    return [inserted(document, end, defaultOf(parameter.type))];
  });
  const [first] = edits;
  if (first === undefined) return [];
  const title = edits.length === 1 ? `Add \`${first.text.trim()}\`` : 'Add defaults';
  return [{ title, edits, certainty: 'possible' }];
}

function defaultOf(type: ast.Type | undefined): string {
  const declared = type?.declared?.ref;
  const literal = ast.isEnumeration(declared) ? declared.literals[0] : undefined;
  if (ast.isEnumeration(declared) && literal !== undefined) return ` = ${declared.name}.${literal.name}`;
  const word = type?.primitive === 'Decimal' ? 'Real' : type?.primitive;
  return word === undefined ? '[0..1]' : ` = ${initialOf[word]}`;
}
