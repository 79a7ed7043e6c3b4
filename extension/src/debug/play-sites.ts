/** Where a breakpoint can stand in what is played: steps of the test, of its interaction, and of the machines that take part. */
import { type CompiledMachine, compileMachine } from '@pollux/engine/behavior';
import type { Element, ElementId, Fragment, Model, Place, TestCase } from '@pollux/engine/model';
import { type Site, sitesOf } from './breakpoint-sites.ts';

export function playSites(model: Model, test: TestCase): readonly Site[] {
  const interaction = model.interactions.find(({ id }) => id === test.behaviour);
  const sites: Site[] = test.steps.map(({ place }) => ({ kind: 'step', place }));
  for (const fragment of fragmentsOf(interaction?.body ?? [])) sites.push({ kind: 'step', place: headOf(fragment) });
  for (const machine of machinesIn(model, test.behaviour)) sites.push(...sitesOf(machine));
  return sites.sort((a, b) => a.place.start.character - b.place.start.character);
}

/** From its beginning to its name or keyword: without what it holds. */
export function headOf({ place, label }: Element): Place {
  const isWithin = label.uri === place.uri && label.end.line >= place.start.line && label.end.line <= place.end.line;
  return { ...place, end: isWithin ? label.end : place.start };
}

function machinesIn(model: Model, behaviour: ElementId): readonly CompiledMachine[] {
  const interaction = model.interactions.find(({ id }) => id === behaviour);
  const machines = interaction?.lifelines.flatMap(({ represents }) =>
    represents.kind === 'machine' ? represents.machine : [],
  );
  return [...new Set(machines ?? [behaviour])].flatMap((id) => compileMachine(model, id) ?? []);
}

function* fragmentsOf(fragments: readonly Fragment[]): Generator<Fragment> {
  for (const fragment of fragments) {
    if (fragment.kind !== 'consumer') yield fragment;
    if (fragment.kind === 'message') yield* fragmentsOf([...fragment.execution, ...(fragment.fallback ?? [])]);
    if ('operands' in fragment) for (const { body } of fragment.operands) yield* fragmentsOf(body);
  }
}
