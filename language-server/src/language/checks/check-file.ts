/** Runs the checks over a file and what it was lowered to. */
import type { Model } from '@pollux/engine/model';
import type { LangiumDocument } from 'langium';
import { importClosure, rootOf } from '../links/imports.ts';
import { collectProblems, type Problem, type Report } from '../problems/problem.ts';
import type { TwinServices } from '../services.ts';
import { checkActivity } from './activity.ts';
import { checkActivityFlow } from './activity-flow.ts';
import { checkBindings } from './bindings.ts';
import { checkDuplicateNames } from './duplicate-names.ts';
import { checkHiddenImports } from './hidden-imports.ts';
import { checkImports, checkSharedIds } from './imports.ts';
import { checkInteraction } from './interaction.ts';
import { checkMachine } from './machine.ts';
import { checkMachineRelations } from './machine-relations.ts';
import { checkNeverFires } from './never-fires.ts';
import { checkNotExecuted } from './not-executed.ts';
import { checkPolicies } from './policies.ts';
import { checkReachability } from './reachability.ts';
import { checkPaths, checkRelations, hasRelations } from './relations.ts';
import { checkTakenArguments } from './taken-arguments.ts';
import { checkUnmeasured } from './unmeasured.ts';
import { checkUnused, isImported } from './unused.ts';
import { usesIn } from './uses.ts';
import { checkAwaited, checkClaims } from './waiting.ts';
import { wholeActivities } from './whole-activities.ts';

/** Cheap checks, on every change. */
export function checkFast(document: LangiumDocument, model: Model, services: TwinServices): Problem[] {
  const { problems, report } = collectProblems();
  const { problems: lowered } = services.model.ModelBuilder.fileOf(document);
  const lowering = { uri: document.uri.toString(), report };
  checkImports(document, services.shared.workspace.LangiumDocuments, services.imports.Reader, lowering);
  checkSharedIds(document, services.shared.workspace.LangiumDocuments, lowering);
  checkHiddenImports(document, services.shared.workspace.LangiumDocuments, lowering);
  checkDuplicateNames(rootOf(document), lowering);
  for (const machine of model.machines) checkMachine(machine, report);
  for (const interaction of model.interactions) checkInteraction(interaction, report);
  for (const activity of wholeActivities(document, model, lowered)) checkActivity(activity, report);
  if (model.machines.length > 0 || hasRelations(model)) {
    const whole = services.model.ModelBuilder.modelOf(document);
    checkMachineRelations(model.machines, whole, report);
    checkRelations(model, whole, report);
  }
  return problems;
}

/** Checks that follow paths; they may run when the editor is at rest. */
export function checkSlow(document: LangiumDocument, model: Model, services: TwinServices): Problem[] {
  const { problems, report } = collectProblems();
  const { problems: lowered } = services.model.ModelBuilder.fileOf(document);
  checkUnused(document, services.shared.workspace.LangiumDocuments, { uri: document.uri.toString(), report });
  for (const machine of model.machines) {
    checkReachability(machine, report);
    checkNeverFires(machine, report);
    checkTakenArguments(machine, services.model.ModelBuilder.modelOf(document), report);
  }
  for (const activity of wholeActivities(document, model, lowered)) checkActivityFlow(activity, report);
  checkNotExecuted(document, services.model.ModelBuilder.modelOf(document), report);
  checkUnmeasured(rootOf(document), { uri: document.uri.toString(), report });
  checkAgainstWhole(document, model, services, report);
  return problems;
}

/** What a file says is held against all that it can see. */
function checkAgainstWhole(document: LangiumDocument, model: Model, services: TwinServices, report: Report): void {
  const { activities, twins, policies } = model;
  if (activities.length + twins.length + policies.length === 0 && !hasRelations(model)) return;
  const documents = services.shared.workspace.LangiumDocuments;
  const lowering = { uri: document.uri.toString(), report };
  const uses = usesIn(document, documents);
  const whole = services.model.ModelBuilder.modelOf(document);
  checkPaths(model, whole, isImported(document, documents), report);
  for (const activity of activities) checkClaims(activity, whole, report);
  if (!isImported(document, documents)) checkAwaited(rootOf(document), uses, lowering);
  checkBindings(rootOf(document), uses, lowering);
  checkPolicies(importClosure(document, documents).map(rootOf), uses, lowering);
}
