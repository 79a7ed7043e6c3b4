/** What can be done with an element, and what was last found, for the line above it. Knows nothing of VS Code. */
import type { Element, ElementId, Model } from '@pollux/engine/model';
import type { SimulationResult } from '@pollux/engine/simulation';
import type { TwinState } from '@pollux/engine/twin';
import type { CommandId } from './contributions.ts';

export interface Lens {
  readonly element: Element;
  readonly title: string;
  /** Without one the lens only tells. */
  readonly command?: CommandId;
  readonly arguments?: readonly unknown[];
}

export interface LensFacts {
  readonly uri: string;
  readonly model: Model;
  readonly result: SimulationResult | null;
  readonly twin: TwinState | null;
  /** Id of the twin that is attached. */
  readonly attached: ElementId | null;
}

export function lenses({ uri, model, result, twin, attached }: LensFacts): Lens[] {
  const here = <E extends Element>(elements: readonly E[]) => elements.filter(({ place }) => place.uri === uri);
  const drawn = [...here(model.machines), ...here(model.interactions), ...here(model.deployments)];
  return [
    ...drawn.flatMap((element) => [
      { element, title: 'Open diagram', command: 'pollux.openDiagram' as const, arguments: [uri] },
      ...told(element, liveSentence(element.id, twin)),
    ]),
    ...here(model.scenarios).flatMap((element) => [
      { element, title: 'Run', command: 'pollux.runScenario' as const, arguments: [uri, element.id] },
      ...told(element, resultSentence(element.id, result), 'pollux.showResults'),
    ]),
    ...here(model.twins).map((element) =>
      attached === element.id
        ? { element, title: 'Detach', command: 'pollux.detachTelemetry' as const }
        : { element, title: 'Attach', command: 'pollux.attachTelemetry' as const, arguments: [uri, element.id] },
    ),
  ];
}

function told(element: Element, title: string | null, command?: CommandId): Lens[] {
  return title === null ? [] : [{ element, title, ...(command === undefined ? {} : { command }) }];
}

/** Of instances and traces now. */
function liveSentence(element: ElementId, twin: TwinState | null): string | null {
  const figures = twin?.figures[element];
  if (twin === null || figures === undefined) return null;
  const open = twin.divergences.filter((each) => each.status === 'open' && isWithin(each.element, element)).length;
  const parts = [
    figures.instances === undefined ? `${figures.total} seen` : `${figures.instances} live, ${figures.total} seen`,
    ...(open === 0 ? [] : [open === 1 ? '1 divergence' : `${open} divergences`]),
  ];
  return parts.join(', ');
}

/** Ids of what is inside begin with the id of the whole and a sign that no name has. */
function isWithin(id: ElementId, whole: ElementId): boolean {
  return id === whole || (id.startsWith(whole) && /^[./]/.test(id.slice(whole.length)));
}

function resultSentence(scenario: ElementId, result: SimulationResult | null): string | null {
  if (result === null || result.scenario !== scenario) return null;
  const runs = `${result.replications} ${result.replications === 1 ? 'replication' : 'replications'}`;
  if (result.expectations.length === 0) return `last run: ${runs}`;
  const met = result.expectations.filter(({ verdict }) => verdict === 'met').length;
  return `last run: ${met} of ${result.expectations.length} expectations met, ${runs}`;
}
