/** Documents whose changed text is parsed in part where that gives the same result. Knows when to parse, not how. */
import {
  type AstNode,
  type Cancellation,
  DefaultLangiumDocumentFactory,
  type LangiumDocument,
  type ParseResult,
  type URI,
} from 'langium';
import * as ast from '../../generated/ast.ts';
import { reparse } from './reparse.ts';

type Token = Cancellation.CancellationToken;

export class ReparsingDocumentFactory extends DefaultLangiumDocumentFactory {
  /** What a document that is being updated was before. */
  private readonly older = new Map<string, ParseResult>();

  override async update<T extends AstNode>(document: LangiumDocument<T>, cancel: Token): Promise<LangiumDocument<T>> {
    const key = document.uri.toString();
    this.older.set(key, document.parseResult);
    try {
      return await super.update(document, cancel);
    } finally {
      this.older.delete(key);
    }
  }

  protected override async parseAsync<T extends AstNode>(
    uri: URI,
    text: string,
    cancel: Token,
  ): Promise<ParseResult<T>> {
    const old = this.older.get(uri.toString());
    if (old !== undefined && isFile(old)) {
      const parser = this.serviceRegistry.getServices(uri).parser.LangiumParser;
      const result: ParseResult | undefined = reparse(old, text, (part) => parser.parse(part));
      if (result !== undefined) return result as ParseResult<T>;
    }
    return super.parseAsync(uri, text, cancel);
  }
}

function isFile(result: ParseResult): result is ParseResult<ast.TwinFile> {
  return ast.isTwinFile(result.value);
}
