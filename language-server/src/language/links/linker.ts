/** Resolves references and says, where it cannot, what is wrong and what was probably meant. */
import {
  type AstNode,
  type AstNodeDescription,
  AstUtils,
  Cancellation,
  type CstNode,
  DefaultLinker,
  interruptAndCheck,
  isAstNode,
  isLinkingError,
  isReference,
  type LangiumDocument,
  type LinkingError,
  type Reference,
  type ReferenceInfo,
} from 'langium';
import * as ast from '../../generated/ast.ts';
import type { ProblemCode } from '../problems/problem-codes.ts';
import type { TwinServices } from '../services.ts';
import type { AnyNode } from './any-node.ts';
import { membersOf } from './declared-names.ts';
import { elementPath } from './element-path.ts';
import { rootOf } from './imports.ts';
import { kindName } from './kind-names.ts';
import type { NameScope } from './name-scope.ts';
import { suggestion } from './near-names.ts';
import { PlacedReference, type Resolver } from './placed-reference.ts';
import { calleeOf, componentOf, isStateTest, isTargetPath, type TwinScopeProvider, useOf } from './scope-provider.ts';
import { typeOfPath } from './value-members.ts';

interface TwinLinkingError extends LinkingError {
  readonly code: ProblemCode;
  /** True where the cause is reported elsewhere, at what this name depends on. */
  readonly consequence: boolean;
}

/** Every reference below a node. Plain loops, because this runs over the whole file on every change. */
export function visitReferences(container: AstNode, visit: (info: ReferenceInfo) => void): void {
  const properties = container as unknown as Readonly<Record<string, unknown>>;
  for (const property in container) {
    if (property.charCodeAt(0) === DOLLAR) continue;
    const value = properties[property];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) visitValue(container, property, value, undefined, visit);
    else for (let index = 0; index < value.length; index++) visitValue(container, property, value[index], index, visit);
  }
}

const DOLLAR = 36;

function visitValue(
  container: AstNode,
  property: string,
  value: unknown,
  index: number | undefined,
  visit: (info: ReferenceInfo) => void,
): void {
  if (isAstNode(value)) visitReferences(value, visit);
  else if (!isReference(value)) return;
  else
    visit(
      index === undefined
        ? { reference: value, container, property }
        : { reference: value, container, property, index },
    );
}

export class TwinLinker extends DefaultLinker {
  private readonly scopes: TwinScopeProvider;

  constructor(services: TwinServices) {
    super(services);
    this.scopes = services.references.ScopeProvider;
  }

  override async link(document: LangiumDocument, cancel = Cancellation.CancellationToken.None): Promise<void> {
    for (const declaration of rootOf(document).declarations) {
      await interruptAndCheck(cancel);
      visitReferences(declaration, (info) => this.doLink(info, document));
    }
  }

  override buildReference(node: AstNode, property: string, place: CstNode | undefined, text: string): Reference {
    return new PlacedReference(this.referenceResolver as Resolver, node, property, place, text) as Reference;
  }

  override getCandidate(info: ReferenceInfo): AstNodeDescription | LinkingError {
    const scope = this.scopes.getScope(info);
    const name = info.reference.$refText;
    const found = scope.find(name);
    if (found.length === 0) return this.unresolved(info, scope);
    if (found.length > 1 && needsOneOnly(info)) {
      const different = new Set(found.map((entry) => `\`${elementPath(entry.node)}\``));
      if (different.size === 1) return found[0] as AstNodeDescription;
      const exact = found.find((entry) => elementPath(entry.node) === name);
      if (exact !== undefined) return exact;
      const paths = [...different].join(' or ');
      return failure(info, 'ambiguous-name', `Several elements are called \`${name}\`. Write ${paths}.`);
    }
    return found[0] as AstNodeDescription;
  }

  protected override createLinkingError(info: ReferenceInfo): LinkingError {
    return this.unresolved(info, this.scopes.getScope(info));
  }

  private unresolved(info: ReferenceInfo, scope: NameScope): LinkingError {
    const name = info.reference.$refText;
    const wanted = this.wantedKind(info);
    const other = scope.ofAnyKind(name);
    if (other !== undefined) {
      return failure(info, 'wrong-kind', `\`${name}\` is ${kindName(other)}, but ${wanted} is needed here.`);
    }
    const near = suggestion(
      name,
      scope.getAllElements().map((entry) => entry.name),
    );
    const owner = ownerName(info);
    const where = owner === undefined ? '' : ` in \`${owner}\``;
    const inRegion = pathThroughRegion(info);
    const hint = inRegion ?? (near === '' ? advice(info) : near);
    const message = `There is no ${wanted.replace(/^an? /, '')} called \`${name}\`${where}.${hint}`;
    return failure(info, 'unresolved-name', message, dependsOnBrokenName(info));
  }

  private wantedKind(info: ReferenceInfo): string {
    if (isTarget(info) || (ast.isStep(info.container) && isStateTest(info.container.$container))) return 'a state';
    const type = this.reflection.getReferenceType(info);
    return type === ast.Named.$type ? 'a name' : kindName(type);
  }
}

