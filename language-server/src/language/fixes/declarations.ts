/** Ways to mend a name that nothing declares: its declaration, as far as its use tells what it is. */
import { type AstNode, AstUtils, type LangiumDocument, type ReferenceInfo } from 'langium';
import * as ast from '../../generated/ast.ts';
import { rootOf } from '../links/imports.ts';
import { componentOf } from '../links/scope-provider.ts';
import type { Fix, TextChange } from '../problems/fix.ts';
import { inFrontOf, withDeclaration, withMember } from './changes.ts';
import type { Found } from './found.ts';
import { initialOf, typeAtUse, typeOfValue } from './guessed-type.ts';
import { visibleDeclarations } from './visible-declarations.ts';

export function missingDeclaration(found: Found): Fix[] {
  const info = found.reference?.error?.info;
  if (info === undefined || found.text === '') return [];
  const { container, property } = info;
  if (ast.isStep(container)) return isTarget(container) ? missingState(info, container) : missingVariable(container);
  if (property === 'signal') return missingSignal(found.document, info);
  if (ast.isMessage(container) && property === 'operation') return missingOperation(container);
  if (ast.isMessage(container) && (property === 'from' || property === 'to')) return missingLifeline(found, container);
  if (property === 'result' || ast.isAssign(container)) return missingAssigned(container, found.text);
  return missingElement(found, info);
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

/** A declaration of its own, empty so far, in front of the one that needs it. */
function missingElement({ services, text }: Found, info: ReferenceInfo): Fix[] {
  const texts = elements[services.shared.AstReflection.getReferenceType(info)] ?? [];
  const around = AstUtils.getContainerOfType(info.container, ast.isDeclaration);
  if (around === undefined) return [];
  return texts.flatMap((declaration) =>
    added(`Declare \`${declaration(text)}\``, inFrontOf(around, declaration(text))),
  );
}

function added(title: string, edit: TextChange | undefined, certainty: Fix['certainty'] = 'possible'): Fix[] {
  return edit === undefined ? [] : [{ title, edits: [edit], certainty }];
}

function isTarget(step: ast.Step): boolean {
  return step.$container.$containerProperty === 'target' || step.$container.$containerProperty === 'targets';
}

/** Beside the source of the transition; behind a dot, inside what stands in front of it. */
function missingState({ reference }: ReferenceInfo, step: ast.Step): Fix[] {
  const { steps } = step.$container;
  const position = step.$containerIndex ?? 0;
  if (position < steps.length - 1) return [];
  const before = position > 0 ? steps[position - 1]?.to?.ref : undefined;
  const owner = position > 0 ? before : ownerOfVertices(step);
  if (!ast.isMachine(owner) && !ast.isState(owner) && !ast.isRegion(owner)) return [];
  const name = reference.$refText;
  return added(`Add state \`${name}\` to \`${owner.name}\``, withMember(owner, `state ${name}`));
}

/** What is around the vertex that a transition leaves. */
function ownerOfVertices(step: ast.Step): AstNode | undefined {
  return AstUtils.getContainerOfType(step, ast.isRegionMember)?.$container;
}

function missingVariable(step: ast.Step): Fix[] {
  const path = step.$container;
  if (path.steps.length > 1 || !isValue(path)) return [];
  const type = typeAtUse(path) ?? 'Integer';
  return withVariable(step, step.to?.$refText ?? '', type);
}

/** Targets, measured elements and bound elements are paths too; a variable is none of them. */
function isValue(path: ast.Path): boolean {
  const { $container: around } = path;
  return (
    ast.isBinaryExpression(around) ||
    ast.isUnary(around) ||
    ast.isAssign(around) ||
    ast.isArgument(around) ||
    path.$containerProperty === 'guard' ||
    path.$containerProperty === 'condition'
  );
}

function missingAssigned(container: AstNode, name: string): Fix[] {
  if (ast.isMessage(container)) {
    const word = container.operation?.ref;
    const type = ast.isOperation(word) ? word.returnType?.$cstNode?.text : undefined;
    return type === undefined ? [] : withVariable(container, name, type);
  }
  return ast.isAssign(container) ? withVariable(container, name, typeOfValue(container.value) ?? 'Integer') : [];
}

function withVariable(at: AstNode, name: string, type: string): Fix[] {
  const owner = AstUtils.getContainerOfType(at, (node) => ast.isMachine(node) || ast.isInteraction(node));
  if (owner === undefined) return [];
  const initial = Object.hasOwn(initialOf, type) ? ` = ${initialOf[type as keyof typeof initialOf]}` : '';
  const member = `var ${name}: ${type}${initial}`;
  return added(`Add \`${member}\` to \`${owner.name}\``, withMember(owner, member, 'first'));
}

/** With the attributes that the place gives or binds. */
function missingSignal(document: LangiumDocument, { container, reference }: ReferenceInfo): Fix[] {
  const attributes = ast.isSignalPattern(container)
    ? container.bindings.map((binding) => `${binding.name}: ${typeOfBinding(binding)}`)
    : parametersFor(container);
  const text = `signal ${reference.$refText}${attributes.length === 0 ? '' : `(${attributes.join(', ')})`}`;
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

function parametersFor(call: AstNode): string[] {
  const given = 'arguments' in call && Array.isArray(call.arguments) ? call.arguments.filter(ast.isArgument) : [];
  return given.map((argument, position) => {
    const { value } = argument;
    const own = ast.isPath(value) ? value.steps.at(-1)?.to?.$refText : undefined;
    const name = argument.parameter?.$refText ?? own ?? `value${position + 1}`;
    return `${name}: ${typeOfValue(value) ?? 'Real'}`;
  });
}

function missingOperation(message: ast.Message): Fix[] {
  const component = componentOf(message.to?.ref);
  if (component === undefined) return [];
  const member = operationFor(message);
  return added(`Add \`${member}\` to \`${component.name}\``, withMember(component, member));
}

/** The declaration of the operation that a message calls, as far as the message tells it. */
export function operationFor(message: ast.Message): string {
  const parameters = parametersFor(message);
  const result = message.result?.ref?.type?.$cstNode?.text;
  const list = parameters.length === 0 ? '' : `(${parameters.join(', ')})`;
  return `operation ${message.operation?.$refText ?? ''}${list}${result === undefined ? '' : `: ${result}`}`;
}

/** Of a component that is called like it or has the operation that is called; an actor, where it only sends. */
function missingLifeline({ document, services, text, reference }: Found, message: ast.Message): Fix[] {
  const interaction = AstUtils.getContainerOfType(message, ast.isInteraction);
  if (interaction === undefined) return [];
  const isReceiver = message.to === reference;
  const components = visibleDeclarations(document, services).filter(ast.isComponent);
  const wanted = isReceiver ? message.operation?.$refText : undefined;
  const fitting = components.filter(
    (component) =>
      component.name.toLowerCase() === text.toLowerCase() ||
      component.members.some((member) => ast.isOperation(member) && member.name === wanted),
  );
  const lifelines = fitting.slice(0, 4).flatMap((component) => {
    const member = `lifeline ${text}: ${component.name}`;
    return added(`Add \`${member}\``, withParticipant(interaction, member));
  });
  return isReceiver
    ? lifelines
    : [...lifelines, ...added(`Add \`actor ${text}\``, withParticipant(interaction, `actor ${text}`))];
}

function withParticipant(interaction: ast.Interaction, member: string): TextChange | undefined {
  return withMember(interaction, member, 'first');
}
