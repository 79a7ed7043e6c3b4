/**
 * The one home of what the language says and nobody executes yet: every construct in a model, with its place and what that
 * means. A line goes away when the engine gets the construct. Knows only the model.
 */
import type { Activity, ElementId, Interaction, Model, Place, Scenario } from '../../model/index.ts';
import type { Finding } from '../result.ts';
import { inActivity } from './activities.ts';
import { inComponent } from './components.ts';
import { inDeployment } from './deployments.ts';
import type { NotExecutable } from './entry.ts';
import { inInteraction } from './interactions.ts';
import { inMachine } from './machines.ts';
import { type Reached, reachedFrom } from './reached.ts';
import { inScenario } from './scenarios.ts';
import { elsewhere, inTwin } from './twins.ts';

export type { NotExecutable } from './entry.ts';

/** Everything, in the order of the kinds of elements and of the text; of one file alone where it is given. */
export function notExecutable(model: Model, uri?: string): readonly NotExecutable[] {
  const isAsked = ({ place }: { readonly place: Place }): boolean => uri === undefined || place.uri === uri;
  const everything: Reached = {
    interactions: model.interactions.filter(isAsked),
    machines: model.machines.filter(isAsked),
    components: model.components.filter(isAsked),
    deployments: model.deployments.filter(isAsked),
  };
  const listed = [
    ...inBehaviours(everything, model),
    ...model.activities.filter(isAsked).flatMap((each) => [...inActivity(each), notFollowed(each)]),
    ...model.scenarios.filter(isAsked).flatMap((scenario) => inScenario(scenario, model)),
    ...model.twins.filter(isAsked).flatMap((twin) => inTwin(twin, model)),
    ...elsewhere(model).filter(isAsked),
  ];
  return listed.filter(({ construct }) => !whenRun.has(construct));
}

/** Recordings are read, and twins asked, when a scenario is run. */
const whenRun: ReadonlySet<string> = new Set(['empirical', 'replay', 'observed']);

/** What keeps a scenario from being simulated, or is missing from its figures: one finding a construct, at its first place. */
export function notSimulated(
  model: Model,
  scenario: Scenario,
  interactions: readonly Interaction[],
  activities: readonly Activity[],
): readonly Finding[] {
  const reached = reachedFrom(model, scenario, interactions);
  const found = [...inScenario(scenario, model), ...inBehaviours(reached, model), ...activities.flatMap(inActivity)];
  const constructs = Map.groupBy(
    found.filter(({ by, effect }) => by !== 'twin' && effect !== 'quiet'),
    ({ construct, effect }) => `${construct} ${effect}`,
  );
  return [...constructs.values()].flatMap(([first, ...others]): Finding[] => {
    if (first === undefined) return [];
    const line = first.place.start.line + 1;
    const more = others.length === 0 ? '' : ` So in ${others.length} more ${others.length === 1 ? 'place' : 'places'}.`;
    return [
      {
        code: first.effect === 'refused' ? 'not-executable' : 'left-out',
        severity: first.effect === 'refused' ? 'error' : 'information',
        element: first.element satisfies ElementId,
        message: `Line ${line}: ${first.message}${more}`,
      },
    ];
  });
}

function inBehaviours(
  { interactions, machines, components, deployments }: Reached,
  model: Model,
): readonly NotExecutable[] {
  return [
    ...machines.flatMap(inMachine),
    ...components.flatMap(inComponent),
    ...interactions.flatMap((interaction) => inInteraction(interaction, model)),
    ...deployments.flatMap(inDeployment),
  ];
}

function notFollowed({ id, name, place }: Activity): NotExecutable {
  const message = `Activities such as ${name} are not followed in telemetry yet.`;
  return { construct: 'activity', element: id, place, by: 'twin', effect: 'quiet', message };
}
