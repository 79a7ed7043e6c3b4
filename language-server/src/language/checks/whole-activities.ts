/** Activities whose every name leads somewhere. What follows from a broken name would be said a second time about its ways. */
import type { Activity, Model } from '@pollux/engine/model';
import { AstUtils, type LangiumDocument } from 'langium';
import * as ast from '../../generated/ast.ts';
import { idOf } from '../lower/element-ids.ts';

export function wholeActivities(document: LangiumDocument, model: Model): Activity[] {
  if (model.activities.length === 0) return [];
  const broken = new Set<string>();
  for (const reference of document.references) {
    if (reference.error === undefined) continue;
    const activity = AstUtils.getContainerOfType(reference.$refNode?.astNode, ast.isActivity);
    if (activity !== undefined) broken.add(idOf(activity));
  }
  return model.activities.filter(({ id }) => !broken.has(id));
}
