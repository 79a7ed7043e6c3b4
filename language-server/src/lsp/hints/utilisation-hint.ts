/** Behind a load: how busy it makes what it needs most, by the utilisation law. Nothing is simulated for it. */
import type { Model } from '@pollux/engine/model';
import { formatShare } from '@pollux/engine/numeric';
import { type Utilisation, utilisations } from '@pollux/engine/simulation/analytic';
import { InlayHintKind } from 'vscode-languageserver';
import * as ast from '../../generated/ast.ts';
import { idOf } from '../../language/lower/element-ids.ts';
import type { HintSource } from './hint-source.ts';

/** So many servers are named; all of them stand in the tooltip. */
const SHOWN = 2;

export const utilisationHint: HintSource = (node, context) => {
  if (!(ast.isLoad(node) || ast.isTimedLoad(node)) || node.$cstNode === undefined) return undefined;
  const load = idOf(node);
  const owner = node.$container;
  const scenario = idOf(ast.isScenario(owner) ? owner : owner.$container);
  const busy = utilisationsIn(context.model(), scenario).filter(({ by }) => by.some((one) => one.load === load));
  const [first] = busy;
  if (first === undefined) return undefined;
  return {
    position: node.$cstNode.range.end,
    label: busy.slice(0, SHOWN).map(shareText).join(', '),
    tooltip: `With all loads of the scenario, where it is busiest: ${busy.map(shareText).join(', ')}.`,
    kind: InlayHintKind.Type,
    paddingLeft: true,
  };
};

/** `store 108 %`; two figures where guards leave open how often something is asked for. */
function shareText({ element, utilisation: { low, high } }: Utilisation): string {
  const name = element.slice(element.lastIndexOf('.') + 1);
  if (!Number.isFinite(high)) return `${name} ${formatShare(low)} or more`;
  const [least, most] = [formatShare(low), formatShare(high)];
  return least === most ? `${name} ${least}` : `${name} ${least} to ${most}`;
}

const known = new WeakMap<Model, Map<string, readonly Utilisation[]>>();

/** A scenario's loads are asked about one by one, and share their figures; another model may have others. */
function utilisationsIn(model: Model, id: string): readonly Utilisation[] {
  const scenario = model.scenarios.find((candidate) => candidate.id === id);
  if (scenario === undefined) return [];
  const ofModel = known.get(model) ?? new Map<string, readonly Utilisation[]>();
  known.set(model, ofModel);
  const figures = ofModel.get(id) ?? utilisations(model, scenario);
  ofModel.set(id, figures);
  return figures;
}
