/** Runs the checks over what a file was lowered to. Each check sees plain data with places. */
import type { Model } from '@pollux/engine/model';
import type { LangiumDocument } from 'langium';
import { collectProblems, type Problem } from '../problems/problem.ts';
import type { TwinServices } from '../services.ts';

/** Cheap checks run on every change, slow ones when the editor is at rest. */
export type CheckCategory = 'fast' | 'slow';

export function checkFile(
  document: LangiumDocument,
  model: Model,
  services: TwinServices,
  category: CheckCategory,
): Problem[] {
  const { problems, report } = collectProblems();
  void document;
  void model;
  void services;
  void category;
  void report;
  return problems;
}
