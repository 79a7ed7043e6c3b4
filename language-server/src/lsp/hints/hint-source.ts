/** One kind of inlay hint: what it tells about a node of the text. The provider asks every source about every node in sight. */
import type { Model } from '@pollux/engine/model';
import type { AstNode, LangiumDocument } from 'langium';
import type { InlayHint } from 'vscode-languageserver';

export interface HintContext {
  readonly document: LangiumDocument;
  /** The model of the file with all it imports, as far as it can be lowered; made when it is asked for. */
  model(): Model;
}

export type HintSource = (node: AstNode, context: HintContext) => InlayHint | undefined;
