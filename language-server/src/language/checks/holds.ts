/** Every `acquire` meets its `release` on every way to the end. Follows ways, not runs; where ways fork it only looks whether both exist. */
import type { ActivityNode, ElementId, ResourceUse } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { type ActivityGraph, isFinal } from './activity-graph.ts';

/** More than that many of one resource held at once are not told apart. */
const MOST_HELD = 64;

export function checkHolds(graph: ActivityGraph, report: Report): void {
  const nodes = [...graph.nodes.values()].map(({ node }) => node);
  const resources = new Set(nodes.flatMap((node) => changesOf(node).map(({ resource }) => resource)));
  const forks = nodes.some(({ kind }) => kind === 'fork') || graph.roots.length > 1;
  for (const resource of resources) {
    const changing = nodes.filter((node) => changesOf(node).some((use) => use.resource === resource));
    const acquiring = changing.filter(({ kind }) => kind === 'acquire');
    const releasing = changing.filter(({ kind }) => kind === 'release');
    if (acquiring.length === 0 || releasing.length === 0) {
      for (const node of acquiring) reportKept(node, resource, undefined, report);
      for (const node of releasing) reportNotHeld(node, resource, report);
    } else if (!forks) followHeld(graph, resource, acquiring, report);
  }
}

function changesOf(node: ActivityNode): readonly ResourceUse[] {
  return node.kind === 'acquire' || node.kind === 'release' ? node.uses : [];
}

/** Walks every way with the number that is held; a loop that acquires again and again stops at the most. */
function followHeld(
  graph: ActivityGraph,
  resource: ElementId,
  acquiring: readonly ActivityNode[],
  report: Report,
): void {
  const seen = new Set<string>();
  const kept = new Set<string>();
  const missing = new Set<ActivityNode>();
  const open: (readonly [ElementId, number])[] = graph.roots.map((id) => [id, 0]);
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const [id, held] = item;
    const node = graph.nodes.get(id)?.node;
    if (node === undefined || seen.has(`${id} ${held}`) || held > MOST_HELD) continue;
    seen.add(`${id} ${held}`);
    const amount = changesOf(node).find((use) => use.resource === resource)?.amount ?? 0;
    if (node.kind === 'release' && amount > held) missing.add(node);
    if (isFinal(node) && graph.successors(id).length === 0 && held > 0) kept.add(node.name);
    const after = node.kind === 'release' ? Math.max(0, held - amount) : held + amount;
    const abandoned = node.kind === 'acquire' ? node.patience?.abandoned : undefined;
    for (const next of graph.successors(id)) open.push([next, next === abandoned ? held : after]);
  }
  const [end] = kept;
  if (end !== undefined) for (const node of acquiring) reportKept(node, resource, end, report);
  for (const node of missing) reportNotHeld(node, resource, report);
}

function reportKept(node: ActivityNode, resource: ElementId, end: string | undefined, report: Report): void {
  const name = shortName(resource);
  const where = end === undefined ? 'Nothing releases' : `On a way to \`${end}\` nothing releases`;
  report('unbalanced-hold', node.label, `${where} \`${name}\`. Add \`release …: ${name}\` there.`);
}

function reportNotHeld(node: ActivityNode, resource: ElementId, report: Report): void {
  const name = shortName(resource);
  const message = `A way leads here on which \`${name}\` is not held. Acquire it before: \`acquire …: ${name}\`.`;
  report('unbalanced-hold', node.label, message);
}

function shortName(id: ElementId): string {
  return id.slice(id.lastIndexOf('.') + 1);
}
