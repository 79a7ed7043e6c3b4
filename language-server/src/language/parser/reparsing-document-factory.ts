/** Documents whose changed text is parsed in part where that gives the same result. Knows when to parse, not how. */
import {
  type AstNode,
  type Cancellation,
  DefaultLangiumDocumentFactory,
  type LangiumDocument,
  type ParseResult,
  type ParserOptions,
  type URI,
} from 'langium';
import * as ast from '../../generated/ast.ts';
import { compactTree } from './compact-tree.ts';
import { reparse } from './reparse.ts';

type Token = Cancellation.CancellationToken;
type Parsing = [uri: URI, text: string, options?: ParserOptions];

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

  protected override parse<T extends AstNode>(...[uri, text, options]: Parsing): ParseResult<T> {
    return compacted(super.parse<T>(uri, text, options));
  }

  protected override async parseAsync<T extends AstNode>(
    uri: URI,
    text: string,
    cancel: Token,
  ): Promise<ParseResult<T>> {
    const old = this.older.get(uri.toString());
    if (old !== undefined && isFile(old)) {
      const parser = this.serviceRegistry.getServices(uri).parser.LangiumParser;
      const parsePart = (part: string) => compacted(parser.parse<ast.TwinFile>(part));
      const result: ParseResult | undefined = reparse(old, text, parsePart);
      if (result !== undefined) return result as ParseResult<T>;
    }
    return compacted(await super.parseAsync<T>(uri, text, cancel));
  }
}

function isFile(result: ParseResult): result is ParseResult<ast.TwinFile> {
  return ast.isTwinFile(result.value);
}

function compacted<T extends AstNode>(result: ParseResult<T>): ParseResult<T> {
  return { ...result, value: compactTree(result.value) };
}