export function isTwinLinkingError(error: LinkingError): error is TwinLinkingError {
  return isLinkingError(error) && 'code' in error;
}

function failure(info: ReferenceInfo, code: ProblemCode, message: string, consequence = false): TwinLinkingError {
  return { info, message, code, consequence };
}

function isTarget({ container }: ReferenceInfo): boolean {
  return ast.isStep(container) && isTargetPath(container.$container);
}

/** Several elements of one name are told apart by a path. */
function needsOneOnly(info: ReferenceInfo): boolean {
  return (
    isTarget(info) || (ast.isStep(info.container) && ['judged', 'bound'].includes(useOf(info.container.$container)))
  );
}

/** Whose members the name was looked up in, if not the file's. */
function ownerName({ container, property }: ReferenceInfo): string | undefined {
  const node = container as AnyNode;
  switch (node.$type) {
    case 'Step': {
      const index = node.$containerIndex ?? 0;
      if (index > 0) return node.$container.steps[index - 1]?.to?.$refText;
      if (useOf(node.$container) !== 'vertex') return undefined;
      return AstUtils.getContainerOfType(node, (item) => ast.isMachine(item) || ast.isActivity(item))?.name;
    }
    case 'Message':
    case 'FoundMessage':
    case 'Consumer':
      return property === 'operation' ? componentOf(node.to?.ref)?.name : undefined;
    case 'CallAction':
    case 'ActionNode':
      return property === 'operation' ? node.component?.$refText : undefined;
    case 'Argument':
      return calleeOf(node.$container)?.name;
    case 'FunctionArgument':
      return ast.isCall(node.$container) ? node.$container.function?.$refText : undefined;
    default:
      return undefined;
  }
}

/** Nothing was looked up in, because what it should be looked up in is itself unknown. */
function dependsOnBrokenName({ container, property, reference, index: at = 0 }: ReferenceInfo): boolean {
  if (reference.$refText === '') return true;
  const node = container as AnyNode;
  switch (node.$type) {
    case 'Step': {
      const index = node.$containerIndex ?? 0;
      if (index === 0) return false;
      const { steps } = node.$container;
      return steps[index - 1]?.to?.ref === undefined || leadsToNothing(node.$container, index - 1);
    }
    case 'Message':
    case 'FoundMessage':
    case 'Consumer': {
      if (property !== 'operation' && property !== 'topic') return false;
      const to = property === 'topic' && ast.isConsumer(node) ? node.broker?.ref : node.to?.ref;
      return to === undefined || (ast.isLifeline(to) && to.type?.ref === undefined);
    }
    case 'CallAction':
    case 'ActionNode':
      return property === 'operation' && node.component?.ref === undefined;
    case 'Assign':
      return property === 'attributes' && (at === 0 ? node.variable?.ref : node.attributes[at - 1]?.ref) === undefined;
    case 'Argument':
      return calleeOf(node.$container) === undefined;
    // Wrong parameters of a distribution, and unknown functions, have findings of their own.
    case 'FunctionArgument':
      return !ast.isCall(node.$container) || !ast.isDataType(node.$container.function?.ref);
    case 'Call':
      return true;
    default:
      return false;
  }
}

/** A value of a type that is unknown: what it has is unknown too. */
function leadsToNothing(path: ast.Path, index: number): boolean {
  const type = typeOfPath(path, index);
  if (type === undefined) return isValue(path.steps[index]?.to?.ref);
  return !type.isList && type.type.primitive === undefined && type.type.declared?.ref === undefined;
}

function isValue(node: AstNode | undefined): boolean {
  return (
    ast.isParameter(node) ||
    ast.isVariable(node) ||
    ast.isBinding(node) ||
    ast.isLoopVariable(node) ||
    ast.isAttribute(node)
  );
}

/** `Active.Idle` where the state stands in a region: UML's path leads through the region. */
function pathThroughRegion({ container, reference }: ReferenceInfo): string | undefined {
  if (!ast.isStep(container)) return undefined;
  const { steps } = container.$container;
  const index = container.$containerIndex ?? 0;
  const state = index > 0 ? steps[index - 1]?.to?.ref : undefined;
  if (!ast.isState(state)) return undefined;
  const region = state.members.filter(ast.isRegion).find((item) => membersOf(item).has(reference.$refText));
  if (region === undefined) return undefined;
  const before = steps.slice(0, index).map((step) => step.to?.$refText);
  return ` It stands in a region: write \`${[...before, region.name, reference.$refText].join('.')}\`.`;
}

function advice({ container, property }: ReferenceInfo): string {
  if (ast.isMessage(container) && property === 'operation') {
    const to = container.to?.ref;
    if (ast.isActor(to)) return ' Actors have no operations.';
    if (ast.isLifeline(to) && ast.isMachine(to.type?.ref)) {
      return ` \`${to.name}\` is a machine: send it a signal, \`->> ${to.name} : Signal(…)\`, or declare the operation in the machine.`;
    }
    return ' Declare it with `operation` in the component.';
  }
  if (property === 'expectation') return ' An expectation has its name in front: `expect fast: p95(…) < 300 ms`.';
  if (property === 'signal') return ' Declare it with `signal`, or import the file that does.';
  return '';
}
