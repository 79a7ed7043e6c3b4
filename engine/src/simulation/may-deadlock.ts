/** Whether anything that calls wait for can ever be short. Knows nothing of what happens in a run. */
import type { CompiledScenario } from './compile-scenario.ts';

export function mayDeadlock({ model, program, activities, mayChange }: CompiledScenario): boolean {
  if (program.messages.length === 0) return false;
  if (mayChange || activities.activities.length > 0) return true;
  const deploys = model.deployments.flatMap(({ nodes, spreads }) => [
    ...nodes.flatMap((node) => node.deploys),
    ...spreads,
  ]);
  const versions = model.components.flatMap((component) => [component, ...component.versions]);
  return (
    [...versions, ...deploys].some(({ threads, connections }) => threads !== undefined || connections !== undefined) ||
    versions.some(({ requires }) => requires.some(({ policy }) => policy.bulkhead !== undefined)) ||
    program.messages.some(({ policy }) => policy?.bulkhead != null)
  );
}
