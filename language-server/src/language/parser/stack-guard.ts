/**
 * The parser calls itself for every level of an expression, so a chain of a thousand `not` or `else if` ends its stack, and
 * what walks the tree later has the same stack. The guard blanks such a stretch, says so there, and reads the rest.
 */
import { type AstNode, AstUtils, type LangiumParser, type LexerResult, type ParseResult } from 'langium';
import { type LimitError, tooDeep } from './reading-limits.ts';

type Token = LexerResult['tokens'][number];

/** What the parser library has inside, as far as it is needed here. */
interface Inside {
  readonly wrapper: { readonly currIdx: number; readonly input: readonly Token[] };
  readonly stack: unknown[];
}

/** Levels of a tree that every walk over it can afford. */
const mostLevels = 600;

/** A tree can be deep only where this many tokens stand without a brace: what brackets do is limited before. */
const longChain = 1000;

/** Each round blanks one stretch, and a wider one than the round before. */
const mostRounds = 8;

export function guardStack(parser: LangiumParser): LangiumParser {
  const parse = parser.parse.bind(parser);
  const inside = parser as unknown as Inside;
  parser.parse = <T extends AstNode>(text: string, options?: Parameters<LangiumParser['parse']>[1]): ParseResult<T> => {
    let found: LimitError[] = [];
    let readable = text;
    for (let round = 0; ; round++) {
      const { result, culprit } = attempt(() => parse<T>(readable, options), inside);
      if (result !== undefined && culprit === undefined)
        return { ...result, lexerErrors: [...result.lexerErrors, ...found] };
      const tokens = inside.wrapper.input;
      const token = culprit ?? tokens.at(-1);
      if (token === undefined || round === mostRounds) {
        return { ...parse<T>(blank(text, 0, text.length), options), lexerErrors: found };
      }
      const { start, end } = stretchAround(tokens, token, round);
      const before = found.filter(({ offset }) => offset < start || offset >= end);
      found = [...before, tooDeep(token, message, { start, end })];
      readable = blank(readable, start, end);
    }
  };
  return parser;
}

const message =
  'Too many levels hang on each other here to be read; the part around is left out. Take it apart: put what is inside into variables or elements of its own.';

interface Attempt<T> {
  readonly result?: T;
  /** Where it got too deep. */
  readonly culprit?: Token | undefined;
}

function attempt<T extends ParseResult>(parse: () => T, inside: Inside): Attempt<T> {
  try {
    const result = parse();
    const deep = hasLongChain(inside.wrapper.input) ? tooDeepNode(result.value) : undefined;
    const offset = deep?.$cstNode?.offset;
    if (offset === undefined) return { result };
    return { result, culprit: inside.wrapper.input.find((token) => token.startOffset >= offset) };
  } catch {
    const { input, currIdx } = inside.wrapper;
    inside.stack.length = 0;
    return { culprit: input[Math.min(Math.max(currIdx, 0), input.length - 1)] };
  }
}

function hasLongChain(tokens: readonly Token[]): boolean {
  let length = 0;
  for (const { image } of tokens) {
    length = image === '{' || image === '}' ? 0 : length + 1;
    if (length > longChain) return true;
  }
  return false;
}

function tooDeepNode(root: AstNode): AstNode | undefined {
  const open: { readonly node: AstNode; readonly level: number }[] = [{ node: root, level: 0 }];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { node, level } = item;
    if (level > mostLevels) return node;
    for (const child of AstUtils.streamContents(node)) open.push({ node: child, level: level + 1 });
  }
  return undefined;
}

/** The line of the token where it stands by itself, else the inside of the brackets around it, or of those further out. */
function stretchAround(tokens: readonly Token[], token: Token, further: number): { start: number; end: number } {
  const group = groupAround(tokens, tokens.indexOf(token), further);
  const line = tokens.filter(({ startLine }) => startLine === token.startLine);
  const [first, last] = [line[0], line.at(-1)];
  const isWhole = first !== undefined && last !== undefined && isBalanced(line);
  if (isWhole && first.startOffset > group.start && endOf(last) < group.end) {
    return { start: first.startOffset, end: endOf(last) };
  }
  return group;
}

/** The inside of the brackets around a token: of the innermost ones, or of those `further` out. */
function groupAround(tokens: readonly Token[], at: number, further: number): { start: number; end: number } {
  const opener = tokens[unmatched(tokens, at - 1, -1, further)];
  const closer = tokens[unmatched(tokens, at, 1, further)];
  return { start: endOf(opener), end: closer?.startOffset ?? endOf(tokens.at(-1)) };
}

/** Where brackets end that lie around: going back the openers, going on the closers. */
function unmatched(tokens: readonly Token[], from: number, step: 1 | -1, further: number): number {
  let within = 0;
  let left = further;
  let index = from;
  for (; index >= 0 && index < tokens.length; index += step) {
    const turn = turnOf(tokens[index]) * step;
    if (turn < 0 && within === 0 && left-- === 0) break;
    if (turn > 0 || within > 0) within += turn;
  }
  return index;
}

function isBalanced(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    depth += turnOf(token);
    if (depth < 0) return false;
  }
  return depth === 0;
}

function turnOf(token: Token | undefined): -1 | 0 | 1 {
  if (token === undefined) return 0;
  if ('([{'.includes(token.image)) return 1;
  return ')]}'.includes(token.image) ? -1 : 0;
}

function endOf(token: Token | undefined): number {
  return token === undefined ? 0 : token.startOffset + token.image.length;
}

/** Line breaks stay, so that everything behind keeps its place. */
function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
}
