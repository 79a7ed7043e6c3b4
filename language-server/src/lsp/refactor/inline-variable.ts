/** Puts the value of a variable where it is read, if that is one place, and the value is the same there. */
import { type AstNode, AstUtils, CstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { removed, replaced } from '../../language/fixes/changes.ts';
import { placesInTexts } from '../../language/links/names-in-texts.ts';
import type { Refactoring, Selection } from './refactoring.ts';

export function inlineVariable({ document, services, start }: Selection): Refactoring[] {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, start);
  const variable = AstUtils.getContainerOfType(leaf?.astNode, ast.isVariable);
  const value = variable?.initial?.$cstNode;
  if (variable?.$cstNode === undefined || value === undefined || !isFixed(variable.initial)) return [];
  const documents = services.shared.workspace.LangiumDocuments.all;
  const uses = documents
    .flatMap((other) => other.references.filter((reference) => 'ref' in reference && reference.ref === variable))
    .toArray();
  const [use] = uses;
  if (use?.$refNode === undefined || uses.length > 1 || placesInTexts(variable).length > 0) return [];
  const step = use.$refNode.astNode;
  const path = ast.isStep(step) ? step.$container : undefined;
  if (path?.$cstNode === undefined || path.steps.length > 1 || AstUtils.getDocument(path) !== document) return [];
  const text =
    ast.isBinaryExpression(variable.initial) || ast.isConditional(variable.initial) ? `(${value.text})` : value.text;
  return [
    {
      title: `Inline \`${variable.name}\``,
      kind: 'refactor.inline.variable',
      edits: [removed(variable.$cstNode, document), replaced(document, path.$cstNode.offset, path.$cstNode.end, text)],
    },
  ];
}

/** Whatever happens, it is worth the same: no draw, no clock, nothing that could be assigned. */
function isFixed(value: ast.Expression | undefined): boolean {
  if (value === undefined) return false;
  const parts: AstNode[] = [value, ...AstUtils.streamAllContents(value)];
  return parts.every((part) => {
    if (ast.isCall(part)) return false;
    return !ast.isPath(part) || ast.isLiteral(part.steps.at(-1)?.to?.ref);
  });
}
