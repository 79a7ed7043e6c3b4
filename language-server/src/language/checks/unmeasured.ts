/** What a scenario expects something of is run by one of its loads. Follows references, not runs. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { visitReferences } from '../links/linker.ts';
import { contentOf } from '../lower/element-ids.ts';
import { type Lowering, placeOf } from '../lower/lowering.ts';

export function checkUnmeasured(file: ast.TwinFile, lowering: Lowering): void {
  for (const scenario of file.declarations.filter(ast.isScenario)) {
    const expectations = scenario.members.filter(ast.isExpectation);
    if (expectations.length === 0 || isOpen(scenario)) continue;
    const reached = reachedFrom(scenario);
    for (const { comparisons } of expectations) {
      for (const { measure } of comparisons) checkMeasure(measure, reached, lowering);
    }
  }
}

/** Without loads, or with one that leads nowhere yet, nothing is certain. */
function isOpen(scenario: ast.Scenario): boolean {
  const loads = AstUtils.streamAllContents(scenario).filter((node) => ast.isLoad(node) || ast.isTimedLoad(node));
  return loads.count() === 0 || loads.some((load) => load.behaviour?.ref === undefined);
}

function checkMeasure(measure: ast.Measure | undefined, reached: ReadonlySet<AstNode>, lowering: Lowering): void {
  const path = measure?.of?.element ?? measure?.element;
  const element = path?.steps.at(-1)?.to?.ref;
  if (path === undefined || element === undefined || isReached(element, reached)) return;
  const message = `No load of this scenario leads to \`${contentOf(path)}\`, so there is nothing to measure. Add a load, or remove this.`;
  lowering.report('without-effect', placeOf(lowering, measure), message);
}

/** Nodes, components and resources have figures whatever is run. */
function isReached(element: AstNode, reached: ReadonlySet<AstNode>): boolean {
  if (ast.isOperation(element)) return reached.has(element);
  const behaviour = AstUtils.getContainerOfType(element, isBehaviour);
  return behaviour === undefined || reached.has(behaviour);
}

/** Behaviours, operations and all that they refer to in turn. */
function reachedFrom(scenario: ast.Scenario): Set<AstNode> {
  const reached = new Set<AstNode>();
  const visit = (owner: AstNode) => {
    visitReferences(owner, ({ reference }) => {
      const target = 'ref' in reference ? reference.ref : undefined;
      if (target !== undefined && (isBehaviour(target) || ast.isOperation(target))) reached.add(target);
      // Whoever handles a component's work may be asked for through any of its machines.
      if (ast.isComponent(target)) for (const { ref } of ownedBy(target)) if (ref !== undefined) reached.add(ref);
    });
  };
  for (const member of scenario.members) {
    if (ast.isLoad(member) || (ast.isTimelineEvent(member) && !ast.isRollout(member.change))) visit(member);
  }
  for (const behaviour of reached) visit(behaviour);
  return reached;
}

function ownedBy(component: ast.Component): ast.Owns['machines'] {
  return component.members.filter(ast.isOwns).flatMap(({ machines }) => machines);
}

function isBehaviour(node: AstNode): node is ast.Behaviour {
  return ast.isInteraction(node) || ast.isActivity(node) || ast.isMachine(node);
}
