/** A number where a quantity is needed: says with which units it could be one. */
import type { ValueType } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { type Lowering, placeOf } from './lowering.ts';
import { withUnit } from './value-types.ts';

/** `what` is the beginning of the message, which ends in what to write. */
export function reportMissingUnit(lowering: Lowering, node: ast.NumberLiteral, type: ValueType, what: string): void {
  const place = placeOf(lowering, node);
  const examples = withUnit(node.text, type);
  const written = examples.map((example) => `\`${example}\``).join(' or ');
  lowering.report('unit-missing', place, `${what} Write ${written}.`, () =>
    examples.map((text) => ({
      title: `Write \`${text}\``,
      edits: [{ place, text }],
      certainty: examples.length === 1 ? 'likely' : 'possible',
    })),
  );
}
