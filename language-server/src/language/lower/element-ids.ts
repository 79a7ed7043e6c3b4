/**
 * Gives every declaration its id. Names where the text has them, else parent + kind + content, an ordinal only between
 * equals: text inserted above an element never changes its id. Computed once a linked syntax tree.
 */
import type { ElementId } from '@pollux/engine/model';
import { type AstNode, AstUtils, CstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { activityNodesBelow, directVertices, nodesBelow, zonesBelow } from '../links/declared-names.ts';
import { descendantsOf } from '../links/descendants.ts';
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
    for (const declaration of file.declarations)
      this.declaration(declaration, `${prefix}${nameOfDeclaration(declaration)}`);
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
    switch (node.$type) {
      case 'Enumeration':
        this.named(node.literals, id);
        break;
      case 'DataType':
        this.named(node.attributes, id);
        break;
      case 'Signal':
        this.named(node.parameters, id);
        break;
      case 'Machine':
        this.machine(node, id);
        break;
      case 'Component':
        this.component(node, id);
        break;
      case 'Interaction':
        this.interaction(node, id);
        break;
      case 'Activity':
        this.activity(node, id);
        break;
      case 'Resource':
        break;
      case 'Deployment':
        this.deployment(node, id);
        break;
      case 'Scenario':
        this.scenario(node, id);
        break;
      case 'Twin':
        this.twin(node, id);
        break;
      case 'Policy':
        for (const rule of node.rules) this.give(rule, `${id}/${contentOf(rule)}`);
        break;
      case 'Calibration':
        for (const value of node.entries)
          this.give(value, `${id}/${contentOf(value.subject)}${versionText(value.version)}`);
        break;
      case 'TestCase':
        for (const step of node.steps) this.give(step, `${id}/${contentOf(step)}`);
    }
  }

  private machine(node: ast.Machine, id: ElementId): void {
    this.named(node.parameters, id);
    this.named(node.members.filter(ast.isVariable), id);
    this.operations(node.members, id);
    this.vertices(node.members, id);
    this.transitions(node.members, id, id);
    this.loops(node, id);
  }

  private operations(members: readonly AstNode[], owner: ElementId): void {
    for (const operation of members.filter(ast.isOperation)) {
      this.named(operation.parameters, this.give(operation, `${owner}.${operation.name ?? ''}`));
    }
  }

  /** Variables of loops belong to the behaviour. */
  private loops(behaviour: ast.Machine | ast.Interaction | ast.Activity, id: ElementId): void {
    for (const node of descendantsOf(behaviour)) if (ast.isLoopVariable(node)) this.named([node], id);
  }

  private vertices(members: readonly (ast.MachineMember | ast.StateMember)[], owner: ElementId): void {
    for (const member of members) {
      if (ast.isInitial(member)) this.give(member, `${owner}/initial`);
      else if (ast.isHistory(member)) this.give(member, `${owner}.${member.deep ? 'deep_history' : 'history'}`);
    }
    for (const vertex of directVertices(members)) {
      const id = this.give(vertex, `${owner}.${vertex.name ?? ''}`);
      if (ast.isState(vertex) || ast.isRegion(vertex)) this.vertices(vertex.members, id);
    }
  }

  /** After the vertices, because the ids of transitions name their targets. */
  private transitions(
    members: readonly (ast.MachineMember | ast.StateMember)[],
    owner: ElementId,
    machine: ElementId,
  ): void {
    for (const member of members) {
      const id = this.ids.get(member) ?? owner;
      if (ast.isEntry(member) || ast.isExit(member)) {
        this.named(member.parameters, `${owner}/${member.$type.toLowerCase()}`);
      } else if (ast.isDoActivity(member)) this.named(member.parameters, `${owner}/do`);
      else if (ast.isTransition(member)) {
        const arrow = member.target === undefined ? '' : `->${this.target(member.target, machine)}`;
        const transition = this.give(member, `${owner}/${triggerText(member.trigger)}${arrow}`);
        if (ast.isSignalTrigger(member.trigger)) {
          for (const pattern of member.trigger.signals) this.named(pattern.bindings, transition);
        } else if (ast.isCallTrigger(member.trigger)) this.named(member.trigger.bindings, transition);
      } else if (ast.isExitConnection(member)) {
        this.give(member, `${owner}/exit(${member.point?.$refText ?? ''})->${this.target(member.target, machine)}`);
      } else if (ast.isState(member) || ast.isRegion(member)) this.transitions(member.members, id, machine);
      else if (ast.isChoice(member) || ast.isJunction(member)) this.branches(member.branches, id, machine);
      else if (ast.isFork(member)) {
        for (const branch of member.branches) this.give(branch, `${id}/->${this.target(branch.target, machine)}`);
      }
    }
  }

  private branches(branches: readonly ast.Branch[], owner: ElementId, behaviour: ElementId): void {
    for (const branch of branches) {
      this.give(branch, `${owner}/${branch.otherwise ? 'else' : ''}->${this.target(branch.target, behaviour)}`);
    }
  }

  /** The id of a target without that of its behaviour; the text of the path where it leads nowhere. */
  private target(path: ast.Path | undefined, behaviour: ElementId): string {
    const vertex = path?.steps.at(-1)?.to?.ref;
    const id = vertex === undefined ? undefined : this.ids.get(vertex);
    return id?.startsWith(`${behaviour}.`) ? id.slice(behaviour.length + 1) : contentOf(path);
  }

  private component(node: ast.Component, id: ElementId): void {
    this.operations(node.members, id);
    for (const member of node.members) {
      if (ast.isTopic(member)) this.named(member.parameters, this.give(member, `${id}.${member.name ?? ''}`));
      else if (ast.isRequires(member)) this.give(member, `${id}/requires(${member.component?.$refText ?? ''})`);
      else if (ast.isVersion(member)) {
        const version = this.give(member, `${id}/version(${member.name ?? ''})`);
        for (const inner of member.members.filter(ast.isRequires)) {
          this.give(inner, `${version}/requires(${inner.component?.$refText ?? ''})`);
        }
      }
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
    this.loops(node, id);
  }

  /** What combined fragments hold belongs to the enclosing execution: wrapping messages in `opt` keeps their ids. */
  private fragments(fragments: readonly ast.Fragment[], execution: ElementId, interaction: ElementId): void {
    for (const fragment of fragments) {
      if (ast.isCombinedFragment(fragment)) {
        const unnamed = `${execution}/${fragmentText(fragment)}`;
        const id = this.give(fragment, fragment.name === undefined ? unnamed : `${interaction}.${fragment.name}`);
        for (const operand of fragment.operands) this.give(operand, `${id}/${operandText(operand)}`);
        for (const operand of fragment.operands) this.fragments(operand.fragments, execution, interaction);
        continue;
      }
      const id = this.give(fragment, `${execution}/${fragmentText(fragment)}`);
      if (ast.isConsumer(fragment)) this.named(fragment.bindings, id);
      if (ast.isMessage(fragment) || ast.isFoundMessage(fragment) || ast.isConsumer(fragment)) {
        this.fragments(fragment.execution?.fragments ?? [], id, interaction);
      }
      if (ast.isMessage(fragment)) this.fragments(fragment.fallback?.fragments ?? [], `${id}/fallback`, interaction);
    }
  }

  private activity(node: ast.Activity, id: ElementId): void {
    this.named(node.parameters, id);
    this.named(node.members.filter(ast.isVariable), id);
    for (const member of node.members) if (ast.isPartitions(member)) this.named(member.partitions, id);
    for (const inner of activityNodesBelow(node.members)) {
      const innerId = this.give(inner, `${id}.${inner.name ?? ''}`);
      if (ast.isAcceptNode(inner)) for (const pattern of inner.signals) this.named(pattern.bindings, innerId);
    }
    this.initials(node.members, id);
    this.edges(node.members, id);
    this.loops(node, id);
  }

  private initials(members: readonly AstNode[], owner: ElementId): void {
    for (const member of members) {
      if (ast.isInitial(member)) this.give(member, `${owner}/initial`);
      else if (ast.isStructuredNode(member) || ast.isInterruptibleRegion(member)) {
        this.initials(member.members, this.ids.get(member) ?? owner);
      }
    }
  }

  private edges(members: readonly AstNode[], activity: ElementId): void {
    for (const member of members) {
      const id = this.ids.get(member) ?? activity;
      if (ast.isDecision(member)) this.branches(member.branches, id, activity);
      else if (ast.isFork(member)) {
        for (const branch of member.branches) this.give(branch, `${id}/->${this.target(branch.target, activity)}`);
      } else if (ast.isStructuredNode(member)) this.edges(member.members, activity);
      else if (ast.isInterruptibleRegion(member)) {
        for (const inner of member.members.filter(ast.isInterrupt)) {
          const signals = inner.signals.map((pattern) => pattern.signal?.$refText ?? '').join(',');
          const interrupt = this.give(inner, `${id}/on(${signals})->${this.target(inner.target, activity)}`);
          for (const pattern of inner.signals) this.named(pattern.bindings, interrupt);
        }
        this.edges(member.members, activity);
      }
    }
  }

  private deployment(node: ast.Deployment, id: ElementId): void {
    for (const zone of zonesBelow(node.members)) this.named([zone], id);
    for (const machineNode of nodesBelow(node.members)) {
      const nodeId = this.give(machineNode, `${id}.${machineNode.name ?? ''}`);
      for (const deploy of machineNode.members.filter(ast.isDeploy)) {
        this.give(deploy, `${nodeId}/${deploy.component?.$refText ?? ''}`);
      }
    }
    this.placements([node.members, ...[...zonesBelow(node.members)].map(({ members }) => members)].flat(), id);
  }

  private placements(members: readonly ast.ZoneMember[], id: ElementId): void {
    for (const member of members) {
      switch (member.$type) {
        case 'Link':
          this.give(member, `${id}/${member.from?.$refText ?? ''}--${member.to?.$refText ?? ''}`);
          break;
        case 'DeployAcross':
          this.give(member, `${id}/deploy(${member.component?.$refText ?? ''})`);
          break;
        case 'Balance':
        case 'Autoscale':
          this.give(member, `${id}/${member.$type.toLowerCase()}(${member.component?.$refText ?? ''})`);
          break;
        case 'RateLimit':
        case 'Cost':
          this.give(member, `${id}/${member.$type === 'Cost' ? 'cost' : 'limit'}(${contentOf(member.subject)})`);
          break;
        case 'BackgroundLoad':
          this.give(member, `${id}.${member.name ?? ''}`);
          break;
        case 'Node':
        case 'Zone':
        case 'Breakdown':
          break;
      }
    }
  }

  private scenario(node: ast.Scenario, id: ElementId): void {
    for (const member of node.members) {
      if (ast.isLoad(member)) this.give(member, `${id}/load(${member.behaviour?.$refText ?? ''})`);
      else if (ast.isExpectation(member)) this.expectation(member, id);
      else if (ast.isTimelineEvent(member)) {
        const event = this.give(member, `${id}/at(${contentOf(member.time)})${changeText(member.change)}`);
        if (ast.isTimedLoad(member.change)) this.give(member.change, `${event}/load`);
      } else if (ast.isVary(member)) {
        for (const variation of member.variations)
          this.give(variation, `${id}/vary(${contentOf(variation.parameter)})`);
      }
    }
  }

  private twin(node: ast.Twin, id: ElementId): void {
    for (const member of node.members) {
      switch (member.$type) {
        case 'Expectation':
          this.expectation(member, id);
          break;
        case 'OtlpSource':
          this.give(member, `${id}/otlp`);
          break;
        case 'PrometheusSource':
          this.give(member, `${id}/prometheus(${member.url ?? ''})`);
          break;
        case 'FileSource':
          this.give(member, `${id}/file(${member.pattern ?? ''})`);
          break;
        case 'TelemetryBinding':
          this.binding(member, id);
          break;
        case 'InstanceBinding':
          this.instances(member, id);
          break;
        case 'Forecast':
          this.give(member, `${id}/forecast(${contentOf(member.measure)})`);
          break;
        case 'Reaction':
          this.give(member, `${id}/on-breach(${member.expectation?.$refText ?? ''})`);
          break;
        case 'Sampled':
        case 'Lateness':
        case 'Alarms':
          break;
      }
    }
  }

  private binding(node: ast.TelemetryBinding, owner: ElementId): void {
    const kind = node.evidence?.$type.replace('Evidence', '').toLowerCase() ?? '';
    this.give(node, `${owner}/${contentOf(node.subject)}=${kind}`);
  }

  private instances(node: ast.InstanceBinding, owner: ElementId): void {
    const id = this.give(node, `${owner}/${node.behaviour?.$refText ?? ''}`);
    for (const member of node.members) {
      if (ast.isTelemetryBinding(member)) this.binding(member, id);
      else if (ast.isEventBinding(member))
        this.give(member, `${id}/on(${member.text ?? ''})->${member.signal?.$refText ?? ''}`);
    }
  }

  /** One for each comparison: each is judged on its own. */
  private expectation(node: ast.Expectation, owner: ElementId): void {
    const [first] = node.comparisons;
    const id = this.give(
      node,
      node.name === undefined ? `${owner}/expect(${contentOf(first?.measure)})` : `${owner}.${node.name}`,
    );
    for (const [index, comparison] of node.comparisons.entries()) {
      if (index > 0)
        this.give(
          comparison,
          node.name === undefined
            ? `${owner}/expect(${contentOf(comparison.measure)})`
            : `${id}/${contentOf(comparison.measure)}`,
        );
    }
  }
}

