/** Tells the editor what Langium's own server does not know of: that selections can grow, and which kinds of code actions there are. */
import { DefaultLanguageServer } from 'langium/lsp';
import type { InitializeParams, InitializeResult } from 'vscode-languageserver';

/** An editor asks for some of them at its own time, such as the last one on saving. */
const codeActionKinds = ['quickfix', 'refactor.extract', 'refactor.inline', 'refactor.rewrite', 'source.fixAll'];

export class TwinLanguageServer extends DefaultLanguageServer {
  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const result = super.buildInitializeResult(params);
    const codeActionProvider = { codeActionKinds };
    return { ...result, capabilities: { ...result.capabilities, codeActionProvider, selectionRangeProvider: true } };
  }
}
