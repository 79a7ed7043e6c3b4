/** A moment of a live run as an overlay: the figures of its window, and what is struck by a fault now. */
import type { Change, ElementId, Model, Node } from '@pollux/engine/model';
import { type LiveState, standingAt } from '@pollux/engine/simulation/live';
import { completeFigures, type ElementFigures, type Overlay, type Trouble } from './overlay.ts';

export function runOverlay(model: Model, scenario: ElementId, state: LiveState): Overlay {
  const figures = new Map<ElementId, ElementFigures>(Object.entries(state.frame.elements));
  const deployment = model.scenarios.find(({ id }) => id === scenario)?.deployment;
  completeFigures(model, figures, deployment);
  return {
    mode: 'simulated',
    isMoment: true,
    deployment,
    stale: false,
    figures,
    divergences: new Map(),
    missed: new Set(),
    tolerance: null,
    bottleneck: null,
    troubles: troublesOf(model, scenario, state),
  };
}

function troublesOf(model: Model, scenario: ElementId, state: LiveState): ReadonlyMap<ElementId, Trouble> {
  const run = model.scenarios.find(({ id }) => id === scenario);
  const troubles = new Map<ElementId, Trouble>();
  if (run === undefined) return troubles;
  const nodes = model.deployments.flatMap((deployment) => deployment.nodes);
  const struck = new Map<ElementId, Extract<Change, { kind: 'crash' | 'slow' }>[]>();
  for (const { change } of standingAt(run, state.inputs, state.frame.time_s * 1e6)) {
    if (change.kind === 'crash' || change.kind === 'slow')
      struck.set(change.subject, [...(struck.get(change.subject) ?? []), change]);
  }
  for (const [subject, changes] of struck) {
    for (const element of shownAt(model, subject)) {
      const node = nodes.find(({ id }) => id === element);
      troubles.set(element, trouble(changes, node));
    }
  }
  return troubles;
}

/** A component has a line on every node that runs it; a zone is its nodes. */
function shownAt(model: Model, subject: ElementId): readonly ElementId[] {
  const nodes = model.deployments.flatMap((deployment) => deployment.nodes);
  const deployed = nodes.flatMap((node) => node.deploys).filter(({ component }) => component === subject);
  const zoned = nodes.filter(({ zone }) => zone === subject);
  return [subject, ...deployed.map(({ id }) => id), ...zoned.map(({ id }) => id)];
}

function trouble(changes: readonly Extract<Change, { kind: 'crash' | 'slow' }>[], node: Node | undefined): Trouble {
  const which = (index: number | undefined): string => (index === undefined ? '' : `${node?.name ?? ''}[${index}] `);
  const crashed = changes.filter(({ kind }) => kind === 'crash');
  const count = node?.count ?? 1;
  const isDown = crashed.some(({ index }) => index === undefined) || (count > 1 && crashed.length >= count);
  if (isDown) return { text: 'crashed', isDown };
  const words = changes.map((change) =>
    change.kind === 'crash' ? `${which(change.index)}crashed` : `${which(change.index)}${change.factor} times slower`,
  );
  return { text: words.join(', '), isDown: count === 1 && crashed.length > 0 };
}
