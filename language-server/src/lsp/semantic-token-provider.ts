/**
 * Colours by meaning: names by what they stand for, even where they look like keywords. Every answer is computed on its own:
 * an editor asks for what is visible and for the whole text at the same time.
 */
import {
  type AstNode,
  AstUtils,
  Cancellation,
  type CstNode,
  CstUtils,
  GrammarUtils,
  interruptAndCheck,
  type LangiumDocument,
  type ReferenceInfo,
} from 'langium';
import { AllSemanticTokenModifiers, AllSemanticTokenTypes, type SemanticTokenProvider } from 'langium/lsp';
import {
  type Range,
  SemanticTokenModifiers,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensOptions,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
  SemanticTokenTypes,
} from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { isBuiltInName } from '../language/links/built-in-names.ts';
import { colourOf } from './name-colours.ts';

interface Mark {
  readonly word: CstNode;
  readonly type: SemanticTokenTypes;
  readonly modifiers: readonly SemanticTokenModifiers[];
}

const { declaration, defaultLibrary, modification } = SemanticTokenModifiers;

export class TwinSemanticTokenProvider implements SemanticTokenProvider {
  readonly tokenTypes = AllSemanticTokenTypes;
  readonly tokenModifiers = AllSemanticTokenModifiers;
  readonly semanticTokensOptions: SemanticTokensOptions = {
    legend: {
      tokenTypes: Object.keys(AllSemanticTokenTypes),
      tokenModifiers: Object.keys(AllSemanticTokenModifiers),
    },
    full: { delta: false },
    range: true,
  };

  semanticHighlight(
    document: LangiumDocument,
    _: SemanticTokensParams,
    cancel = Cancellation.CancellationToken.None,
  ): Promise<SemanticTokens> {
    return this.tokensOf(document, undefined, cancel);
  }

  semanticHighlightRange(
    document: LangiumDocument,
    { range }: SemanticTokensRangeParams,
    cancel = Cancellation.CancellationToken.None,
  ): Promise<SemanticTokens> {
    return this.tokensOf(document, range, cancel);
  }

  /** Not announced; whoever asks gets all. */
  semanticHighlightDelta(
    document: LangiumDocument,
    _: unknown,
    cancel = Cancellation.CancellationToken.None,
  ): Promise<SemanticTokens> {
    return this.tokensOf(document, undefined, cancel);
  }

  private async tokensOf(
    document: LangiumDocument,
    range: Range | undefined,
    cancel: Cancellation.CancellationToken,
  ): Promise<SemanticTokens> {
    const marks = new Map<number, Mark>();
    const [first, last] =
      range === undefined
        ? [0, Number.POSITIVE_INFINITY]
        : [document.textDocument.offsetAt(range.start), document.textDocument.offsetAt(range.end)];
    const take = (mark: Mark) => {
      if (mark.word.offset >= first && mark.word.end <= last) marks.set(mark.word.offset, mark);
    };
    const root = document.parseResult.value;
    for (const mark of packageMarks(root)) take(mark);
    for (const part of AstUtils.streamContents(root).toArray()) {
      await interruptAndCheck(cancel);
      for (const node of AstUtils.streamAst(part, range === undefined ? {} : { range })) {
        for (const mark of marksOf(node)) take(mark);
      }
    }
    const builder = new SemanticTokensBuilder();
    for (const { word, type, modifiers } of [...marks.values()].sort((a, b) => a.word.offset - b.word.offset)) {
      const { start, end } = word.range;
      if (start.line !== end.line) continue;
      const bits = modifiers.reduce((sum, modifier) => sum | (AllSemanticTokenModifiers[modifier] ?? 0), 0);
      builder.push(start.line, start.character, word.length, AllSemanticTokenTypes[type] ?? 0, bits);
    }
    return builder.build();
  }
}

function* packageMarks(file: AstNode): Generator<Mark> {
  const name = GrammarUtils.findNodeForProperty(file.$cstNode, 'packageName');
  if (name === undefined) return;
  for (const word of CstUtils.flattenCst(name)) {
    if (!word.hidden && word.text !== '.') yield { word, type: SemanticTokenTypes.namespace, modifiers: [declaration] };
  }
}

function* marksOf(node: AstNode): Generator<Mark> {
  const own = colourOf(node.$type);
  if (own !== undefined) yield* wordsOf(node, 'name', own, declaration);
  if (ast.isMeasure(node)) yield* wordsOf(node, 'statistic', SemanticTokenTypes.function, defaultLibrary);
  // A version is named by its text.
  if (ast.isVersionSetting(node) || ast.isRollout(node) || ast.isLearnedValue(node)) {
    yield* wordsOf(node, 'version', SemanticTokenTypes.enumMember);
  }
  for (const info of AstUtils.streamReferences(node)) {
    const mark = markOfReference(info);
    if (mark !== undefined) yield mark;
  }
}

function* wordsOf(
  node: AstNode,
  property: string,
  type: SemanticTokenTypes,
  ...modifiers: SemanticTokenModifiers[]
): Generator<Mark> {
  for (const word of GrammarUtils.findNodesForProperty(node.$cstNode, property)) yield { word, type, modifiers };
}

function markOfReference({ reference, container, property }: ReferenceInfo): Mark | undefined {
  const target = 'ref' in reference ? reference.ref : undefined;
  const word = reference.$refNode;
  const type = target === undefined ? undefined : colourOf(target.$type);
  if (target === undefined || word === undefined || type === undefined) return undefined;
  if (isBuiltInName(target)) {
    const isLabel = ast.isFunctionArgument(container) && property === 'label';
    return { word, type: isLabel ? SemanticTokenTypes.parameter : type, modifiers: [defaultLibrary] };
  }
  const isWritten =
    (ast.isAssign(container) && property === 'variable') || (ast.isMessage(container) && property === 'result');
  return { word, type, modifiers: isWritten ? [modification] : [] };
}
