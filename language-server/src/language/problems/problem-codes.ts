/**
 * Every finding that the language makes, declared once: severities, pages of the documentation, quick links, the rules of
 * SARIF and tests derive from these tables.
 */
import { activityProblems } from './declared/activities.ts';
import { capacityProblems } from './declared/capacities.ts';
import { componentProblems } from './declared/components.ts';
import { deploymentProblems } from './declared/deployments.ts';
import { fileProblems } from './declared/files.ts';
import { interactionProblems } from './declared/interactions.ts';
import { machineProblems } from './declared/machines.ts';
import { nameProblems } from './declared/names.ts';
import { outsideProblems } from './declared/outside.ts';
import { propertyProblems } from './declared/properties.ts';
import { scenarioProblems } from './declared/scenarios.ts';
import { syntaxProblems } from './declared/syntax.ts';
import { typeProblems } from './declared/types.ts';
import type { ProblemDeclaration } from './problem-declaration.ts';

const declared = {
  ...syntaxProblems,
  ...nameProblems,
  ...fileProblems,
  ...typeProblems,
  ...machineProblems,
  ...interactionProblems,
  ...componentProblems,
  ...activityProblems,
  ...deploymentProblems,
  ...capacityProblems,
  ...outsideProblems,
  ...scenarioProblems,
  ...propertyProblems,
};

export type ProblemCode = keyof typeof declared;

export const problemCodes: Readonly<Record<ProblemCode, ProblemDeclaration>> = declared;
