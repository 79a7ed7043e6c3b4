/** What a twin does when an expectation is breached, and how far it looks ahead. */
import type { Forecast, Reaction } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerCount } from './counts.ts';
import { contentOf, idOf } from './element-ids.ts';
import { fromZero, lowerKnownTime, type Range } from './known-quantities.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { lowerMeasure } from './measures.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { whyNotDeployed } from './replicas.ts';
import { lowerAddress } from './texts.ts';

const YEAR = 365.25 * 86_400e6;

const horizon: Range = {
  holds: (value) => value > 0 && value <= YEAR,
  words: 'A forecast looks ahead by a time above 0, and by a year at most.',
};

export function lowerForecast(lowering: Lowering, node: ast.Forecast): Forecast | undefined {
  const measure = lowerMeasure(lowering, node.measure);
  const ahead = node.horizon === undefined ? undefined : lowerKnownTime(lowering, node.horizon, horizon);
  if (measure === undefined || ahead === undefined) return undefined;
  return { ...elementOf(lowering, node, 'measure'), kind: 'forecast', measure: measure.measure, horizon: ahead };
}

export function lowerReaction(
  lowering: Lowering,
  node: ast.Reaction,
  deployment: ast.Deployment | undefined,
): Reaction | undefined {
  const expectation = node.expectation?.ref;
  const lasting = node.duration === undefined ? 0 : lowerKnownTime(lowering, node.duration, fromZero);
  reportRepeatedClauses(lowering, node.effects, contentOf);
  const effects = node.effects.flatMap((effect) => lowerEffect(lowering, effect, deployment));
  if (node.effects.length === 0) {
    const message = 'Nothing is done. Write `webhook "https://…"` or `propose scale Orders` in the braces.';
    lowering.report('without-effect', placeOfProperty(lowering, node, 'expectation'), message);
  }
  if (expectation === undefined || lasting === undefined) return undefined;
  return {
    ...elementOf(lowering, node, 'expectation'),
    kind: 'reaction',
    expectation: idOf(expectation),
    lasting,
    effects,
  };
}

function lowerEffect(
  lowering: Lowering,
  node: ast.ReactionEffect,
  deployment: ast.Deployment | undefined,
): Reaction['effects'] {
  if (ast.isWebhook(node)) {
    return [{ kind: 'webhook', url: lowerAddress(lowering, node, 'url', node.url, 'https://ops.example/hook') }];
  }
  const component = node.component?.ref;
  const replicas =
    node.replicas === undefined ? {} : { replicas: lowerCount(lowering, node, 'replicas', node.replicas, 1, 1) };
  if (component === undefined) return [];
  const why = component.external
    ? `\`${component.name}\` is external: it has no replicas to scale.`
    : whyNotDeployed(component, deployment, 'is to be scaled');
  if (why !== undefined) {
    lowering.report(component.external ? 'wrong-kind' : 'not-deployed', placeOf(lowering, node), why);
    return [];
  }
  return [{ kind: 'propose-scale', component: idOf(component), ...replicas }];
}
