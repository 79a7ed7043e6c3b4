/** Names that every file sees without declaring them. They have no place in any text. */
import type { AstNode } from 'langium';
import { type Names, namesOf } from './name-scope.ts';

export interface BuiltInName extends AstNode {
  readonly $type: 'BuiltInName';
  readonly name: string;
  readonly meaning: string;
}

const everywhere: readonly BuiltInName[] = [
  { $type: 'BuiltInName', name: 'now', meaning: 'The current time, since the run began.' },
  { $type: 'BuiltInName', name: 'elapsed', meaning: 'Time since the enclosing behaviour began.' },
];
const inTwins: readonly BuiltInName[] = [
  { $type: 'BuiltInName', name: 'status', meaning: 'Status of the observed span: "ok", "error" or "unset".' },
];

export const builtInNames: Names = namesOf(everywhere);
export const builtInTwinNames: Names = namesOf([...everywhere, ...inTwins]);

export function isBuiltInName(node: AstNode | undefined): node is BuiltInName {
  return node?.$type === 'BuiltInName';
}
