/** The timeline of a scenario: what changes while it runs. */
import type { Change, ElementId, TimelineEvent } from '@pollux/engine/model';
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';
import { lowerAction } from './actions.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { aboveZero, fromZero, lowerKnown, lowerKnownTime, type Range } from './known-quantities.ts';
import { lowerLoad } from './loads.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { lowerParameter, lowerParameterValue } from './parameters.ts';
import { replicasIn, whyNotDeployed } from './replicas.ts';
import { lowerRollout } from './rollouts.ts';
import { primitive } from './value-types.ts';

/** What an event must know of the scenario that it stands in. */
export interface Run {
  readonly deployment: ast.Deployment | undefined;
  readonly duration: number;
  readonly warmup: number;
}

export function lowerTimelineEvent(lowering: Lowering, node: ast.TimelineEvent, run: Run): TimelineEvent | undefined {
  const time = node.time === undefined ? undefined : lowerKnownTime(lowering, node.time, fromZero);
  const change = node.change === undefined ? undefined : lowerChange(lowering, node.change, run);
  if (time === undefined || change === undefined) return undefined;
  const label = placeOf(lowering, node.time);
  const ends =
    'duration' in change && change.duration !== undefined ? time + change.duration : Number.POSITIVE_INFINITY;
  if (time >= run.duration) {
    lowering.report('without-effect', label, 'The run is over by then. Run longer, or let this happen earlier.');
  } else if (ends <= run.warmup) {
    const message =
      'This is over before the warm-up is: nothing of it is counted. Let it happen later, or shorten the warm-up.';
    lowering.report('without-effect', label, message);
  }
  return { ...elementOf(lowering, node), label, kind: 'timeline-event', time, change };
}

function lowerChange(lowering: Lowering, node: ast.Change, run: Run): Change | undefined {
  switch (node.$type) {
    case 'Crash': {
      const struck = lowerStruck(lowering, node, run, 'crashes');
      const lasting = lowerLasting(lowering, node);
      return struck === undefined ? undefined : { kind: 'crash', ...struck, ...lasting };
    }
    case 'Slow': {
      const struck = lowerStruck(lowering, node, run, 'is slowed down');
      const factor = lowerKnown(lowering, node.factor, primitive('Real'), aboveZero);
      const lasting = lowerLasting(lowering, node);
      if (factor === 1) {
        lowering.report(
          'without-effect',
          placeOf(lowering, node.factor),
          'By 1 nothing changes. Write the factor of its times: `by 3`.',
        );
      }
      return struck === undefined || factor === undefined ? undefined : { kind: 'slow', ...struck, factor, ...lasting };
    }
    case 'Cut':
      return lowerCut(lowering, node);
    case 'SetChange': {
      const lowered = lowerParameter(lowering, node.parameter);
      const lasting = lowerLasting(lowering, node);
      const value = lowered === undefined ? undefined : lowerParameterValue(lowering, node.value, lowered.values);
      if (lowered === undefined || value === undefined) return undefined;
      return { kind: 'set', parameter: lowered.parameter, value, ...lasting };
    }
    case 'Scale': {
      const replicas = lowerCount(lowering, node, 'replicas', node.replicas, 1, 1);
      const component = lowerDeployed(lowering, node, run, 'is scaled');
      return component === undefined ? undefined : { kind: 'scale', component: idOf(component), replicas };
    }
    case 'Rollout': {
      const component = lowerDeployed(lowering, node, run, 'is rolled out');
      return lowerRollout(lowering, node, component, run.deployment);
    }
    case 'TimedLoad': {
      const load = lowerLoad(lowering, node);
      const lasting = lowerLasting(lowering, node);
      return load === undefined ? undefined : { kind: 'load', load, ...lasting };
    }
    case 'LoadFactor':
      return lowerLoadFactor(lowering, node);
    case 'Send': {
      const action = lowerAction(lowering, node);
      if (node.target?.toSelf || node.target?.toSender) {
        const message = 'A scenario is nobody to send to. Name the receiver: `to Order("o-1")`.';
        lowering.report('wrong-kind', placeOf(lowering, node.target), message);
        return undefined;
      }
      return action?.kind === 'send' ? { kind: 'send', action } : undefined;
    }
  }
}

/** More is a slip of the key. */
const someFactor: Range = {
  holds: (value) => value >= 0 && value <= 1_000_000,
  words: 'Write a factor from 0 on, and at most 1000000.',
};

/** The loads that it is about stand in the same scenario. */
function lowerLoadFactor(lowering: Lowering, node: ast.LoadFactor): Change | undefined {
  const behaviour = node.behaviour?.ref;
  const lasting = lowerLasting(lowering, node);
  const factor = Number(node.factor);
  if (!someFactor.holds(factor)) {
    lowering.report('out-of-range', placeOfProperty(lowering, node, 'factor'), someFactor.words);
    return undefined;
  }
  if (behaviour === undefined) return undefined;
  const scenario = AstUtils.getContainerOfType(node, ast.isScenario);
  const loads = scenario?.members.filter(ast.isLoad) ?? [];
  if (!loads.some((load) => load.behaviour?.ref === behaviour)) {
    const message = `The scenario has no load of \`${behaviour.name}\` that could become more or less. Write one: \`load ${behaviour.name} at 1/s\`.`;
    lowering.report('without-effect', placeOfProperty(lowering, node, 'behaviour'), message);
  } else if (factor === 1) {
    const message = 'By 1 nothing changes. Write how many times as much it is: `* 2`.';
    lowering.report('without-effect', placeOfProperty(lowering, node, 'factor'), message);
  }
  return { kind: 'load-factor', behaviour: idOf(behaviour), factor, ...lasting };
}

