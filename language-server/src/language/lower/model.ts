/** A file's declarations as part of a model, and models out of a file with its imports. Never throws on any text. */
import { type DataType, type Enumeration, MODEL_SCHEMA, type Model, type Signal } from '@pollux/engine/model';
import type { LangiumDocument } from 'langium';
import * as ast from '../../generated/ast.ts';
import { rootOf } from '../links/imports.ts';
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

/** Lowers one declaration; how is said with it. */
type LowerOne = <Node extends ast.Declaration, Result>(
  node: Node,
  lower: (lowering: Lowering, node: Node) => Result,
) => Result;

/** Lowers what one file declares itself. */
export function lowerFile(document: LangiumDocument, one: LowerOne): Model {
  const root = rootOf(document);
  const all = root.declarations;
  return {
    schema: MODEL_SCHEMA,
    uri: document.uri.toString(),
    package: root.packageName ?? '',
    enumerations: all.filter(ast.isEnumeration).map((node) => one(node, lowerEnumeration)),
    dataTypes: all.filter(ast.isDataType).map((node) => one(node, lowerDataType)),
    signals: all.filter(ast.isSignal).map((node) => one(node, lowerSignal)),
    machines: all.filter(ast.isMachine).map((node) => one(node, lowerMachine)),
    components: all.filter(ast.isComponent).map((node) => one(node, lowerComponent)),
    interactions: all.filter(ast.isInteraction).map((node) => one(node, lowerInteraction)),
    activities: all.filter(ast.isActivity).map((node) => one(node, lowerActivity)),
    resources: all.filter(ast.isResource).map((node) => one(node, lowerResource)),
    deployments: all.filter(ast.isDeployment).map((node) => one(node, lowerDeployment)),
    scenarios: all.filter(ast.isScenario).map((node) => one(node, lowerScenario)),
    twins: all.filter(ast.isTwin).map((node) => one(node, lowerTwin)),
    policies: all.filter(ast.isPolicy).map((node) => one(node, lowerPolicy)),
    calibrations: all.filter(ast.isCalibration).flatMap((node) => one(node, lowerCalibration) ?? []),
    tests: all.filter(ast.isTestCase).flatMap((node) => one(node, lowerTestCase) ?? []),
  };
}

function lowerEnumeration(lowering: Lowering, node: ast.Enumeration): Enumeration {
  const literals = node.literals.map((literal) => elementOf(lowering, literal));
  return { ...elementOf(lowering, node), kind: 'enumeration', literals };
}

function lowerSignal(lowering: Lowering, node: ast.Signal): Signal {
  const attributes = node.parameters.map((parameter) => lowerVariable(lowering, parameter));
  return { ...elementOf(lowering, node), kind: 'signal', attributes };
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
