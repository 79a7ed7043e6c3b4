/** The dotted path that names a vertex within its machine, an action within its activity. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { kindWord } from './kind-names.ts';

export function elementPath(node: AstNode | undefined): string {
  const names: string[] = [];
  for (let current = node; current !== undefined && !ast.isTwinFile(current); current = current.$container) {
    if ('name' in current && typeof current.name === 'string') names.unshift(current.name);
  }
  if (ast.isStep(node)) return kindWord(node);
  const isInside = node !== undefined && AstUtils.hasContainerOfType(node, ast.isMachine);
  return (isInside ? names.slice(1) : names).join('.') || kindWord(node ?? 'State');
}
