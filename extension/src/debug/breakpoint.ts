/** A breakpoint: where it stands, and when it stops. Reads what a person wrote into it, with the help of the language. */
import type { Expression, Place } from '@pollux/engine/model';
import type { FragmentAnswer } from '@pollux/language-server/protocol';
import { type Site, sitesAt } from './breakpoint-sites.ts';

export interface Breakpoint {
  readonly id: number;
  readonly sites: readonly Site[];
  readonly condition: Expression | null;
  readonly hits: HitRule | null;
  /** Said instead of stopping. */
  readonly message: readonly (string | Expression)[] | null;
}

type HitRule = (count: number) => boolean;

/** As a person wrote it; line and column from 0. */
export interface WrittenBreakpoint {
  readonly line: number;
  readonly column?: number | undefined;
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly logMessage?: string | undefined;
}

/** Reads an expression where it would stand. */
type ReadFragment = (text: string, context: Place) => Promise<FragmentAnswer>;

export async function readBreakpoint(
  id: number,
  uri: string,
  written: WrittenBreakpoint,
  sites: readonly Site[],
  read: ReadFragment,
): Promise<Breakpoint | { readonly problem: string }> {
  const here = sitesAt(sites, uri, written.line, written.column);
  const [first] = here;
  if (first === undefined) {
    return { problem: 'Nothing happens on this line: put it on a state, a transition or an action of the machine.' };
  }
  const expression = async (text: string): Promise<Expression | { readonly problem: string }> => {
    const answer = await read(text, first.place);
    if ('problem' in answer) return answer;
    return answer.fragment.kind === 'expression'
      ? answer.fragment.expression
      : { problem: `${text} is no expression.` };
  };
  let condition: Expression | null = null;
  if (written.condition !== undefined && written.condition.trim() !== '') {
    const found = await expression(written.condition);
    if ('problem' in found) return found;
    if (found.type.kind === 'primitive' && found.type.name !== 'Boolean') {
      return { problem: `The condition is a ${found.type.name}; write one that is true or false.` };
    }
    condition = found;
  }
  const hits = readHitRule(written.hitCondition);
  if (hits !== null && 'problem' in hits) return hits;
  let message: (string | Expression)[] | null = null;
  if (written.logMessage !== undefined && written.logMessage !== '') {
    message = [];
    for (const [index, part] of written.logMessage.split(/\{([^{}]*)\}/).entries()) {
      if (index % 2 === 0) message.push(part);
      else {
        const found = await expression(part);
        if ('problem' in found) return found;
        message.push(found);
      }
    }
  }
  return { id, sites: here, condition, hits, message };
}

/** `3` and `== 3`: the third time; `>= 3`, `> 3`, `< 3`, `<= 3`; `% 3`: every third time. */
function readHitRule(text: string | undefined): HitRule | null | { readonly problem: string } {
  if (text === undefined || text.trim() === '') return null;
  const match = /^\s*(==|=|>=|>|<=|<|%)?\s*(\d+)\s*$/.exec(text);
  const number = Number(match?.[2]);
  if (match === null || (match[1] === '%' && number === 0)) {
    return { problem: `A hit count is a number, or one behind ==, >=, >, <=, < or %: not ${text.trim()}.` };
  }
  switch (match[1]) {
    case '>=':
      return (count) => count >= number;
    case '>':
      return (count) => count > number;
    case '<=':
      return (count) => count <= number;
    case '<':
      return (count) => count < number;
    case '%':
      return (count) => count % number === 0;
    default:
      return (count) => count === number;
  }
}
