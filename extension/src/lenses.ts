/** What can be done with an element, and what was last found, for the line above it. Knows nothing of VS Code. */
import type { Element, ElementId, Model, Scenario } from '@pollux/engine/model';
import { formatCount, formatInterval } from '@pollux/engine/numeric';
import { isShare } from '@pollux/engine/property';
import type { JudgedExpectation, SimulationResult } from '@pollux/engine/simulation';
import type { TwinState } from '@pollux/engine/twin';
import type { CommandId } from './contributions.ts';

interface Lens {
  readonly element: Element;
  readonly title: string;
  /** Without one the lens only tells. */
  readonly command?: CommandId;
  readonly arguments?: readonly unknown[];
}

export interface LastRun {
  /** On one line. */
  readonly summary: string;
  /** Its figures are the ones that the results panel shows. */
  readonly isShown: boolean;
  /** An expectation was missed. */
  readonly fellShort: boolean;
}

export interface LensFacts {
  readonly uri: string;
  readonly model: Model;
  /** Of each scenario that was run, by its id. */
  readonly lastRuns: ReadonlyMap<ElementId, LastRun>;
  readonly twin: TwinState | null;
  /** Id of the twin that is attached. */
  readonly attached: ElementId | null;
}

export function lenses({ uri, model, lastRuns, twin, attached }: LensFacts): Lens[] {
  const here = <E extends Element>(elements: readonly E[]) => elements.filter(({ place }) => place.uri === uri);
  const drawn = [
    ...here(model.machines),
    ...here(model.activities),
    ...here(model.interactions),
    ...here(model.deployments),
  ];
  return [
    ...drawn.flatMap((element) => [
      { element, title: 'Open diagram', command: 'pollux.openDiagram' as const, arguments: [uri] },
      ...told(element, liveSentence(element.id, twin)),
    ]),
    ...here(model.machines).map((element) => ({
      element,
      title: 'Debug',
      command: 'pollux.debugMachine' as const,
      arguments: [uri, element.id],
    })),
    ...here(model.interactions).map((element) => ({
      element,
      title: 'Debug',
      command: 'pollux.debugInteraction' as const,
      arguments: [uri, element.id],
    })),
    ...here(model.scenarios).flatMap((element) => [
      { element, title: 'Run', command: 'pollux.runScenario' as const, arguments: [uri, element.id] },
      { element, title: 'Run live', command: 'pollux.runLive' as const, arguments: [uri, element.id] },
      ...further(uri, element),
      ...remedyOf(uri, element, lastRuns.get(element.id)),
      ...lastRunOf(element, lastRuns.get(element.id)),
    ]),
    ...here(model.tests).flatMap((element) => [
      { element, title: 'Run test', command: 'pollux.runTest' as const, arguments: [uri, element.id] },
      { element, title: 'Debug test', command: 'pollux.debugTest' as const, arguments: [uri, element.id] },
    ]),
    ...here(model.twins).map((element) =>
      attached === element.id
        ? { element, title: 'Detach', command: 'pollux.detachTelemetry' as const }
        : { element, title: 'Attach', command: 'pollux.attachTelemetry' as const, arguments: [uri, element.id] },
    ),
  ];
}

/** What a scenario says that it can be asked beyond a run. */
function further(uri: string, element: Scenario): Lens[] {
  const points = element.variations.reduce((product, { values }) => product * values.length, 1);
  return [
    ...(element.comparedWith.length === 0
      ? []
      : [{ element, title: 'Compare', command: 'pollux.compareScenario' as const, arguments: [uri, element.id] }]),
    ...(element.variations.length === 0
      ? []
      : [
          {
            element,
            title: `Sweep ${formatCount(points)} ${points === 1 ? 'point' : 'points'}`,
            command: 'pollux.sweepScenario' as const,
            arguments: [uri, element.id],
          },
        ]),
  ];
}

function told(element: Element, title: string | null): Lens[] {
  return title === null ? [] : [{ element, title }];
}

function lastRunOf(element: Element, run: LastRun | undefined): Lens[] {
  if (run === undefined) return [];
  return [{ element, title: run.summary, ...(run.isShown ? { command: 'pollux.showResults' as const } : {}) }];
}

/** Asked where something was missed, in the words of the results panel. */
function remedyOf(uri: string, element: Element, run: LastRun | undefined): Lens[] {
  if (run?.fellShort !== true) return [];
  const command = 'pollux.explainScenario' as const;
  return [{ element, title: 'What would it take?', command, arguments: [uri, element.id] }];
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

/** How a run went, on one line: whether its expectations were met, and the figure of the first that was not. */
export function summaryOf({ replications, expectations, counters }: SimulationResult): string {
  const runs = `${replications} ${replications === 1 ? 'replication' : 'replications'}`;
  const met = expectations.filter(({ verdict }) => verdict === 'met').length;
  const open = expectations.find(({ verdict }) => verdict === 'missed') ?? expectations.find(isOpen);
  if (open !== undefined) return `last run: ${met} of ${expectations.length} expectations met; ${verdictOn(open)}`;
  if (expectations.length > 0) return `last run: expectations met, ${runs}`;
  return `last run: ${formatCount(counters.finished)} of ${formatCount(counters.started)} finished, ${runs}`;
}

function isOpen({ verdict }: JudgedExpectation): boolean {
  return verdict !== 'met';
}

function verdictOn({ text, verdict, value, lower, upper, unit }: JudgedExpectation): string {
  const figure =
    value === null ? '' : ` with ${formatInterval(value, lower ?? value, upper ?? value, unit, isShare(text))}`;
  return `${text} ${verdict}${figure}`;
}
