/** The types of syntax nodes that have a name, so that a table that forgets one does not compile. Knows no single one. */
import type { TwinAstType } from '../generated/ast.ts';

/** Types that stand for themselves, not for a choice of others. */
type SingleType = {
  [T in keyof TwinAstType]: TwinAstType[T] extends { readonly $type: T } ? T : never;
}[keyof TwinAstType];

/** A history's name is its keyword; built-in names have no place in any text. */
export type NamedType =
  | { [T in SingleType]: 'name' extends keyof TwinAstType[T] ? T : never }[SingleType]
  | 'BuiltInName'
  | 'History';
