/** Activities whose every edge leads somewhere. What follows from one that does not would be said again about their ways. */
import type { Activity, Element, Model } from '@pollux/engine/model';
import { AstUtils, type LangiumDocument } from 'langium';
import * as ast from '../../generated/ast.ts';
import { idOf } from '../lower/element-ids.ts';
import type { Problem } from '../problems/problem.ts';

/** `lowered` is what was said about the file while it was lowered. */
export function wholeActivities(document: LangiumDocument, model: Model, lowered: readonly Problem[]): Activity[] {
  if (model.activities.length === 0) return [];
  const broken = new Set<string>();
  for (const reference of document.references) {
    if (reference.error === undefined) continue;
    const activity = AstUtils.getContainerOfType(reference.$refNode?.astNode, ast.isActivity);
    if (activity !== undefined) broken.add(idOf(activity));
  }
  const strays = lowered.filter(({ code }) => code === 'wrong-kind');
  return model.activities.filter(
    (activity) => !broken.has(activity.id) && !strays.some((problem) => isWithin(problem, activity)),
  );
}

function isWithin({ place }: Problem, { place: { start, end } }: Element): boolean {
  const isAfter =
    place.start.line > start.line || (place.start.line === start.line && place.start.character >= start.character);
  const isBefore = place.end.line < end.line || (place.end.line === end.line && place.end.character <= end.character);
  return isAfter && isBefore;
}
