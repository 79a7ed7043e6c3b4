/** Every way to mend a finding: those that came with it, and those that the tree around it tells. */

import { measures } from '@pollux/engine/property';
import type { LangiumDocument } from 'langium';
import { distributions, functions } from '../links/built-in-functions.ts';
import { attachedFixes } from '../problems/attached-fixes.ts';
import type { Fix } from '../problems/fix.ts';
import type { ProblemCode } from '../problems/problem-codes.ts';
import type { TwinServices } from '../services.ts';
import { fittingArguments } from './arguments.ts';
import { scaledWeights, withElse, withInitial } from './branches.ts';
import { replaced } from './changes.ts';
import {
  delaysInstead,
  elseInstead,
  withBroker,
  withLifeline,
  withoutClause,
  withoutFallback,
  withRequired,
  withTimeout,
} from './clauses.ts';
import { missingDeclaration } from './declarations.ts';
import { withDefaults } from './defaults.ts';
import { declaredVersions, deployedComponents, withCores, withoutDeploy } from './deployments.ts';
import { type Found, found } from './found.ts';
import { importOfDeclaring, mendedPaths, withoutImport } from './imports.ts';
import { fittingArrow, fittingSender, withType } from './messages.ts';
import { dottedPaths, near, nearNamesInScope } from './names.ts';
import { encrypted, withoutBinding } from './outside.ts';
import { withoutDeclaration } from './removal.ts';
import { renamedBinding, renamedDuplicate, renamedUnit } from './renaming.ts';
import { connectedExits, finalInstead, withoutLocal, withoutTransition } from './transitions.ts';
import { knownUnit } from './units.ts';

type Finder = (found: Found) => readonly Fix[];

const finders: Partial<Readonly<Record<ProblemCode, readonly Finder[]>>> = {
  'unresolved-name': [nearNamesInScope, importOfDeclaring, missingDeclaration],
  'ambiguous-name': [dottedPaths],
  'duplicate-name': [withoutImport('safe'), renamedDuplicate],
  'hidden-variable': [renamedBinding],
  'named-like-a-unit': [renamedUnit],
  'missing-file': [mendedPaths],
  'import-cycle': [withoutImport('possible')],
  'unknown-unit': [knownUnit],
  'wrong-arguments': [fittingArguments],
  'unknown-function': [(at) => nearAt(at, [...Object.keys(functions), ...Object.keys(distributions)])],
  'wrong-measure': [
    (at) =>
      nearAt(
        at,
        measures.map(({ name }) => name),
      ),
  ],
  'missing-initial': [withInitial],
  'no-exit': [withElse],
  'weights-over-100': [scaledWeights],
  unreachable: [withoutDeclaration],
  // What is unused now may be what a misspelt name means: nothing that is left out comes first.
  unused: [withoutDeclaration],
  'unused-binding': [withoutBinding],
  'not-encrypted': [encrypted],
  'arguments-not-brought': [withDefaults],
  'local-outside': [withoutLocal],
  'never-fires': [withoutTransition],
  'sink-state': [finalInstead],
  'exit-not-connected': [connectedExits],
  'missing-type': [withType],
  'wrong-arrow': [fittingArrow],
  'sender-elsewhere': [fittingSender],
  'not-deployed': [deployedComponents],
  'deployed-twice': [withoutDeploy],
  'external-deployed': [withoutDeploy],
  'unknown-version': [declaredVersions],
  'no-contention': [withCores],
  'external-work': [delaysInstead],
  'misplaced-clause': [withoutClause],
  'repeated-clause': [withoutClause],
  'no-broker': [withBroker],
  'no-lifeline': [withLifeline],
  'not-required': [withRequired],
  'retry-without-timeout': [withTimeout],
  'fallback-never-needed': [withoutFallback],
  'overlapping-guards': [elseInstead],
};

interface Finding {
  readonly code?: number | string;
  readonly range: Parameters<typeof found>[1];
}

/** In the order in which to offer them. */
export function fixesOf(finding: Finding, document: LangiumDocument, services: TwinServices): Fix[] {
  const { code, range } = finding;
  const known = code as ProblemCode;
  const at = Object.hasOwn(finders, known) ? found(known, range, document, services) : undefined;
  const worked = at === undefined ? [] : (finders[known] ?? []).flatMap((finder) => finder(at));
  return [...attachedFixes(finding), ...worked];
}

function nearAt({ document, start, end, text }: Found, names: readonly string[]): Fix[] {
  return near(text, names, (name) => replaced(document, start, end, name));
}
