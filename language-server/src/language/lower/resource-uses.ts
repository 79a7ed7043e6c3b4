/** Claims on resources: `using nurse * 2 priority 10, doctor`. */
import type { ResourceUse } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { isNumber, typeName } from './value-types.ts';

export function lowerUses(lowering: Lowering, uses: readonly ast.ResourceUse[]): ResourceUse[] {
  const seen = new Set<string>();
  return uses.flatMap((use): ResourceUse[] => {
    const resource = use.resource?.ref;
    const amount = lowerCount(lowering, use, 'amount', use.amount, 1, 1);
    const priority = use.priority === undefined ? undefined : lowerExpression(lowering, use.priority);
    if (priority !== undefined && !isPriority(priority.type)) {
      const message = `A priority is a number or an enumeration, greater goes first; this is of type ${typeName(priority.type)}.`;
      lowering.report('wrong-type', priority.place, message);
    }
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

/** Literals of an enumeration count by their order: the first goes first. */
function isPriority(type: Parameters<typeof isNumber>[0]): boolean {
  return type.kind === 'unknown' || type.kind === 'enumeration' || isNumber(type);
}
