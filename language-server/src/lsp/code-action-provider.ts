/** Offers the fixes of findings and the refactorings of what is selected. Works out neither: it only dresses them for the editor. */
import type { LangiumDocument } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { fixesOf } from '../language/fixes/fixes-of.ts';
import type { Fix, TextChange } from '../language/problems/fix.ts';
import { refactorings } from './refactor/refactorings.ts';
import type { TwinLspServices } from './services.ts';

export class TwinCodeActionProvider implements CodeActionProvider {
  private readonly services: TwinLspServices;

  constructor(services: TwinLspServices) {
    this.services = services;
  }

  getCodeActions(document: LangiumDocument, { range, context }: CodeActionParams): CodeAction[] {
    const wants = (kind: string) => context.only?.some((only) => isPartOf(kind, only)) ?? true;
    return [
      ...(wants(CodeActionKind.QuickFix) ? this.quickFixes(document, range) : []),
      // Looks at every finding of the file, so only for who asks: editors ask for the rest at every move of the cursor.
      ...(context.only !== undefined && wants(CodeActionKind.SourceFixAll) ? this.fixAll(document) : []),
      ...(wants(CodeActionKind.Refactor) || context.only?.some((only) => isPartOf(only, CodeActionKind.Refactor))
        ? this.refactorings(document, range).filter(({ kind }) => kind === undefined || wants(kind))
        : []),
    ];
  }

  private quickFixes(document: LangiumDocument, range: Range): CodeAction[] {
    return diagnosticsOf(document)
      .filter((diagnostic) => touch(diagnostic.range, range))
      .flatMap((diagnostic) => {
        const fixes = fixesOf(diagnostic, document, this.services);
        const preferred = fixes.find(({ certainty }) => certainty !== 'possible');
        return fixes.map((fix) => ({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          edit: editOf(fix.edits),
          ...(fix === preferred ? { isPreferred: true } : {}),
        }));
      });
  }

  /** What can only be meant one way, everywhere in the file. */
  private fixAll(document: LangiumDocument): CodeAction[] {
    const safe = diagnosticsOf(document).flatMap((diagnostic) =>
      fixesOf(diagnostic, document, this.services).filter(({ certainty }) => certainty === 'safe'),
    );
    const apart = withoutOverlap(safe);
    if (apart.length === 0) return [];
    const edit = editOf(apart.flatMap(({ edits }) => edits));
    return [{ title: 'Mend all that can only be meant one way', kind: CodeActionKind.SourceFixAll, edit }];
  }

  private refactorings(document: LangiumDocument, range: Range): CodeAction[] {
    const start = document.textDocument.offsetAt(range.start);
    const end = document.textDocument.offsetAt(range.end);
    return refactorings({ document, start, end, services: this.services }).map(({ title, kind, edits }) => ({
      title,
      kind,
      edit: editOf(edits),
    }));
  }
}

/** `refactor.extract.state` is part of `refactor.extract`, of `refactor` and of everything. */
function isPartOf(kind: string, whole: string): boolean {
  return whole === '' || kind === whole || kind.startsWith(`${whole}.`);
}

function diagnosticsOf(document: LangiumDocument): Diagnostic[] {
  return (document.diagnostics ?? []) as Diagnostic[];
}

function touch(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function withoutOverlap(fixes: readonly Fix[]): Fix[] {
  const taken: TextChange[] = [];
  return fixes.filter(({ edits }) => {
    const clashes = edits.some((edit) =>
      taken.some((other) => other.place.uri === edit.place.uri && touch(other.place, edit.place)),
    );
    if (!clashes) taken.push(...edits);
    return !clashes;
  });
}

function editOf(changes: readonly TextChange[]): WorkspaceEdit {
  const edits: Record<string, TextEdit[]> = {};
  for (const { place, text } of changes) {
    const { start, end } = place;
    edits[place.uri] ??= [];
    edits[place.uri]?.push({ range: { start: { ...start }, end: { ...end } }, newText: text });
  }
  return { changes: edits };
}
