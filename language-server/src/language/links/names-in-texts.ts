/** Where the `{name}` parts of log texts name a variable: places that no reference of the tree stands for. */
import { type AstNode, AstUtils, GrammarUtils } from 'langium';
import * as ast from '../../generated/ast.ts';

/** As offsets in the document of the declaration. */
export function placesInTexts(declaration: AstNode): { readonly start: number; readonly end: number }[] {
  if (!ast.isVariable(declaration) && !ast.isParameter(declaration) && !ast.isBinding(declaration)) return [];
  const owner = AstUtils.getContainerOfType(declaration, (node): node is AstNode => isOwner(node));
  const places: { start: number; end: number }[] = [];
  for (const node of owner === undefined ? [] : AstUtils.streamAllContents(owner)) {
    const text = ast.isLog(node) ? GrammarUtils.findNodeForProperty(node.$cstNode, 'text') : undefined;
    for (const found of text?.text.matchAll(/\{\s*(\w+)\s*\}/g) ?? []) {
      if (text === undefined || found[1] !== declaration.name) continue;
      const start = text.offset + found.index + found[0].indexOf(found[1]);
      places.push({ start, end: start + found[1].length });
    }
  }
  return places;
}

/** Where the texts stand that can name a variable: its machine or interaction, its one transition or behaviour of a state. */
function isOwner(node: AstNode): boolean {
  return (
    ast.isMachine(node) ||
    ast.isInteraction(node) ||
    ast.isTransition(node) ||
    ast.isEntry(node) ||
    ast.isExit(node) ||
    ast.isDoActivity(node)
  );
}
