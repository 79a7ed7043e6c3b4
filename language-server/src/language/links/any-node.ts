/** Any syntax node, told apart by its `$type`. */
import type { TwinAstType } from '../../generated/ast.ts';

export type AnyNode = TwinAstType[keyof TwinAstType];
