/** Runs the checks over a file and what it was lowered to. */
import type { Model } from '@pollux/engine/model';
import type { LangiumDocument } from 'langium';
import { rootOf } from '../links/imports.ts';
import { collectProblems, type Problem } from '../problems/problem.ts';
import type { TwinServices } from '../services.ts';
import { checkDeployed } from './deployed.ts';
import { checkDuplicateNames } from './duplicate-names.ts';
import { checkImports, checkSharedIds } from './imports.ts';
import { checkInteraction } from './interaction.ts';
import { checkMachine } from './machine.ts';
import { checkMachineRelations } from './machine-relations.ts';
import { checkNeverFires } from './never-fires.ts';
import { checkReachability } from './reachability.ts';
import { checkUnused } from './unused.ts';

/** Cheap checks, on every change. */
export function checkFast(document: LangiumDocument, model: Model, services: TwinServices): Problem[] {
  const { problems, report } = collectProblems();
  const lowering = { uri: document.uri.toString(), report };
  checkImports(document, services.shared.workspace.LangiumDocuments, services.imports.Reader, lowering);
  checkSharedIds(document, services.shared.workspace.LangiumDocuments, lowering);
  checkDuplicateNames(rootOf(document), lowering);
  for (const machine of model.machines) checkMachine(machine, report);
  for (const interaction of model.interactions) checkInteraction(interaction, report);
  if (model.machines.length > 0 || model.scenarios.length > 0) {
    const whole = services.model.ModelBuilder.modelOf(document);
    checkMachineRelations(model.machines, whole, report);
    for (const scenario of model.scenarios) checkDeployed(scenario, whole, report);
  }
  return problems;
}

/** Checks that follow paths; they may run when the editor is at rest. */
export function checkSlow(document: LangiumDocument, model: Model, services: TwinServices): Problem[] {
  const { problems, report } = collectProblems();
  checkUnused(document, services.shared.workspace.LangiumDocuments, { uri: document.uri.toString(), report });
  for (const machine of model.machines) {
    checkReachability(machine, report);
    checkNeverFires(machine, report);
  }
  return problems;
}
