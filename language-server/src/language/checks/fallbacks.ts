/** A fallback is for calls that can fail. Says so only where nothing in the whole model could make one fail. */
import type { Component, Fragment, Interaction, Message, Model } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { componentsOf, fragmentsBelow } from './fragments-below.ts';

export function checkFallbacks(interaction: Interaction, model: Model, isShared: boolean, report: Report): void {
  if (isShared || isTroubled(model)) return;
  const ends = componentsOf(interaction, model);
  for (const fragment of fragmentsBelow(interaction.body)) {
    if (fragment.kind !== 'message' || fragment.fallback === undefined) continue;
    if (canFail(fragment, ends, model)) continue;
    const message =
      'Nothing in the model makes this call fail, so the fallback is never needed. Say how it can: `fails 1 %` at the operation, or `timeout 1 s` here.';
    report('fallback-never-needed', fragment.label, message);
  }
}

/** Breaks anything of the whole system now and then? */
function isTroubled({ deployments, scenarios }: Model): boolean {
  const isFragile = deployments.some(
    ({ zones, nodes, links, limits }) =>
      limits.length > 0 ||
      links.some(({ loss }) => loss > 0) ||
      [...zones, ...nodes].some(({ breakdown }) => breakdown !== undefined),
  );
  return isFragile || scenarios.some(({ timeline }) => timeline.some(({ change }) => change.kind !== 'load'));
}

function canFail(message: Message, ends: ReadonlyMap<string, Component>, model: Model): boolean {
  const to = ends.get(message.to);
  if (to === undefined) return true;
  const policies = ends.get(message.from)?.requires.filter(({ component }) => component === to.id) ?? [];
  if ([message.policy, ...policies.map(({ policy }) => policy)].some(givesUp)) return true;
  const operation = to.operations.find(({ id }) => id === message.signature);
  if (operation === undefined || operation.method !== undefined || operation.fails !== undefined) return true;
  const refuses = [to, ...to.versions].some(({ threads, queue }) => threads !== undefined || queue !== undefined);
  const changes = to.versions.some(({ operations }) => operations.some(({ cost }) => cost.fails !== undefined));
  const settings = model.deployments.flatMap(({ nodes, spreads }) => [
    ...nodes.flatMap(({ deploys }) => deploys),
    ...spreads,
  ]);
  const isLimited = settings.some(
    ({ component, threads, queue }) => component === to.id && (threads !== undefined || queue !== undefined),
  );
  return refuses || changes || isLimited || message.execution.some((inner) => mayFail(inner, ends, model));
}

function givesUp(policy: Message['policy']): boolean {
  return policy?.timeout !== undefined || policy?.breaker !== undefined || policy?.deadlinePropagates === true;
}

function mayFail(fragment: Fragment, ends: ReadonlyMap<string, Component>, model: Model): boolean {
  if (fragment.kind === 'message') {
    return fragment.sort === 'synchronous-call' && fragment.fallback === undefined && canFail(fragment, ends, model);
  }
  if (fragment.kind === 'ref' || fragment.kind === 'action' || fragment.kind === 'invariant') return true;
  return (
    'operands' in fragment && fragment.operands.some(({ body }) => body.some((inner) => mayFail(inner, ends, model)))
  );
}
