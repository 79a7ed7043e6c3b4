/** A file's declarations as part of a model, and models out of a file with its imports. Never throws on any text. */
import { type DataType, MODEL_SCHEMA, type Model } from '@pollux/engine/model';
import type { LangiumDocument } from 'langium';
import * as ast from '../../generated/ast.ts';
import { rootOf } from '../links/imports.ts';
import type { Report } from '../problems/problem.ts';
import { lowerActivity } from './activities.ts';
import { lowerCalibration } from './calibrations.ts';
import { lowerComponent } from './components.ts';
import { lowerDeployment } from './deployments.ts';
import { lowerInteraction } from './interactions.ts';
import { elementOf, type Lowering } from './lowering.ts';
import { lowerMachine } from './machines.ts';
import { lowerPolicy } from './policies.ts';
import { lowerResource } from './resources.ts';
import { lowerScenario } from './scenarios.ts';
import { lowerTestCase } from './test-cases.ts';
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
    dataTypes: all.filter(ast.isDataType).map((node) => lowerDataType(lowering, node)),
    signals: all.filter(ast.isSignal).map((node) => ({
      ...elementOf(lowering, node),
      kind: 'signal',
      attributes: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    })),
    machines: all.filter(ast.isMachine).map((node) => lowerMachine(lowering, node)),
    components: all.filter(ast.isComponent).map((node) => lowerComponent(lowering, node)),
    interactions: all.filter(ast.isInteraction).map((node) => lowerInteraction(lowering, node)),
    activities: all.filter(ast.isActivity).map((node) => lowerActivity(lowering, node)),
    resources: all.filter(ast.isResource).map((node) => lowerResource(lowering, node)),
    deployments: all.filter(ast.isDeployment).map((node) => lowerDeployment(lowering, node)),
    scenarios: all.filter(ast.isScenario).map((node) => lowerScenario(lowering, node)),
    twins: all.filter(ast.isTwin).map((node) => lowerTwin(lowering, node)),
    policies: all.filter(ast.isPolicy).map((node) => lowerPolicy(lowering, node)),
    calibrations: all.filter(ast.isCalibration).flatMap((node) => lowerCalibration(lowering, node) ?? []),
    tests: all.filter(ast.isTestCase).flatMap((node) => lowerTestCase(lowering, node) ?? []),
  };
}

function lowerDataType(lowering: Lowering, node: ast.DataType): DataType {
  return {
    ...elementOf(lowering, node),
    kind: 'data',
    attributes: node.attributes.map((attribute) => ({
      ...lowerVariable(lowering, attribute),
      classifications: attribute.classifications.map(({ name }) => name ?? '').filter((name) => name !== ''),
    })),
  };
}

/** Of a file from which nothing could be read. */
export function emptyModel(document: LangiumDocument): Model {
  return {
    schema: MODEL_SCHEMA,
    uri: document.uri.toString(),
    package: rootOf(document).packageName ?? '',
    enumerations: [],
    dataTypes: [],
    signals: [],
    machines: [],
    components: [],
    interactions: [],
    activities: [],
    resources: [],
    deployments: [],
    scenarios: [],
    twins: [],
    policies: [],
    calibrations: [],
    tests: [],
  };
}

/** One model of an entry file and of the files it imports, in the order of the imports. */
export function mergeModels(entry: Model, imported: readonly Model[]): Model {
  const parts = [entry, ...imported];
  return {
    ...entry,
    enumerations: parts.flatMap((part) => part.enumerations),
    dataTypes: parts.flatMap((part) => part.dataTypes),
    signals: parts.flatMap((part) => part.signals),
    machines: parts.flatMap((part) => part.machines),
    components: parts.flatMap((part) => part.components),
    interactions: parts.flatMap((part) => part.interactions),
    activities: parts.flatMap((part) => part.activities),
    resources: parts.flatMap((part) => part.resources),
    deployments: parts.flatMap((part) => part.deployments),
    scenarios: parts.flatMap((part) => part.scenarios),
    twins: parts.flatMap((part) => part.twins),
    policies: parts.flatMap((part) => part.policies),
    calibrations: parts.flatMap((part) => part.calibrations),
    tests: parts.flatMap((part) => part.tests),
  };
}
