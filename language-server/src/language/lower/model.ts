/** A file's declarations as part of a model, and models out of a file with its imports. Never throws on any text. */
import { MODEL_SCHEMA, type Model } from '@pollux/engine/model';
import type { LangiumDocument } from 'langium';
import * as ast from '../../generated/ast.ts';
import { rootOf } from '../links/imports.ts';
import type { Report } from '../problems/problem.ts';
import { lowerComponent } from './components.ts';
import { lowerDeployment } from './deployments.ts';
import { lowerInteraction } from './interactions.ts';
import { elementOf, type Lowering } from './lowering.ts';
import { lowerMachine } from './machines.ts';
import { lowerScenario } from './scenarios.ts';
import { lowerTwin } from './twins.ts';
import { lowerVariable } from './variables.ts';

/** Lowers what one file declares itself; reports what does not fit. */
export function lowerFile(document: LangiumDocument, report: Report): Model {
  const lowering: Lowering = { uri: document.uri.toString(), report };
  const root = rootOf(document);
  const all = root.declarations;
  return {
    schema: MODEL_SCHEMA,
    uri: lowering.uri,
    package: root.packageName ?? '',
    enumerations: all.filter(ast.isEnumeration).map((node) => ({
      ...elementOf(lowering, node),
      kind: 'enumeration',
      literals: node.literals.map((literal) => elementOf(lowering, literal)),
    })),
    signals: all.filter(ast.isSignal).map((node) => ({
      ...elementOf(lowering, node),
      kind: 'signal',
      attributes: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    })),
    machines: all.filter(ast.isMachine).map((node) => lowerMachine(lowering, node)),
    components: all.filter(ast.isComponent).map((node) => lowerComponent(lowering, node)),
    interactions: all.filter(ast.isInteraction).map((node) => lowerInteraction(lowering, node)),
    deployments: all.filter(ast.isDeployment).map((node) => lowerDeployment(lowering, node)),
    scenarios: all.filter(ast.isScenario).map((node) => lowerScenario(lowering, node)),
    twins: all.filter(ast.isTwin).map((node) => lowerTwin(lowering, node)),
  };
}

/** One model of an entry file and of the files it imports, in the order of the imports. */
export function mergeModels(entry: Model, imported: readonly Model[]): Model {
  const parts = [entry, ...imported];
  return {
    ...entry,
    enumerations: parts.flatMap((part) => part.enumerations),
    signals: parts.flatMap((part) => part.signals),
    machines: parts.flatMap((part) => part.machines),
    components: parts.flatMap((part) => part.components),
    interactions: parts.flatMap((part) => part.interactions),
    deployments: parts.flatMap((part) => part.deployments),
    scenarios: parts.flatMap((part) => part.scenarios),
    twins: parts.flatMap((part) => part.twins),
  };
}
