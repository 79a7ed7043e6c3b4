/** Where a breakpoint can stand: the states, transitions and actions of a machine by their places in the text. */
import type { CompiledMachine } from '@pollux/engine/behavior';
import type { Action, Place } from '@pollux/engine/model';

export interface Site {
  /** `step`: of an interaction or a test. */
  readonly kind: 'enter' | 'transition' | 'action' | 'step';
  readonly place: Place;
}

/** In the order of the text within each line. */
export function sitesOf({ vertices, transitions }: CompiledMachine): readonly Site[] {
  const sites: Site[] = [];
  for (const vertex of vertices) {
    if (vertex.kind !== 'state' && vertex.kind !== 'final') continue;
    sites.push({ kind: 'enter', place: vertex.label });
    if (vertex.kind !== 'state') continue;
    for (const actions of [vertex.entry, vertex.exit, vertex.activity?.actions ?? []]) addActions(actions);
  }
  for (const transition of transitions) {
    sites.push({ kind: 'transition', place: transition.label });
    addActions(transition.effect);
  }
  return sites.sort((a, b) => a.place.start.character - b.place.start.character);

  function addActions(actions: readonly Action[]): void {
    for (const action of actions) {
      sites.push({ kind: 'action', place: action.place });
      if (action.kind === 'if') addActions([...action.then, ...action.otherwise]);
      if (action.kind === 'for' || action.kind === 'while') addActions(action.body);
    }
  }
}

/**
 * What a breakpoint on a line means: what begins there first, a state or transition before an action, with its like on the same
 * line (`final Paid, Declined`). With a column, what stands nearest to it.
 */
export function sitesAt(sites: readonly Site[], uri: string, line: number, column?: number): readonly Site[] {
  const here = sites.filter(({ place }) => place.uri === uri && place.start.line === line);
  if (column !== undefined) {
    const away = ({ place }: Site) => Math.abs(place.start.character - column);
    const [nearest] = [...here].sort((a, b) => away(a) - away(b));
    return nearest === undefined ? [] : here.filter((site) => away(site) === away(nearest));
  }
  const first = here.find(({ kind }) => kind !== 'action') ?? here[0];
  if (first === undefined) return [];
  return first.kind === 'enter'
    ? here.filter(({ kind }) => kind === 'enter')
    : here.filter((site) => isSame(site, first));
}

export function isAt(moment: { readonly kind: string; readonly place: Place }, site: Site): boolean {
  return moment.kind === site.kind && isSame(moment, site);
}

function isSame(a: { readonly place: Place }, b: { readonly place: Place }): boolean {
  const [one, other] = [a.place, b.place];
  return one.uri === other.uri && one.start.line === other.start.line && one.start.character === other.start.character;
}
