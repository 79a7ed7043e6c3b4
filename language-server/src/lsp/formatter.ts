/** Formats a document, a range of it, or the line being typed. The layout itself is the language's; this picks its changes. */
import { DefaultLexer, type LangiumDocument } from 'langium';
import type { Formatter, LangiumServices } from 'langium/lsp';
import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingOptions,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  TextEdit,
} from 'vscode-languageserver';
import { formatEdits } from '../language/format/format-text.ts';

export class TwinFormatter implements Formatter {
  readonly formatOnTypeOptions: DocumentOnTypeFormattingOptions = {
    firstTriggerCharacter: '}',
    moreTriggerCharacter: ['\n'],
  };

  private readonly services: LangiumServices;
  private lexer: DefaultLexer | undefined;

  constructor(services: LangiumServices) {
    this.services = services;
  }

  formatDocument(document: LangiumDocument, _params: DocumentFormattingParams): TextEdit[] {
    return isBroken(document) ? [] : this.edits(document);
  }

  formatDocumentRange(document: LangiumDocument, { range }: DocumentRangeFormattingParams): TextEdit[] {
    if (isBroken(document)) return [];
    const isEndOpen = range.end.character === 0 && range.end.line > range.start.line;
    return within(this.edits(document), range.start.line, range.end.line - (isEndOpen ? 1 : 0));
  }

  /**
   * A brace formats its line, a new line the one above it and what came down onto the new one. No line goes away under the
   * cursor; the text around may be half-typed.
   */
  formatDocumentOnType(document: LangiumDocument, { position, ch }: DocumentOnTypeFormattingParams): TextEdit[] {
    const first = ch === '\n' ? position.line - 1 : position.line;
    const edits = within(this.edits(document), first, position.line);
    return edits.filter(({ range, newText }) => range.start.line === range.end.line && !/[\r\n]/.test(newText));
  }

  private edits({ textDocument }: LangiumDocument): TextEdit[] {
    this.lexer ??= new DefaultLexer(this.services);
    return formatEdits(textDocument.getText(), this.lexer).map(({ start, end, text: newText }) => ({
      range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
      newText,
    }));
  }
}

function isBroken({ parseResult }: LangiumDocument): boolean {
  return parseResult.lexerErrors.length > 0 || parseResult.parserErrors.length > 0;
}

/** The changes on some lines; blank lines go away up to the beginning of the line behind them. */
function within(edits: readonly TextEdit[], first: number, last: number): TextEdit[] {
  return edits.filter(
    ({ range: { start, end } }) =>
      start.line >= first && start.line <= last && (end.line <= last || (end.line === last + 1 && end.character === 0)),
  );
}
