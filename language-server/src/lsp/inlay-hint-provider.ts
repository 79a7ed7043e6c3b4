/** What the text implies and does not say, shown between its words. Each kind of hint is a source of its own. */
import type { Model } from '@pollux/engine/model';
import { AstUtils, Cancellation, interruptAndCheck, type LangiumDocument } from 'langium';
import type { InlayHintProvider } from 'langium/lsp';
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { distributionHint } from './hints/distribution-hint.ts';
import type { HintContext, HintSource } from './hints/hint-source.ts';
import { quantityHint } from './hints/quantity-hint.ts';
import { typeHint } from './hints/type-hint.ts';
import { utilisationHint } from './hints/utilisation-hint.ts';
import type { TwinLspServices } from './services.ts';

const hintSources: readonly HintSource[] = [distributionHint, quantityHint, typeHint, utilisationHint];

export class TwinInlayHintProvider implements InlayHintProvider {
  private readonly services: TwinLspServices;
  private readonly sources: readonly HintSource[];

  constructor(services: TwinLspServices, sources = hintSources) {
    this.services = services;
    this.sources = sources;
  }

  async getInlayHints(
    document: LangiumDocument,
    { range }: InlayHintParams,
    cancel = Cancellation.CancellationToken.None,
  ): Promise<InlayHint[]> {
    let model: Model | undefined;
    const context: HintContext = {
      document,
      model: () => (model ??= this.services.model.ModelBuilder.modelOf(document)),
    };
    const hints: InlayHint[] = [];
    for (const node of AstUtils.streamAst(document.parseResult.value, { range })) {
      await interruptAndCheck(cancel);
      for (const source of this.sources) {
        const hint = source(node, context);
        if (hint !== undefined) hints.push(hint);
      }
    }
    return hints;
  }
}
