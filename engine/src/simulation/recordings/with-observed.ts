/**
 * A model with the arrivals that its twins observed, wherever a scenario asks for them. Whoever knows what a twin saw is asked; where
 * nothing is known the reason stays, and the scenario refuses to run. Knows no files and no telemetry.
 */
import type { ElementId, Load, Model, Scenario, SeenArrivals, TimelineEvent, Twin } from '../../model/index.ts';

/** A text says why there is none, to be read after "is not known:". */
type AskTwin = (twin: Twin, behaviour: ElementId) => SeenArrivals | string;

/** Scenarios that ask what was observed, each with the twin that they ask; null where no twin looks at what they run. */
export function observers(model: Model): ReadonlyMap<ElementId, Twin | null> {
  const asking = model.scenarios.filter((scenario) => loadsIn(scenario).some(({ arrivals }) => isAsking(arrivals)));
  return new Map(asking.map((scenario) => [scenario.id, observerOf(model, scenario)]));
}

export function withObserved(model: Model, ask: AskTwin): Model {
  const twins = observers(model);
  if (twins.size === 0) return model;
  const scenarios = model.scenarios.map((scenario): Scenario => {
    const twin = twins.get(scenario.id);
    if (twin === undefined) return scenario;
    const filled = (load: Load): Load => {
      const { arrivals } = load;
      if (!isAsking(arrivals)) return load;
      const seen = twin === null ? noTwin(model, scenario) : answer(model, twin, load.behaviour, ask);
      return { ...load, arrivals: { ...arrivals, ...(typeof seen === 'string' ? { unread: seen } : { seen }) } };
    };
    const timeline = scenario.timeline.map(
      (event): TimelineEvent =>
        event.change.kind === 'load'
          ? { ...event, change: { ...event.change, load: filled(event.change.load) } }
          : event,
    );
    return { ...scenario, loads: scenario.loads.map(filled), timeline };
  });
  return { ...model, scenarios };
}

type Asking = Extract<Load['arrivals'], { readonly kind: 'observed' }>;

function isAsking(arrivals: Load['arrivals']): arrivals is Asking {
  return arrivals.kind === 'observed' && arrivals.seen === undefined;
}

function loadsIn({ loads, timeline }: Scenario): readonly Load[] {
  return [...loads, ...timeline.flatMap(({ change }) => (change.kind === 'load' ? [change.load] : []))];
}

/** Of the twins of its deployment the first that names recordings, or else the first. */
function observerOf(model: Model, { deployment }: Scenario): Twin | null {
  const twins = deployment === undefined ? model.twins : model.twins.filter((twin) => twin.deployment === deployment);
  return twins.find(({ sources }) => sources.some(({ kind }) => kind === 'file')) ?? twins[0] ?? null;
}

function answer(model: Model, twin: Twin, behaviour: ElementId, ask: AskTwin): SeenArrivals | string {
  const activity = model.activities.find(({ id }) => id === behaviour);
  if (activity !== undefined) {
    return `${activity.name} is an activity, and those are not followed in telemetry: write a rate, or \`replay\` a recording of its arrivals`;
  }
  return ask(twin, behaviour);
}

function noTwin(model: Model, { deployment }: Scenario): string {
  const name = model.deployments.find(({ id }) => id === deployment)?.name;
  const of = name === undefined ? '' : ` of ${name}`;
  return `the model has no twin${of}: write one, such as \`twin Live${of} { source file "recordings/*.jsonl" }\``;
}
