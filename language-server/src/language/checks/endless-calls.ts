/**
 * Behaviours that lead back to themselves on a way that nothing leads off: over `ref`, over the methods of operations, over the
 * actions of activities. What stands behind a condition is an exit.
 */
import type { ActivityNode, ElementId, Fragment, Model, Place } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';

interface Lead {
  readonly to: ElementId;
  readonly place: Place;
}

/** Reports at the leads that stand in the file `uri`. */
export function checkEndlessCalls(model: Model, uri: string, report: Report): void {
  const leads = leadsOf(model);
  const names = new Map([...model.interactions, ...model.activities].map(({ id, name }) => [id, name]));
  const own = [...model.interactions, ...model.activities].filter(({ place }) => place.uri === uri);
  for (const { id: from } of own) {
    for (const { to, place } of leads(from)) {
      if (place.uri !== uri) continue;
      const way = wayFrom(to, from, leads);
      if (way === undefined) continue;
      const words = [from, ...way].map((id) => `\`${names.get(id) ?? id}\``).join(' -> ');
      const message = `This never ends: ${words}, and nothing on the way can be left out. Put it behind a condition, such as \`opt [c] { … }\`.`;
      report('endless-call', place, message);
    }
  }
}

/** Where a behaviour leads, found out when it is asked for. */
type Leads = (behaviour: ElementId) => readonly Lead[];

function leadsOf(model: Model): Leads {
  const methods = new Map<ElementId, ElementId>();
  for (const { operations } of [...model.components, ...model.machines]) {
    for (const { id, method } of operations) if (method !== undefined) methods.set(id, method);
  }
  const interactions = new Map(model.interactions.map((each) => [each.id, each]));
  const activities = new Map(model.activities.map((each) => [each.id, each]));
  const found = new Map<ElementId, readonly Lead[]>();
  return (id) => {
    let leads = found.get(id);
    if (leads === undefined) {
      const activity = activities.get(id);
      const interaction = interactions.get(id);
      if (activity !== undefined) leads = leadsOfNodes(activity.nodes, methods);
      else leads = interaction === undefined ? [] : leadsOfFragments(interaction.body, methods).leads;
      found.set(id, leads);
    }
    return leads;
  };
}

/** What is done in any case; `goesOn` is false where what follows may be left out. */
function leadsOfFragments(
  fragments: readonly Fragment[],
  methods: ReadonlyMap<ElementId, ElementId>,
): { leads: Lead[]; goesOn: boolean } {
  const leads: Lead[] = [];
  for (const fragment of fragments) {
    if (fragment.kind === 'ref') leads.push({ to: fragment.interaction, place: fragment.label });
    else if (fragment.kind === 'message') {
      const method = methods.get(fragment.signature);
      if (method !== undefined) leads.push({ to: method, place: fragment.label });
      leads.push(...leadsOfFragments(fragment.execution, methods).leads);
    } else if (fragment.kind === 'return' || fragment.kind === 'break') return { leads, goesOn: false };
    else if (fragment.kind === 'action' && fragment.action.kind === 'call') {
      const method = methods.get(fragment.action.operation);
      if (method !== undefined) leads.push({ to: method, place: fragment.label });
    } else if ('operands' in fragment) {
      const isSure =
        ['par', 'seq', 'strict', 'critical', 'assert', 'consider', 'ignore'].includes(fragment.kind) ||
        (fragment.kind === 'loop' && (fragment.minimum ?? 0) > 0);
      const inner = fragment.operands.map(({ body }) => leadsOfFragments(body, methods));
      if (isSure) leads.push(...inner.flatMap((part) => part.leads));
      if (inner.some(({ goesOn }) => !goesOn)) return { leads, goesOn: false };
    }
  }
  return { leads, goesOn: true };
}

/** Where anything is decided or waited for, nothing is done in any case. */
function leadsOfNodes(nodes: readonly ActivityNode[], methods: ReadonlyMap<ElementId, ElementId>): Lead[] {
  const leads: Lead[] = [];
  for (const node of nodes) {
    if (node.kind === 'decision' || node.kind === 'accept' || node.kind === 'interruptible') return [];
    if (node.kind === 'structured') leads.push(...leadsOfNodes(node.nodes, methods));
    if (node.kind !== 'action') continue;
    const to =
      node.work.kind === 'invoke'
        ? node.work.behaviour
        : node.work.kind === 'call'
          ? methods.get(node.work.operation)
          : undefined;
    if (to !== undefined) leads.push({ to, place: node.label });
  }
  return leads;
}

/** The behaviours from one to another, both included; undefined where none leads there. */
function wayFrom(from: ElementId, to: ElementId, leads: Leads): ElementId[] | undefined {
  const before = new Map<ElementId, ElementId | undefined>([[from, undefined]]);
  const open = [from];
  for (let current = open.shift(); current !== undefined; current = open.shift()) {
    if (current === to) {
      const way: ElementId[] = [];
      for (let step: ElementId | undefined = current; step !== undefined; step = before.get(step)) way.unshift(step);
      return way;
    }
    for (const { to: next } of leads(current)) {
      if (before.has(next)) continue;
      before.set(next, current);
      open.push(next);
    }
  }
  return undefined;
}
