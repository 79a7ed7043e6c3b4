/**
 * Makes keywords soft. Every keyword token has a twin that is both the keyword and a name; a word is retagged to its twin
 * unless it plainly begins a member of a body: first in its line, or first in its braces. So `state`, `load` and `node` stay usable as names, and a half-typed line
 * does not take the next line's keyword for its name. Knows tokens and lines, no rule of the grammar.
 */
import { DefaultLexer, type LangiumCoreServices, type LexerResult } from 'langium';
import { leaveOutTooDeep } from './nesting-limit.ts';
import { closeOpenEnds } from './open-ends.ts';
import { sizeError } from './reading-limits.ts';

type Token = LexerResult['tokens'][number];
type TokenType = DefaultLexer['definition'][string];

/** Words that are never names. */
export const hardKeywords: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'implies', 'mod'],
  ...['if', 'then', 'else', 'true', 'false', 'null'],
]);

/** Members that are a word with an arrow behind it; as a lifeline's name it would be followed by `name.operation`. */
const arrowMembers = new Set(['initial', 'completion']);

/** A policy begins with what it speaks of, whatever that is called: `state needs Approved`. */
const policyVerbs = new Set(['never', 'stays', 'before', 'needs']);

export class SoftKeywordLexer extends DefaultLexer {
  private readonly softTwins = new Map<TokenType, TokenType>();

  constructor(services: LangiumCoreServices) {
    super(services);
    const name = this.tokenTypes.ID;
    if (name === undefined) throw new Error('The grammar has no terminal ID.');
    for (const keyword of Object.values(this.tokenTypes)) {
      if (!/^\w+$/.test(keyword.name) || keyword.PATTERN !== keyword.name || hardKeywords.has(keyword.name)) continue;
      const twin: TokenType = { name: `${keyword.name} (name)`, CATEGORIES: [keyword, name] };
      this.softTwins.set(keyword, twin);
    }
    for (const twin of this.softTwins.values()) this.tokenTypes[twin.name] = twin;
  }

  override tokenize(text: string): LexerResult {
    const tooLarge = sizeError(text);
    if (tooLarge !== undefined) return { ...super.tokenize(''), errors: [tooLarge] };
    const result = super.tokenize(text);
    const tokens = leaveOutTooDeep(closeOpenEnds(result.tokens, result.errors), result.errors);
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index] as Token;
      const twin = this.softTwins.get(token.tokenType);
      if (twin === undefined || beginsMember(tokens, index)) continue;
      token.tokenType = twin;
      token.tokenTypeIdx = twin.tokenTypeIdx as number;
    }
    return { ...result, tokens };
  }
}

function beginsMember(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index] as Token;
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const isFirst = before === undefined || before.endLine !== token.startLine || before.image === '{';
  if (!isFirst) return false;
  if (after === undefined) return true;
  if (after.startLine !== token.startLine) return !'})]'.includes(after.image);
  if (after.image === '->') return arrowMembers.has(token.image) && tokens[index + 3]?.image !== '.';
  if (after.image === '(') return token.image === 'when';
  if (policyVerbs.has(after.image) && isWordOnLine(tokens[index + 2], after)) return false;
  return '{[/'.includes(after.image) || /^["\w?\u00AA-\uFEFE]/.test(after.image);
}

function isWordOnLine(token: Token | undefined, before: Token): boolean {
  return token !== undefined && token.startLine === before.startLine && /^[\w\u00AA-\uFEFE]/.test(token.image);
}
