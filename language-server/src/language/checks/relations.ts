/** What components, interactions, deployments and scenarios have to do with each other, imports included. */
import type { Model } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { checkCapacity } from './capacity.ts';
import { checkDeployed } from './deployed.ts';
import { checkEndlessCalls } from './endless-calls.ts';
import { checkExpiry } from './expiry.ts';
import { checkFallbacks } from './fallbacks.ts';
import { checkHosting } from './hosting.ts';
import { checkLeastLatency } from './least-latency.ts';
import { checkLinks } from './missing-links.ts';
import { checkOwnership } from './ownership.ts';
import { checkPropertyLoads } from './property-loads.ts';
import { checkPublications } from './publications.ts';
import { checkTrouble, checkTroubleOfMessages } from './trouble.ts';

/** Needs the whole model only where the file has something of that kind. */
export function hasRelations({ components, interactions, deployments, scenarios }: Model): boolean {
  return components.length + interactions.length + deployments.length + scenarios.length > 0;
}

/** Cheap ones: of the file's own elements, in the whole model. */
export function checkRelations(own: Model, whole: Model, report: Report): void {
  checkOwnership(own.components, whole, report);
  checkTrouble(own.components, whole, report);
  for (const interaction of own.interactions) checkTroubleOfMessages(interaction, whole, report);
  for (const deployment of own.deployments) checkHosting(deployment, whole, report);
  for (const scenario of own.scenarios) {
    checkDeployed(scenario, whole, report);
    checkPropertyLoads(scenario, whole, report);
  }
}

/** Those that follow paths. `isShared`: another file imports this one. */
export function checkPaths(own: Model, whole: Model, isShared: boolean, report: Report): void {
  checkPublications(own.components, own.interactions, whole, isShared, report);
  checkEndlessCalls(whole, own.uri, report);
  checkExpiry(own, whole, isShared, report);
  for (const interaction of own.interactions) checkFallbacks(interaction, whole, isShared, report);
  for (const scenario of own.scenarios) {
    checkLinks(scenario, whole, report);
    checkCapacity(scenario, whole, report);
    checkLeastLatency(scenario.expectations, scenario, whole, report);
  }
  for (const twin of own.twins) checkLeastLatency(twin.expectations, twin, whole, report);
}
