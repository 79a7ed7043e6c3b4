/** Gathers the findings about a file: syntax, names, what lowering reports, and the checks of the lowered model. */
import {
  type DefaultDocumentValidator as Base,
  Cancellation,
  DefaultDocumentValidator,
  interruptAndCheck,
  type LangiumDocument,
  type ValidationOptions,
} from 'langium';
import { isTwinLinkingError } from '../links/linker.ts';
import { attachFixes } from '../problems/attached-fixes.ts';
import { internalProblem } from '../problems/internal-problem.ts';
import type { Problem } from '../problems/problem.ts';
import { problemCodes } from '../problems/problem-codes.ts';
import type { TwinServices } from '../services.ts';
import { checkFast, checkSlow } from './check-file.ts';
import { limitCodeOf, withoutConsequences } from './reading-limits.ts';

type Diagnostic = Awaited<ReturnType<Base['validateDocument']>>[number];

const severities = { error: 1, warning: 2, information: 3 } as const;

export class TwinDocumentValidator extends DefaultDocumentValidator {
  private readonly services: TwinServices;

  constructor(services: TwinServices) {
    super(services);
    this.services = services;
  }

  override async validateDocument(
    document: LangiumDocument,
    options: ValidationOptions = {},
    cancel = Cancellation.CancellationToken.None,
  ): Promise<Diagnostic[]> {
    await interruptAndCheck(cancel);
    const diagnostics: Diagnostic[] = [];
    const wants = (category: 'built-in' | 'fast' | 'slow') => options.categories?.includes(category) ?? true;
    if (wants('built-in')) {
      this.processLexingErrors(document.parseResult, diagnostics, options);
      this.processParsingErrors(document.parseResult, diagnostics, options);
      keepFirstOfEachPlace(diagnostics);
      for (const diagnostic of diagnostics) diagnostic.code = limitCodeOf(document, diagnostic) ?? 'syntax';
      this.processLinkingErrors(document, diagnostics);
    }
    if (wants('fast')) {
      const { model, problems } = this.services.model.ModelBuilder.refresh(document);
      await interruptAndCheck(cancel);
      diagnostics.push(...problems.map(toDiagnostic));
      diagnostics.push(...guarded(document, () => checkFast(document, model, this.services)).map(toDiagnostic));
    }
    if (wants('slow')) {
      await interruptAndCheck(cancel);
      const { model } = this.services.model.ModelBuilder.fileOf(document);
      diagnostics.push(...guarded(document, () => checkSlow(document, model, this.services)).map(toDiagnostic));
    }
    return withoutConsequences(document, diagnostics);
  }

  protected override processLinkingErrors(document: LangiumDocument, diagnostics: Diagnostic[]): void {
    for (const reference of document.references) {
      const { error } = reference;
      if (error === undefined || !isTwinLinkingError(error) || error.consequence) continue;
      const range = reference.$refNode?.range;
      if (range === undefined) continue;
      diagnostics.push({
        message: error.message,
        range,
        severity: severities[problemCodes[error.code].severity],
        code: error.code,
        source: 'twin',
      });
    }
  }

  protected override getSource(): string {
    return 'twin';
  }
}

/** A mistake of a check costs that check, not the findings about this file or the next. */
function guarded(document: LangiumDocument, check: () => readonly Problem[]): readonly Problem[] {
  try {
    return check();
  } catch (error) {
    return [internalProblem(document.uri.toString(), error)];
  }
}

/** What the parser says again about the same word, while it finds its way back, helps nobody. */
function keepFirstOfEachPlace(diagnostics: Diagnostic[]): void {
  const seen = new Set<string>();
  const first = diagnostics.filter(({ range: { start } }) => {
    const place = `${start.line}:${start.character}`;
    return !seen.has(place) && seen.add(place);
  });
  diagnostics.splice(0, diagnostics.length, ...first);
}

function toDiagnostic(problem: Problem): Diagnostic {
  const diagnostic: Diagnostic = {
    message: problem.message,
    range: { start: { ...problem.place.start }, end: { ...problem.place.end } },
    severity: severities[problem.severity],
    code: problem.code,
    source: 'twin',
  };
  return attachFixes(diagnostic, problem.fixes);
}