function lowerLasting(
  lowering: Lowering,
  node: ast.Crash | ast.Slow | ast.Cut | ast.SetChange | ast.TimedLoad | ast.LoadFactor,
): { readonly duration?: number } {
  const duration = node.duration === undefined ? undefined : lowerKnownTime(lowering, node.duration);
  return duration === undefined ? {} : { duration };
}

type Struck = ast.Node | ast.Zone | ast.Component | ast.Resource;

/** What a fault strikes, and which of them. */
function lowerStruck(
  lowering: Lowering,
  node: ast.Crash | ast.Slow,
  run: Run,
  verb: string,
): { readonly subject: ElementId; readonly index?: number } | undefined {
  const target = node.subject?.steps.at(-1)?.to?.ref;
  if (target === undefined) return undefined;
  if (!isStruck(target)) {
    const what = isBuiltInName(target) ? 'a property' : kindName(target);
    const message = `A node, zone, component or resource ${verb}, but this is ${what}.`;
    lowering.report('wrong-kind', placeOf(lowering, node.subject), message);
    return undefined;
  }
  const why = ast.isComponent(target) ? whyNotDeployed(target, run.deployment, verb) : undefined;
  if (why !== undefined) {
    lowering.report('not-deployed', placeOf(lowering, node.subject), why);
    return undefined;
  }
  if (node.index === undefined) return { subject: idOf(target) };
  const most = howMany(target, run.deployment);
  if (most === undefined) {
    const message = `\`${target.name}\` is ${kindName(target)}: it has no numbers. Remove \`[${node.index}]\`.`;
    lowering.report('wrong-kind', placeOfProperty(lowering, node, 'index'), message);
    return { subject: idOf(target) };
  }
  return { subject: idOf(target), index: lowerCount(lowering, node, 'index', node.index, 1, 1, most) };
}

function isStruck(node: ast.Named): node is Struck {
  return ast.isNode(node) || ast.isZone(node) || ast.isComponent(node) || ast.isResource(node);
}

/** They are counted from 1; undefined for what is not counted. */
function howMany(target: Struck, deployment: ast.Deployment | undefined): number | undefined {
  if (ast.isNode(target)) return Number(target.count ?? 1);
  if (ast.isResource(target)) {
    return Math.max(Number(target.count ?? 1), ...target.shifts.map(({ count }) => Number(count ?? 0)));
  }
  if (!ast.isComponent(target) || target.external || deployment === undefined) return undefined;
  return replicasIn(deployment, target);
}

function lowerCut(lowering: Lowering, node: ast.Cut): Change | undefined {
  const [from, to] = [node.from, node.to].map((path) => lowerPlace(lowering, path));
  const lasting = lowerLasting(lowering, node);
  if (from === undefined || to === undefined) return undefined;
  if (from === to || isWithin(from, to) || isWithin(to, from)) {
    const message = 'Nothing is cut off from itself, or from what it stands in. Name two places beside each other.';
    lowering.report('without-effect', placeOf(lowering, node.to), message);
    return undefined;
  }
  return { kind: 'partition', from: idOf(from), to: idOf(to), ...lasting };
}

function lowerPlace(lowering: Lowering, path: ast.Path | undefined): ast.Node | ast.Zone | undefined {
  const target = path?.steps.at(-1)?.to?.ref;
  if (target === undefined || ast.isNode(target) || ast.isZone(target)) return target;
  const what = isBuiltInName(target) ? 'a property' : kindName(target);
  lowering.report(
    'wrong-kind',
    placeOf(lowering, path),
    `The network is cut between nodes or zones, but this is ${what}.`,
  );
  return undefined;
}

function isWithin(inner: ast.Node | ast.Zone, outer: ast.Node | ast.Zone): boolean {
  for (let around = inner.$container; ast.isZone(around); around = around.$container) if (around === outer) return true;
  return false;
}

/** A component whose replicas the deployment counts. */
function lowerDeployed(
  lowering: Lowering,
  node: ast.Scale | ast.Rollout,
  run: Run,
  verb: string,
): ast.Component | undefined {
  const component = node.component?.ref;
  if (component === undefined) return undefined;
  const place = placeOfProperty(lowering, node, 'component');
  if (component.external) {
    const message = `\`${component.name}\` is external: it runs nowhere in the deployment and has no replicas.`;
    lowering.report('wrong-kind', place, message);
    return undefined;
  }
  const why = whyNotDeployed(component, run.deployment, verb);
  if (why === undefined) return component;
  lowering.report('not-deployed', place, why);
  return undefined;
}
