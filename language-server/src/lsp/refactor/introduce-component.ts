/** Declares the component that a lifeline without a type stands for, with the operations that are called on it. */
import { AstUtils, CstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { inFrontOf, inserted, lineEnd } from '../../language/fixes/changes.ts';
import { operationFor } from '../../language/fixes/missing-operations.ts';
import { declarationsOf } from '../../language/links/declared-names.ts';
import { rootOf } from '../../language/links/imports.ts';
import { freeName } from './free-name.ts';
import type { Refactoring, Selection } from './refactoring.ts';

export function introduceComponent({ document, start }: Selection): Refactoring[] {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, start);
  const lifeline = AstUtils.getContainerOfType(leaf?.astNode, ast.isLifeline);
  const interaction = AstUtils.getContainerOfType(lifeline, ast.isInteraction);
  if (lifeline?.$cstNode === undefined || interaction === undefined || lifeline.type !== undefined) return [];
  const name = freeName(
    declarationsOf(rootOf(document)),
    `${lifeline.name[0]?.toUpperCase()}${lifeline.name.slice(1)}`,
  );
  const operations = new Map<string, string>();
  for (const message of AstUtils.streamAllContents(interaction).filter(ast.isMessage)) {
    const called = message.operation?.$refText;
    if (message.to?.ref !== lifeline || called === undefined || operations.has(called)) continue;
    operations.set(called, operationFor(message, called));
  }
  const eol = lineEnd(document.textDocument.getText());
  const lines = [...operations.values()].map((operation) => `  ${operation}${eol}`);
  const declaration = `component ${name} {${lines.length === 0 ? ' ' : eol}${lines.join('')}}`;
  const declared = inFrontOf(interaction, declaration);
  if (declared === undefined) return [];
  return [
    {
      title: `Introduce component \`${name}\` for \`${lifeline.name}\``,
      kind: 'refactor.extract.component',
      edits: [declared, inserted(document, lifeline.$cstNode.end, `: ${name}`)],
    },
  ];
}
