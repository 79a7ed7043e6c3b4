/** What the model itself says about its policies: rules that its behaviours break, rules that nothing brings up. */
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { componentOf } from '../links/scope-provider.ts';
import { contentOf } from '../lower/element-ids.ts';
import { type Lowering, placeOf } from '../lower/lowering.ts';
import { carries } from './classified-data.ts';
import type { Uses } from './uses.ts';
import { deployedOutside } from './zones.ts';

/** `files` are the file itself and those that it imports. */
export function checkPolicies(files: readonly ast.TwinFile[], uses: Uses, lowering: Lowering): void {
  const policies = (files[0]?.declarations ?? []).filter(ast.isPolicy);
  if (policies.length === 0) return;
  const messages = files.flatMap((file) =>
    file.declarations
      .filter(ast.isInteraction)
      .flatMap((interaction) => AstUtils.streamAllContents(interaction).filter(ast.isMessage).toArray()),
  );
  const deployments = files.flatMap((file) => file.declarations.filter(ast.isDeployment));
  for (const policy of policies) {
    if (policy.rules.length === 0 && policy.name !== undefined) {
      const message = `\`${policy.name}\` has no rules. Write one: \`only Orders calls Bank\`.`;
      lowering.report('without-effect', placeOf(lowering, policy), message);
    }
    for (const rule of policy.rules) {
      const broken = brokenBy(rule, messages, deployments, uses);
      if (broken !== undefined) lowering.report('policy-violated', placeOf(lowering, rule), broken);
      const idle = whyIdle(rule, uses);
      if (idle !== undefined) lowering.report('without-effect', placeOf(lowering, rule), idle);
    }
  }
}

function brokenBy(
  rule: ast.PolicyRule,
  messages: readonly ast.Message[],
  deployments: readonly ast.Deployment[],
  uses: Uses,
): string | undefined {
  switch (rule.$type) {
    case 'OnlyCalls': {
      const called = targetOf(rule.called);
      const callers = rule.callers.map(({ ref }) => ref);
      const message = messages.find((item) => calls(item, called) && !callers.includes(componentOf(item.from?.ref)));
      return message === undefined
        ? undefined
        : `${whereOf(message)} \`${message.from?.$refText}\` calls it. Change the interaction, or the rule.`;
    }
    case 'NeverReaches': {
      const component = rule.component?.ref;
      const tag = rule.tag?.ref?.name;
      const message = messages.find((item) => tag !== undefined && toComponent(item, component) && passes(item, tag));
      return message === undefined
        ? undefined
        : `${whereOf(message)} it is passed to \`${message.to?.$refText}.${message.operation?.$refText}\`. Pass less, or change the rule.`;
    }
    case 'StaysIn': {
      const zone = rule.zone?.ref;
      const tag = rule.tag?.ref?.name;
      if (zone === undefined || tag === undefined) return undefined;
      const outside = deployedOutside(zone, deployments);
      const message = messages.find((item) => {
        const component = componentOf(item.to?.ref);
        return component !== undefined && outside.has(component) && passes(item, tag);
      });
      return message === undefined
        ? undefined
        : `${whereOf(message)} it is passed to \`${message.to?.$refText}\`, which runs outside of \`${zone.name}\`. Pass less, deploy it there, or change the rule.`;
    }
    case 'Precedes':
      return neverMet(rule.then, rule.first, uses);
    case 'Needs':
      return neverMet(rule.what, rule.needed, uses);
    case 'LeadsTo':
      return neverMet(rule.cause, rule.effect, uses);
  }
}

/** What is demanded happens nowhere, though what demands it does. */
function neverMet(cause: ast.Path | undefined, demanded: ast.Path | undefined, uses: Uses): string | undefined {
  if (!happens(targetOf(cause), uses) || happens(targetOf(demanded), uses)) return undefined;
  return `No behaviour brings about \`${contentOf(demanded)}\`, so the rule is broken each time by \`${contentOf(cause)}\`. Add it to a behaviour, or change the rule.`;
}

function whyIdle(rule: ast.PolicyRule, uses: Uses): string | undefined {
  if (!ast.isPrecedes(rule) && !ast.isNeeds(rule) && !ast.isLeadsTo(rule)) return undefined;
  const cause = ast.isPrecedes(rule) ? rule.then : ast.isNeeds(rule) ? rule.what : rule.cause;
  if (targetOf(cause) === undefined || happens(targetOf(cause), uses)) return undefined;
  return `No behaviour brings about \`${contentOf(cause)}\`, so nothing can break the rule. Add it to a behaviour, or remove the rule.`;
}

/** States and actions are parts of behaviours; operations and signals need somebody. */
function happens(target: ast.Named | undefined, uses: Uses): boolean {
  if (ast.isOperation(target)) return uses.called.has(target);
  return ast.isSignal(target) ? uses.known.has(target) : true;
}

function targetOf(path: ast.Path | undefined): ast.Named | undefined {
  return path?.steps.at(-1)?.to?.ref;
}

function calls(message: ast.Message, called: ast.Named | undefined): boolean {
  const operation = message.operation?.ref;
  if (operation === undefined || called === undefined) return false;
  return operation === called || operation.$container === called;
}

function toComponent(message: ast.Message, component: ast.Component | undefined): boolean {
  return component !== undefined && componentOf(message.to?.ref) === component;
}

function passes(message: ast.Message, tag: string): boolean {
  return message.arguments.some(({ value }) => carries(value, tag));
}

function whereOf(message: ast.Message): string {
  const line = (message.$cstNode?.range.start.line ?? 0) + 1;
  const interaction = AstUtils.getContainerOfType(message, ast.isInteraction);
  return interaction?.name === undefined ? `In line ${line}` : `In \`${interaction.name}\` (line ${line})`;
}
