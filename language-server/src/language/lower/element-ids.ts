/**
 * Gives every declaration its id. Names where the text has them, else parent + kind + content, an ordinal only between
 * equals: text inserted above an element never changes its id. Computed once a linked syntax tree.
 */
import type { ElementId } from '@pollux/engine/model';
import { type AstNode, AstUtils, CstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { nodesBelow } from '../links/declared-names.ts';
import { hardKeywords } from '../parser/soft-keyword-lexer.ts';

type Ids = ReadonlyMap<AstNode, ElementId>;

const known = new WeakMap<ast.TwinFile, Ids>();

/** The id of a declaration, in this file or in an imported one; the empty id for what is not declared anywhere. */
export function idOf(node: AstNode | undefined): ElementId {
  if (node === undefined) return '';
  const root = AstUtils.findRootNode(node);
  return ast.isTwinFile(root) ? (idsOf(root).get(node) ?? '') : '';
}

/** The id of the unnamed region of a machine or state; it does not show in the ids of what the region holds. */
export function unnamedRegionId(owner: ast.Machine | ast.State): ElementId {
  return `${idOf(owner)}/region`;
}

/** Source text as it is spelled, whatever its blanks, breaks and comments are. */
export function contentOf(node: AstNode | undefined): string {
  if (node?.$cstNode === undefined) return '';
  let text = '';
  let before = '';
  for (const leaf of CstUtils.flattenCst(node.$cstNode)) {
    if (leaf.hidden) continue;
    const isGlued = before === '' || '.('.includes(before) || '.),:'.includes(leaf.text);
    const isCall = leaf.text === '(' && /^\w/.test(before) && !hardKeywords.has(before);
    text += isGlued || isCall ? leaf.text : ` ${leaf.text}`;
    before = leaf.text;
  }
  return text;
}

function idsOf(file: ast.TwinFile): Ids {
  let ids = known.get(file);
  if (ids === undefined) {
    ids = new IdGiver(file).ids;
    known.set(file, ids);
  }
  return ids;
}

class IdGiver {
  readonly ids = new Map<AstNode, ElementId>();
  private readonly taken = new Map<ElementId, number>();

  constructor(file: ast.TwinFile) {
    const prefix = file.packageName === undefined ? '' : `${file.packageName}.`;
    for (const declaration of file.declarations) this.declaration(declaration, `${prefix}${declaration.name ?? ''}`);
  }

  private give(node: AstNode, wanted: ElementId): ElementId {
    const count = (this.taken.get(wanted) ?? 0) + 1;
    this.taken.set(wanted, count);
    const id = count === 1 ? wanted : `${wanted}#${count}`;
    this.ids.set(node, id);
    return id;
  }

  private named(nodes: readonly (AstNode & { readonly name?: string })[], owner: ElementId): void {
    for (const node of nodes) this.give(node, `${owner}.${node.name ?? ''}`);
  }

  private declaration(node: ast.Declaration, wanted: ElementId): void {
    const id = this.give(node, wanted);
    if (ast.isEnumeration(node)) this.named(node.literals, id);
    else if (ast.isSignal(node)) this.named(node.parameters, id);
    else if (ast.isMachine(node)) this.machine(node, id);
    else if (ast.isComponent(node)) this.component(node, id);
    else if (ast.isInteraction(node)) this.interaction(node, id);
    else if (ast.isDeployment(node)) this.deployment(node, id);
    else if (ast.isScenario(node)) this.scenario(node, id);
    else this.twin(node, id);
  }

  private machine(node: ast.Machine, id: ElementId): void {
    this.named(node.parameters, id);
    this.named(node.members.filter(ast.isVariable), id);
    this.vertices(node.members, id);
    this.transitions(node.members, id, id);
  }

  private vertices(members: readonly (ast.MachineMember | ast.StateMember)[], owner: ElementId): void {
    for (const member of members) {
      if (ast.isInitial(member)) this.give(member, `${owner}/initial`);
      else if (ast.isFinals(member)) this.named(member.finals, owner);
      else if (ast.isState(member) || ast.isRegion(member)) {
        this.vertices(member.members, this.give(member, `${owner}.${member.name ?? ''}`));
      } else if (ast.isChoice(member) || ast.isJunction(member)) this.give(member, `${owner}.${member.name ?? ''}`);
    }
  }

  /** After the vertices, because the ids of transitions name their targets. */
  private transitions(
    members: readonly (ast.MachineMember | ast.StateMember)[],
    owner: ElementId,
    machine: ElementId,
  ): void {
    const target = (path: ast.Path | undefined) => {
      const vertex = path?.steps.at(-1)?.to?.ref;
      const id = vertex === undefined ? undefined : this.ids.get(vertex);
      return id === undefined ? contentOf(path) : id.slice(machine.length + 1);
    };
    for (const member of members) {
      const id = this.ids.get(member) ?? owner;
      if (ast.isTransition(member)) {
        const arrow = member.target === undefined ? '' : `->${target(member.target)}`;
        const transition = this.give(member, `${owner}/${triggerText(member.trigger)}${arrow}`);
        if (ast.isSignalTrigger(member.trigger)) {
          for (const pattern of member.trigger.signals) this.named(pattern.bindings, transition);
        }
      } else if (ast.isState(member) || ast.isRegion(member)) this.transitions(member.members, id, machine);
      else if (ast.isChoice(member) || ast.isJunction(member)) {
        for (const branch of member.branches) {
          this.give(branch, `${id}/${branch.otherwise ? 'else' : ''}->${target(branch.target)}`);
        }
      }
    }
  }

  private component(node: ast.Component, id: ElementId): void {
    for (const operation of node.members.filter(ast.isOperation)) {
      this.named(operation.parameters, this.give(operation, `${id}.${operation.name ?? ''}`));
    }
  }

  private interaction(node: ast.Interaction, id: ElementId): void {
    this.named(node.parameters, id);
    for (const member of node.members) {
      if (ast.isVariable(member)) this.named([member], id);
      else if (ast.isActors(member)) this.named(member.actors, id);
      else if (ast.isLifelines(member)) this.named(member.lifelines, id);
    }
    this.fragments(node.members.filter(ast.isFragment), id, id);
  }

  /** What combined fragments hold belongs to the enclosing execution: wrapping messages in `opt` keeps their ids. */
  private fragments(fragments: readonly ast.Fragment[], execution: ElementId, interaction: ElementId): void {
    for (const fragment of fragments) {
      if (ast.isCombinedFragment(fragment)) {
        const unnamed = `${execution}/${fragmentText(fragment)}`;
        const id = this.give(fragment, fragment.name === undefined ? unnamed : `${interaction}.${fragment.name}`);
        for (const operand of fragment.operands) this.give(operand, `${id}/${operandText(operand)}`);
        for (const operand of fragment.operands) this.fragments(operand.fragments, execution, interaction);
      } else {
        const id = this.give(fragment, `${execution}/${fragmentText(fragment)}`);
        if (ast.isMessage(fragment)) this.fragments(fragment.execution?.fragments ?? [], id, interaction);
      }
    }
  }

  private deployment(node: ast.Deployment, id: ElementId): void {
    const zones = (members: readonly ast.DeploymentMember[]) => {
      for (const member of members) {
        if (ast.isZone(member)) {
          this.named([member], id);
          zones(member.members);
        } else if (ast.isLink(member)) {
          this.give(member, `${id}/${member.from?.$refText ?? ''}--${member.to?.$refText ?? ''}`);
        }
      }
    };
    zones(node.members);
    for (const machineNode of nodesBelow(node.members)) {
      const nodeId = this.give(machineNode, `${id}.${machineNode.name ?? ''}`);
      for (const deploy of machineNode.members.filter(ast.isDeploy)) {
        this.give(deploy, `${nodeId}/${deploy.component?.$refText ?? ''}`);
      }
    }
  }

  private scenario(node: ast.Scenario, id: ElementId): void {
    for (const member of node.members) {
      if (ast.isLoad(member)) this.give(member, `${id}/load(${member.behaviour?.$refText ?? ''})`);
      else if (ast.isExpectation(member)) this.expectation(member, id);
    }
  }

  private twin(node: ast.Twin, id: ElementId): void {
    for (const member of node.members) {
      if (ast.isExpectation(member)) this.expectation(member, id);
      else if (ast.isOtlpSource(member)) this.give(member, `${id}/otlp`);
      else if (ast.isFileSource(member)) this.give(member, `${id}/file(${member.pattern ?? ''})`);
      else if (ast.isTelemetryBinding(member)) {
        const kind = member.evidence?.$type.replace('Evidence', '').toLowerCase() ?? '';
        this.give(member, `${id}/${contentOf(member.subject)}=${kind}`);
      } else if (ast.isInstanceBinding(member)) {
        const binding = this.give(member, `${id}/${member.machine?.$refText ?? ''}`);
        for (const event of member.events) {
          this.give(event, `${binding}/on(${event.text ?? ''})->${event.signal?.$refText ?? ''}`);
        }
      }
    }
  }

  private expectation(node: ast.Expectation, owner: ElementId): void {
    this.give(node, node.name === undefined ? `${owner}/expect(${contentOf(node.measure)})` : `${owner}.${node.name}`);
  }
}

function triggerText(trigger: ast.Trigger | undefined): string {
  if (ast.isSignalTrigger(trigger)) {
    return `on(${trigger.any ? 'any' : trigger.signals.map((pattern) => pattern.signal?.$refText ?? '').join(',')})`;
  }
  if (ast.isTimeTrigger(trigger)) return `after(${contentOf(trigger.delay)})`;
  if (ast.isChangeTrigger(trigger)) return `when(${contentOf(trigger.condition)})`;
  return 'completion';
}

function fragmentText(fragment: ast.Fragment): string {
  if (ast.isMessage(fragment)) {
    const signature =
      fragment.signal === undefined ? `.${fragment.operation?.$refText ?? ''}` : `:${fragment.signal.$refText}`;
    return `${fragment.from?.$refText ?? ''}${fragment.arrow ?? '->'}${fragment.to?.$refText ?? ''}${signature}`;
  }
  if (ast.isCombinedFragment(fragment)) {
    const first = fragment.operands[0];
    return `${fragment.$type.toLowerCase()}${first === undefined ? '' : operandText(first)}`;
  }
  if (ast.isReturn(fragment)) return 'return';
  if (ast.isInvariant(fragment)) return `invariant(${contentOf(fragment.condition)})`;
  if (ast.isAssign(fragment)) return `assign(${fragment.variable?.$refText ?? ''})`;
  return fragment.$type.replace('Action', '').toLowerCase();
}

function operandText(operand: ast.Operand): string {
  const guard = ast.isPlainOperand(operand) ? undefined : operand.guard;
  if (guard !== undefined) return `[${contentOf(guard)}]`;
  if (ast.isElseOperand(operand)) return 'else';
  const first = operand.fragments[0];
  return `(${first === undefined ? '' : fragmentText(first)})`;
}
