/** Activities wait for what can come: signals that somebody sends, no more of a resource than there ever are. Sees the whole model. */
import type { Activity, ElementId, Model, Resource } from '@pollux/engine/model';
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { type Lowering, placeOfProperty } from '../lower/lowering.ts';
import type { Report } from '../problems/problem.ts';
import { activityGraph } from './activity-graph.ts';
import type { Uses } from './uses.ts';

export function checkClaims(activity: Activity, whole: Model, report: Report): void {
  const resources = new Map(whole.resources.map((resource) => [resource.id, resource]));
  const changed = changedResources(whole);
  for (const { node } of activityGraph(activity).nodes.values()) {
    if (node.kind !== 'action' && node.kind !== 'structured' && node.kind !== 'acquire') continue;
    for (const { resource: id, amount } of node.uses) {
      const resource = resources.get(id);
      const most = resource === undefined ? amount : mostOf(resource);
      if (resource === undefined || amount <= most || changed.has(id)) continue;
      const message = `\`${node.name}\` asks for ${amount} of \`${resource.name}\`, but there are never more than ${most}. Ask for fewer, or write \`resource ${resource.name} * ${amount}\`.`;
      report('waits-for-ever', node.label, message);
    }
  }
}

function mostOf({ count, shifts }: Resource): number {
  return Math.max(count, ...shifts.map((shift) => shift.count));
}

/** How many there are in a scenario may be another number. */
function changedResources(whole: Model): Set<ElementId> {
  const changed = new Set<ElementId>();
  for (const { timeline, variations } of whole.scenarios) {
    for (const { parameter } of variations) changed.add(parameter.element);
    for (const { change } of timeline) if (change.kind === 'set') changed.add(change.parameter.element);
  }
  return changed;
}

export function checkAwaited(file: ast.TwinFile, uses: Uses, lowering: Lowering): void {
  for (const activity of file.declarations.filter(ast.isActivity)) {
    for (const node of AstUtils.streamAllContents(activity)) {
      const signal = ast.isSignalPattern(node) ? node.signal?.ref : undefined;
      if (signal === undefined || uses.sent.has(signal)) continue;
      const message = `Nothing in the model sends \`${signal.name}\`, and no telemetry is bound to it. That is right where it comes from outside.`;
      lowering.report('never-sent', placeOfProperty(lowering, node, 'signal'), message);
    }
  }
}