function nameOfDeclaration(node: ast.Declaration): string {
  return ast.isCalibration(node) ? `calibration(${node.deployment?.$refText ?? ''})` : (node.name ?? '');
}

function versionText(version: string | undefined): string {
  return version === undefined ? '' : `@${version}`;
}

function changeText(change: ast.Change | undefined): string {
  if (change === undefined) return '';
  const subject = contentOf(change).split(' ').slice(0, 2).join(' ');
  return subject;
}

function triggerText(trigger: ast.Trigger | undefined): string {
  if (ast.isSignalTrigger(trigger)) {
    return `on(${trigger.any ? 'any' : trigger.signals.map((pattern) => pattern.signal?.$refText ?? '').join(',')})`;
  }
  if (ast.isCallTrigger(trigger)) return `call(${trigger.operation?.$refText ?? ''})`;
  if (ast.isClockTrigger(trigger)) return `at(${trigger.time ?? ''})`;
  if (ast.isTimeTrigger(trigger)) return `after(${contentOf(trigger.delay)})`;
  if (ast.isChangeTrigger(trigger)) return `when(${contentOf(trigger.condition)})`;
  return 'completion';
}

function fragmentText(fragment: ast.Fragment): string {
  switch (fragment.$type) {
    case 'Message':
      return `${fragment.from?.$refText ?? ''}${fragment.arrow ?? '->'}${fragment.lost ? '?' : (fragment.to?.$refText ?? '')}${signatureText(fragment)}`;
    case 'FoundMessage':
      return `?->>${fragment.to?.$refText ?? ''}${signatureText(fragment)}`;
    case 'Consumer':
      return `on(${fragment.broker?.$refText ?? ''}.${fragment.topic?.$refText ?? ''})->${fragment.to?.$refText ?? ''}.${fragment.operation?.$refText ?? ''}`;
    case 'Create':
    case 'Destroy':
      return `${fragment.$type.toLowerCase()}(${fragment.lifeline?.$refText ?? ''})`;
    case 'InteractionUse':
      return `ref(${fragment.behaviour?.$refText ?? ''})`;
    case 'Work':
      return fragment.takes ? 'takes' : 'delays';
    case 'Invariant':
      return `invariant(${contentOf(fragment.condition)})`;
    case 'Assign':
      return `assign(${fragment.variable?.$refText ?? ''})`;
    default: {
      if (!ast.isCombinedFragment(fragment)) return fragment.$type.replace('Action', '').toLowerCase();
      const first = fragment.operands[0];
      return `${fragment.$type.toLowerCase()}${first === undefined ? '' : operandText(first)}`;
    }
  }
}

function signatureText(message: ast.Message | ast.FoundMessage): string {
  if (message.signal !== undefined) return `:${message.signal.$refText}`;
  return message.operation === undefined ? '' : `.${message.operation.$refText}`;
}

function operandText(operand: ast.Operand): string {
  const guard = ast.isPlainOperand(operand) ? undefined : operand.guard;
  if (guard !== undefined) return `[${contentOf(guard)}]`;
  if (ast.isElseOperand(operand)) return 'else';
  const first = operand.fragments[0];
  return `(${first === undefined ? '' : fragmentText(first)})`;
}
