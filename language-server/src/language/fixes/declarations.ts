/** Ways to mend a name that nothing declares: its declaration, as far as its use tells what it is. */
import { AstUtils, type ReferenceInfo } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { added } from './added.ts';
import { inFrontOf, withMember } from './changes.ts';
import type { Found } from './found.ts';
import { missingLifeline } from './missing-lifelines.ts';
import { missingOperation } from './missing-operations.ts';
import { missingSignal } from './missing-signals.ts';
import { missingAssigned, missingValue } from './missing-values.ts';
import { isTarget, missingVertex } from './missing-vertices.ts';

export function missingDeclaration(found: Found): Fix[] {
  const info = found.reference?.error?.info;
  if (info === undefined || found.text === '') return [];
  const { container, property } = info;
  if (ast.isStep(container)) return isTarget(container) ? missingVertex(container) : missingValue(container);
  switch (property) {
    case 'signal':
      return missingSignal(found.document, info);
    case 'operation':
    case 'topic':
      return missingOperation(container, found.text);
    case 'from':
    case 'to':
      return ast.isMessage(container) ? missingLifeline(found, container) : missingElement(found, info);
    case 'result':
    case 'variable':
      return missingAssigned(container, found.text);
    default:
      return missingElement(found, info);
  }
}

/** By the kind that the place needs. */
const elements: Readonly<Record<string, readonly ((name: string) => string)[]>> = {
  Component: [(name) => `component ${name} { }`],
  LifelineType: [(name) => `component ${name} { }`],
  DeclaredType: [(name) => `enum ${name} { }`, (name) => `data ${name} { }`],
  Deployment: [(name) => `deployment ${name} { }`],
  Interaction: [(name) => `interaction ${name} { }`],
  Resource: [(name) => `resource ${name} * 1`],
};

/** A declaration of its own, empty so far, in front of the one that needs it; a node belongs into its deployment. */
function missingElement({ services, text }: Found, info: ReferenceInfo): Fix[] {
  const type = services.shared.AstReflection.getReferenceType(info);
  const deployment = AstUtils.getContainerOfType(info.container, ast.isDeployment);
  if (type === 'Node' && deployment !== undefined) {
    return added(
      `Add \`node ${text}\` to \`${deployment.name}\``,
      withMember(deployment, `node ${text} { cores 1 }`, 'first'),
    );
  }
  const around = AstUtils.getContainerOfType(info.container, ast.isDeclaration);
  if (around === undefined) return [];
  return (elements[type] ?? []).flatMap((declaration) =>
    added(`Declare \`${declaration(text)}\``, inFrontOf(around, declaration(text))),
  );
}
