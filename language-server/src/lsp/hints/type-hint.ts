/** Behind a name that is declared without a type: the type that it has nonetheless. */
import { GrammarUtils } from 'langium';
import { InlayHintKind } from 'vscode-languageserver';
import * as ast from '../../generated/ast.ts';
import { declaredTypeOf, isMany } from '../../language/links/value-members.ts';
import { sourceText } from '../source-text.ts';
import type { HintSource } from './hint-source.ts';

export const typeHint: HintSource = (node) => {
  if (!ast.isBinding(node) && !ast.isLoopVariable(node)) return undefined;
  const name = GrammarUtils.findNodeForProperty(node.$cstNode, 'name');
  const declared = declaredTypeOf(node);
  if (name === undefined || declared === undefined) return undefined;
  // One value of a list has the list's type without its multiplicity.
  const { type, isList } = declared;
  const text = isMany(type) && !isList ? (type.primitive ?? type.declared?.$refText ?? '') : sourceText(type);
  if (text === '') return undefined;
  return { position: name.range.end, label: `: ${text}`, kind: InlayHintKind.Type };
};
