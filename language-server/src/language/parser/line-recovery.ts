/**
 * After a syntax error the parser goes on where a line plainly begins something, not at the next best name: a half-typed
 * line costs itself, seldom the next one, never the rest of the body. Knows lines and tokens, no rule of the grammar.
 */
import { createLangiumParser, type LangiumCoreServices, type LangiumParser, type LexerResult } from 'langium';

type Token = LexerResult['tokens'][number];
type TokenType = Token['tokenType'];

/** What the parser library offers to its subclasses, as far as it is needed here. */
interface Recovery {
  LA(distance: number): Token;
  SKIP_TOKEN(): Token;
  flattenFollowSet(): TokenType[];
  findReSyncTokenType(): TokenType;
  reSyncTo(type: TokenType): Token[];
  canRecoverWithSingleTokenDeletion(expected: TokenType): boolean;
  /** How far ahead a message about a wrong word looks for what is expected. */
  maxLookahead: number;
}

/** Behind the first name of a line, these make it the beginning of a message, an assignment, a link or a binding. */
const beginsWithName = new Set(['->', '->>', '=', '+=', '-=', '--', '.', '(']);

export function createLineRecoveringParser(services: LangiumCoreServices): LangiumParser {
  const parser = createLangiumParser(services);
  const { wrapper } = parser as unknown as { readonly wrapper: Recovery };
  wrapper.findReSyncTokenType = () => {
    const follow = wrapper.flattenFollowSet();
    for (let distance = 1; ; distance++) {
      const type = wrapper.LA(distance).tokenType;
      const found = follow.find((candidate) => matches(type, candidate));
      if (found !== undefined && isBeginning(wrapper, distance)) return found;
      if (type.name === 'EOF') return type;
    }
  };
  wrapper.reSyncTo = (type) => {
    const skipped: Token[] = [];
    for (let token = wrapper.LA(1); token.tokenType.name !== 'EOF'; token = wrapper.LA(1)) {
      if (matches(token.tokenType, type) && isBeginning(wrapper, 1)) break;
      skipped.push(token);
      wrapper.SKIP_TOKEN();
    }
    return skipped.slice(0, -1);
  };
  // Messages name the next word only; the library would work out all ways of several words, for seconds.
  wrapper.maxLookahead = 1;
  const mayDelete = wrapper.canRecoverWithSingleTokenDeletion.bind(wrapper);
  // The first word of a line is not what is too much in the line above.
  wrapper.canRecoverWithSingleTokenDeletion = (expected) =>
    wrapper.LA(0)?.endLine === wrapper.LA(1).startLine && mayDelete(expected);
  return parser;
}

function matches(type: TokenType, wanted: TokenType): boolean {
  return type === wanted || (type.CATEGORIES ?? []).includes(wanted);
}

/** A name begins something only as the first of its line, with an arrow or the like behind it. */
function isBeginning(wrapper: Recovery, distance: number): boolean {
  const token = wrapper.LA(distance);
  if (token.tokenType.name !== 'ID') return true;
  const isFirst = wrapper.LA(distance - 1)?.endLine !== token.startLine;
  return isFirst && beginsWithName.has(wrapper.LA(distance + 1).image);
}
