/** Tells the editor what Langium's own server does not know of: that selections can grow by the syntax. */
import { DefaultLanguageServer } from 'langium/lsp';
import type { InitializeParams, InitializeResult } from 'vscode-languageserver';

export class TwinLanguageServer extends DefaultLanguageServer {
  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const result = super.buildInitializeResult(params);
    return { ...result, capabilities: { ...result.capabilities, selectionRangeProvider: true } };
  }
}
