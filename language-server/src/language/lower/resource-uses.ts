/** Claims on resources: `using nurse * 2 priority 10, doctor`. */
import type { ResourceUse } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { lowerPriority } from './priorities.ts';

export function lowerUses(lowering: Lowering, uses: readonly ast.ResourceUse[]): ResourceUse[] {
  const seen = new Set<string>();
  return uses.flatMap((use): ResourceUse[] => {
    const resource = use.resource?.ref;
    const amount = lowerCount(lowering, use, 'amount', use.amount, 1, 1);
    const priority = use.priority === undefined ? undefined : lowerPriority(lowering, use.priority);
    if (resource === undefined) return [];
    const id = idOf(resource);
    if (seen.has(id)) {
      const message = `\`${resource.name}\` stands twice. Write \`${resource.name} * 2\`.`;
      lowering.report('duplicate-name', placeOf(lowering, use), message);
    }
    seen.add(id);
    return [{ resource: id, amount, ...(priority === undefined ? {} : { priority }) }];
  });
}
