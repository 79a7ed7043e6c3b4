/** Formats a text of the language. Pure: knows no editor, no files. */
import { DefaultLexer, EmptyFileSystem, type LangiumParser, type ParseResult } from 'langium';
import { createTwinServices } from '../services.ts';
import { applyEdits, type LayoutEdit, layoutEdits } from './layout.ts';
import { piecesOf } from './pieces.ts';

/** Why a text is left alone; line and column count from one. */
interface FormatProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

type Formatted =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly problem: FormatProblem; readonly text?: undefined };

/** The text laid out; a text with syntax errors is left alone. */
export function formatText(text: string): Formatted {
  const { parser, lexer } = language();
  const problem = syntaxProblem(parser.parse(text), text);
  return problem === undefined ? { text: applyEdits(text, formatEdits(text, lexer)) } : { problem };
}

/**
 * The changes that lay a text out, whatever its syntax; none where a character means nothing. The lexer is a plain one, which
 * gives all tokens as written.
 */
export function formatEdits(text: string, lexer: DefaultLexer): LayoutEdit[] {
  const result = lexer.tokenize(text);
  return result.errors.length > 0 ? [] : layoutEdits(text, piecesOf(result));
}

interface Language {
  readonly parser: LangiumParser;
  readonly lexer: DefaultLexer;
}

let made: Language | undefined;

/** Making a parser costs more than most texts. */
function language(): Language {
  if (made === undefined) {
    const services = createTwinServices(EmptyFileSystem.fileSystemProvider);
    made = { parser: services.parser.LangiumParser, lexer: new DefaultLexer(services) };
  }
  return made;
}

function syntaxProblem(
  { lexerErrors, parserErrors }: Pick<ParseResult, 'lexerErrors' | 'parserErrors'>,
  text: string,
): FormatProblem | undefined {
  const [character] = lexerErrors;
  if (character !== undefined)
    return { message: character.message, line: character.line ?? 1, column: character.column ?? 1 };
  const [error] = parserErrors;
  if (error === undefined) return undefined;
  const { startOffset } = error.token;
  const before = Number.isNaN(startOffset) ? text : text.slice(0, startOffset);
  const lines = before.split(/\r\n|\r|\n/);
  return { message: error.message, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
