/** Answers `pollux/model`: what the text of a document, with its imports, declares right now; and `pollux/fragment`. */
import { DocumentState, type LangiumDocument, URI } from 'langium';
import { withImporters } from '../language/links/importers.ts';
import { importClosure } from '../language/links/imports.ts';
import { problemsOf } from '../language/load-model.ts';
import { readFragment } from '../language/lower/fragment.ts';
import type { ProblemCode } from '../language/problems/problem-codes.ts';
import type { FragmentAnswer, FragmentParameters, ModelAnswer, ModelParameters } from '../protocol/index.ts';
import type { CoalescingUpdateHandler } from './coalescing-update-handler.ts';
import type { TwinLspServices } from './services.ts';

/** Findings after which the model lacks something that the text says. */
const breaking: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'syntax',
  'unresolved-name',
  'wrong-kind',
  'ambiguous-name',
  'missing-file',
  'too-large',
  'too-deep',
]);

export class ModelProvider {
  private readonly services: TwinLspServices;

  constructor(services: TwinLspServices) {
    this.services = services;
  }

  /** The model as far as it can be lowered; `broken` tells that it lacks something. */
  async getModel({ uri }: ModelParameters): Promise<ModelAnswer> {
    const { shared } = this.services;
    await (shared.lsp.DocumentUpdateHandler as CoalescingUpdateHandler).settled();
    const document = await this.documentOf(URI.parse(uri));
    if (document === undefined) return { uri, version: 0, model: null };
    const { version } = document.textDocument;
    const model = this.services.model.ModelBuilder.modelOf(document);
    const broken = this.brokenBy(document);
    return { uri, version, model, ...(broken === undefined ? {} : { broken }) };
  }

  /** An expression or a step, read where a machine of the document stands. */
  async getFragment({ uri, ...parameters }: FragmentParameters): Promise<FragmentAnswer> {
    const { shared } = this.services;
    await (shared.lsp.DocumentUpdateHandler as CoalescingUpdateHandler).settled();
    const document = await this.documentOf(URI.parse(uri));
    if (document === undefined) return { problem: `${uri} cannot be read any more.` };
    return readFragment(this.services, document, parameters);
  }

  /** Documents whose models change when these do, themselves included. */
  dependents(changed: readonly LangiumDocument[]): LangiumDocument[] {
    return withImporters(changed, this.services.shared.workspace.LangiumDocuments);
  }

  private async documentOf(uri: URI): Promise<LangiumDocument | undefined> {
    const { LangiumDocuments, DocumentBuilder } = this.services.shared.workspace;
    try {
      const document = await LangiumDocuments.getOrCreateDocument(uri);
      if (document.state < DocumentState.Validated) await DocumentBuilder.build([document], { validation: true });
      return document;
    } catch {
      return undefined;
    }
  }

  private brokenBy(document: LangiumDocument): ModelAnswer['broken'] {
    const documents = this.services.shared.workspace.LangiumDocuments;
    const problems = [...importClosure(document, documents)].flatMap((part) =>
      problemsOf(part).filter(({ code }) => breaking.has(code)),
    );
    // What a syntax error swallows is missing elsewhere, often further up: say the cause.
    const problem = problems.find(({ code }) => code === 'syntax') ?? problems[0];
    if (problem === undefined) return undefined;
    return { message: problem.message, uri: problem.place.uri, line: problem.place.start.line };
  }
}
