/** Those who call each other in a scenario, and run on different nodes, have a link between these. Sees the whole model. */
import type { Deployment, ElementId, Model, Node, Place, Scenario } from '@pollux/engine/model';
import { placementsOf } from '@pollux/engine/simulation/analytic';
import type { Fix } from '../problems/fix.ts';
import type { Report } from '../problems/problem.ts';
import { callsBetween, interactionsFrom } from './fragments-below.ts';

export function checkLinks(scenario: Scenario, model: Model, report: Report): void {
  const deployment = model.deployments.find(({ id }) => id === scenario.deployment);
  if (deployment === undefined) return;
  const linked = new Set(deployment.links.flatMap(({ ends: [a, b] }) => [`${a} ${b}`, `${b} ${a}`]));
  const nodesOf = new Map<ElementId, Set<Node>>();
  for (const { node, deploy } of placementsOf(deployment)) {
    nodesOf.set(deploy.component, (nodesOf.get(deploy.component) ?? new Set()).add(node));
  }
  for (const load of scenario.loads) {
    for (const interaction of interactionsFrom(load.behaviour, model)) {
      for (const { message, from, to } of callsBetween(interaction, model)) {
        for (const [a, b] of pairs(nodesOf.get(from.id), nodesOf.get(to.id))) {
          if (linked.has(`${a.id} ${b.id}`)) continue;
          linked.add(`${a.id} ${b.id}`).add(`${b.id} ${a.id}`);
          const text = `${a.name} -- ${b.name} { latency 0.5 ms }`;
          const where = message.label.start.line + 1;
          report(
            'missing-link',
            load.label,
            `\`${from.name}\` on \`${a.name}\` calls \`${to.name}\` on \`${b.name}\` (\`${interaction.name}\`, line ${where}), but no link joins the two: nothing would pass time between them. Add \`${text}\` to \`${deployment.name}\`.`,
            () => [linkFix(deployment, text)],
          );
        }
      }
    }
  }
}

/** Replicas are balanced: each of the callers meets each of the called. */
function* pairs(
  from: ReadonlySet<Node> | undefined,
  to: ReadonlySet<Node> | undefined,
): Generator<readonly [Node, Node]> {
  for (const a of from ?? []) for (const b of to ?? []) if (a !== b && !to?.has(a)) yield [a, b];
}

function linkFix(deployment: Deployment, text: string): Fix {
  const { end, uri } = deployment.place;
  const brace = { line: end.line, character: Math.max(0, end.character - 1) };
  const place: Place = { uri, start: brace, end: brace };
  return { title: `Add \`${text}\``, edits: [{ place, text: `  ${text}\n` }], certainty: 'possible' };
}
