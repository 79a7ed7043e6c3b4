/** Keeps what each file was lowered to, and puts models together. The parse and the lowering happen once a version. */
import { emptyModel, type Model } from '@pollux/engine/model';
import type { LangiumDocument, LangiumDocuments } from 'langium';
import { importClosure, rootOf } from '../links/imports.ts';
import { internalProblem } from '../problems/internal-problem.ts';
import type { Problem } from '../problems/problem.ts';
import { KeptLowering } from './kept-lowering.ts';
import { mergeModels } from './model.ts';
import { withClocks } from './zone-clocks.ts';

interface LoweredFile {
  readonly model: Model;
  readonly problems: readonly Problem[];
}

export class ModelBuilder {
  private readonly documents: LangiumDocuments;
  private readonly kept: KeptLowering;
  private readonly lowered = new WeakMap<LangiumDocument, LoweredFile>();
  /** Every check of a file asks for the same model, and what is gathered about a model is kept with it. */
  private last: { readonly parts: readonly Model[]; readonly whole: Model } | undefined;

  constructor(documents: LangiumDocuments) {
    this.documents = documents;
    this.kept = new KeptLowering(documents);
  }

  /** Lowers the file anew: after its text or anything it imports changed. */
  refresh(document: LangiumDocument): LoweredFile {
    const problems: Problem[] = [];
    const result = { model: this.lower(document, problems), problems };
    this.lowered.set(document, result);
    return result;
  }

  /** A mistake of lowering costs this file its model, not the whole update. */
  private lower(document: LangiumDocument, problems: Problem[]): Model {
    try {
      return this.kept.lower(document, problems);
    } catch (error) {
      problems.push(internalProblem(document.uri.toString(), error));
      return emptyModel(document.uri.toString(), rootOf(document).packageName ?? '');
    }
  }

  fileOf(document: LangiumDocument): LoweredFile {
    return this.lowered.get(document) ?? this.refresh(document);
  }

  /** The model of the file with all it imports, as far as they can be lowered. */
  modelOf(document: LangiumDocument): Model {
    const parts = importClosure(document, this.documents).map((part) => this.fileOf(part).model);
    const { last } = this;
    if (last?.parts.length === parts.length && last.parts.every((part, index) => part === parts[index])) {
      return last.whole;
    }
    const [entry, ...imported] = parts;
    const whole = withClocks(mergeModels(entry as Model, imported));
    this.last = { parts, whole };
    return whole;
  }
}
