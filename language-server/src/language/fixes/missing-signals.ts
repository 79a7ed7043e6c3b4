/** The signal that is sent or waited for. */
import { AstUtils, type LangiumDocument, type ReferenceInfo } from 'langium';
import * as ast from '../../generated/ast.ts';
import { rootOf } from '../links/imports.ts';
import type { Fix } from '../problems/fix.ts';
import { added } from './added.ts';
import { withDeclaration } from './changes.ts';
import { typeAtUse } from './guessed-type.ts';
import { parameterList } from './missing-operations.ts';

/** With the attributes that the place gives or binds. */
export function missingSignal(document: LangiumDocument, { container, reference }: ReferenceInfo): Fix[] {
  const bound = ast.isSignalPattern(container)
    ? container.bindings.map((binding) => `${binding.name}: ${typeOfBinding(binding)}`)
    : [];
  const attributes = bound.length > 0 ? `(${bound.join(', ')})` : parameterList(container);
  const text = `signal ${reference.$refText}${attributes}`;
  const signals = rootOf(document).declarations.filter(ast.isSignal);
  return added(`Declare \`${text}\``, withDeclaration(document, signals, text));
}

/** From the first use of the name within its transition. */
function typeOfBinding(binding: ast.Binding): string {
  const transition = AstUtils.getContainerOfType(binding, ast.isTransition);
  for (const node of transition === undefined ? [] : AstUtils.streamAllContents(transition)) {
    if (!ast.isStep(node) || node.to?.$refText !== binding.name || node.$containerIndex !== 0) continue;
    const type = typeAtUse(node.$container);
    if (type !== undefined) return type;
  }
  return 'Real';
}
