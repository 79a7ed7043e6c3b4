/** What tells instances of a behaviour apart: its first parameter, or that one's first attribute where it is a value of a data type. */
import type { ValueType } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { allParameters } from '../links/parameters.ts';
import type { Lowering } from './lowering.ts';
import { lowerType } from './value-types.ts';

/** Undefined where the behaviour has no parameters, so that its instances cannot be told apart. */
export function keyTypeOf(behaviour: ast.Machine | ast.Activity): ValueType | undefined {
  const silent: Lowering = { uri: '', report: () => undefined };
  const [first] = allParameters(behaviour);
  if (first === undefined) return undefined;
  const data = first.type?.declared?.ref;
  return lowerType(
    silent,
    ast.isDataType(data) && data.attributes[0] !== undefined ? data.attributes[0].type : first.type,
  );
}
