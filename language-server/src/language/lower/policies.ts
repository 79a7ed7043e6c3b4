/** Policies: rules that the model, every run and the running system are held against. */
import type { ElementId, Policy, PolicyRule } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';
import { contentOf, idOf } from './element-ids.ts';
import { lowerKnownTime } from './known-quantities.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';

export function lowerPolicy(lowering: Lowering, node: ast.Policy): Policy {
  reportRepeatedClauses(lowering, node.rules, contentOf);
  return {
    ...elementOf(lowering, node),
    kind: 'policy',
    rules: node.rules.map((rule) => lowerRule(lowering, rule)).filter((rule) => rule !== undefined),
  };
}

function lowerRule(lowering: Lowering, node: ast.PolicyRule): PolicyRule | undefined {
  const place = placeOf(lowering, node);
  const element = { ...elementOf(lowering, node), label: place, text: contentOf(node) };
  switch (node.$type) {
    case 'NeverReaches': {
      const component = node.component?.ref;
      const tag = node.tag?.ref?.name;
      if (component === undefined || tag === undefined) return undefined;
      return { ...element, kind: 'never-reaches', tag, component: idOf(component) };
    }
    case 'StaysIn': {
      const zone = node.zone?.ref?.name;
      const tag = node.tag?.ref?.name;
      return zone === undefined || tag === undefined ? undefined : { ...element, kind: 'stays-in', tag, zone };
    }
    case 'OnlyCalls': {
      for (const [index, caller] of node.callers.entries()) {
        if (node.callers.findIndex(({ $refText }) => $refText === caller.$refText) === index) continue;
        const message = `\`${caller.$refText}\` stands twice. Remove one.`;
        lowering.report('repeated-clause', placeOfProperty(lowering, node, 'callers', index), message);
      }
      const callers = node.callers.map((caller) => idOf(caller.ref)).filter((id) => id !== '');
      const called = lowerJudged(lowering, node.called, 'called');
      return called === undefined ? undefined : { ...element, kind: 'only-calls', callers, called };
    }
    case 'Precedes': {
      const [first, then] = lowerPair(lowering, node.first, node.then);
      const within = node.within === undefined ? undefined : lowerKnownTime(lowering, node.within);
      if (first === undefined || then === undefined) return undefined;
      return { ...element, kind: 'precedes', first, then, ...(within === undefined ? {} : { within }) };
    }
    case 'Needs': {
      const [what, needed] = lowerPair(lowering, node.what, node.needed);
      if (what === undefined || needed === undefined) return undefined;
      return { ...element, kind: 'needs', what, needed, byAnotherActor: node.another };
    }
    case 'LeadsTo': {
      const [cause, effect] = lowerPair(lowering, node.cause, node.effect);
      const within = node.within === undefined ? undefined : lowerKnownTime(lowering, node.within);
      if (cause === undefined || effect === undefined) return undefined;
      return { ...element, kind: 'leads-to', cause, effect, ...(within === undefined ? {} : { within }) };
    }
  }
}

/** Two that a rule relates; one and the same is reported. */
function lowerPair(
  lowering: Lowering,
  one: ast.Path | undefined,
  other: ast.Path | undefined,
): [ElementId | undefined, ElementId | undefined] {
  const pair: [ElementId | undefined, ElementId | undefined] = [
    lowerJudged(lowering, one, 'observed'),
    lowerJudged(lowering, other, 'observed'),
  ];
  if (pair[0] !== undefined && pair[0] === pair[1]) {
    const message = 'Both are the same: the rule says nothing about anything else. Name two.';
    lowering.report('without-effect', placeOf(lowering, other), message);
  }
  return pair;
}

/** What happens and can be seen: an operation, a signal, a state, an action; for calls a component or an operation. */
function lowerJudged(
  lowering: Lowering,
  path: ast.Path | undefined,
  use: 'called' | 'observed',
): ElementId | undefined {
  const target = path?.steps.at(-1)?.to?.ref;
  if (path === undefined || target === undefined) return undefined;
  const fits = use === 'called' ? ast.isComponent(target) || ast.isOperation(target) : isObserved(target);
  if (fits) return idOf(target);
  const what = isBuiltInName(target) ? 'a property' : kindName(target);
  const wanted =
    use === 'called'
      ? 'Calls go to a component or an operation'
      : 'A rule relates operations, signals, states and actions';
  lowering.report('wrong-kind', placeOf(lowering, path), `${wanted}, but \`${contentOf(path)}\` is ${what}.`);
  return undefined;
}

function isObserved(node: ast.Named): boolean {
  return (
    ast.isOperation(node) ||
    ast.isSignal(node) ||
    ast.isState(node) ||
    ast.isFinal(node) ||
    ast.isActionNode(node) ||
    ast.isStructuredNode(node) ||
    ast.isAcceptNode(node) ||
    ast.isSendNode(node) ||
    ast.isAcquireNode(node) ||
    ast.isReleaseNode(node) ||
    ast.isFlowFinal(node)
  );
}
