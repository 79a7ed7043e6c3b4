/** Telemetry is bound to what some behaviour uses, and each service to one component. */
import * as ast from '../../generated/ast.ts';
import { receives } from '../links/receives.ts';
import { type Lowering, placeOf, placeOfProperty } from '../lower/lowering.ts';
import type { Uses } from './uses.ts';

export function checkBindings(file: ast.TwinFile, uses: Uses, lowering: Lowering): void {
  for (const twin of file.declarations.filter(ast.isTwin)) {
    const bindings = twin.members.filter(ast.isTelemetryBinding);
    for (const binding of bindings) checkUsed(binding, uses, lowering);
    checkServices(bindings, lowering);
    for (const instances of twin.members.filter(ast.isInstanceBinding)) checkEvents(instances, lowering);
  }
}

function checkUsed(binding: ast.TelemetryBinding, uses: Uses, lowering: Lowering): void {
  const subject = binding.subject?.steps.at(-1)?.to?.ref;
  const problem = subject === undefined ? undefined : whyUnused(subject, uses);
  if (problem !== undefined) lowering.report('unused-binding', placeOf(lowering, binding.subject), problem);
}

function whyUnused(subject: ast.Named, uses: Uses): string | undefined {
  if (ast.isOperation(subject) && !uses.called.has(subject)) {
    return `No behaviour calls \`${subject.name}\`: what is seen of it cannot be held against anything. Add a message, or remove this.`;
  }
  if (ast.isComponent(subject) && !uses.involved.has(subject) && !subject.members.some(ast.isOwns)) {
    return `\`${subject.name}\` takes part in no behaviour: what is seen of it cannot be held against anything. Add a lifeline, or remove this.`;
  }
  if (ast.isInteraction(subject) && !subject.members.some(ast.isFragment)) {
    return `\`${subject.name}\` holds no messages: its traces cannot be held against anything. Add some, or remove this.`;
  }
  return undefined;
}

/** A span belongs to the component of its service; it cannot belong to two. */
function checkServices(bindings: readonly ast.TelemetryBinding[], lowering: Lowering): void {
  const taken = new Map<string, string>();
  for (const { evidence, subject } of bindings) {
    if (!ast.isServiceEvidence(evidence) || evidence.text === undefined) continue;
    const name = subject?.steps.at(-1)?.to?.$refText ?? '';
    const other = taken.get(evidence.text);
    if (other !== undefined && other !== name) {
      const message = `Service "${evidence.text}" is \`${other}\` already. Bind one of the two, or split the service's spans with \`where\`.`;
      lowering.report('repeated-clause', placeOfProperty(lowering, evidence, 'text'), message);
    }
    taken.set(evidence.text, name);
  }
}

function checkEvents(instances: ast.InstanceBinding, lowering: Lowering): void {
  const behaviour = instances.behaviour?.ref;
  if (behaviour === undefined) return;
  for (const event of instances.members.filter(ast.isEventBinding)) {
    const signal = event.signal?.ref;
    if (signal === undefined || receives(behaviour, signal)) continue;
    const message = `\`${behaviour.name}\` never waits for \`${signal.name}\`: what is observed changes nothing. Add \`on ${signal.name}\` there, or remove this.`;
    lowering.report('unused-binding', placeOfProperty(lowering, event, 'signal'), message);
  }
}
