/** Open divergences as diagnostics on the lines that reality contradicts. */
import type { Divergence } from '@pollux/engine/twin';
import * as vscode from 'vscode';
import { locate, type ModelEntry } from '../editing/model-store.ts';
import { locationOf, rangeOf } from '../place.ts';
import { evidenceLines } from './divergence-evidence.ts';

/** By uri: a divergence may lie in a text that the document imports. */
export function divergenceDiagnostics(
  entry: ModelEntry,
  divergences: readonly Divergence[],
): Map<string, vscode.Diagnostic[]> {
  const byText = new Map<string, vscode.Diagnostic[]>();
  for (const divergence of divergences) {
    const element = locate(entry, divergence.element);
    if (element === undefined) continue;
    const { uri } = element.label;
    byText.set(uri, [...(byText.get(uri) ?? []), diagnostic(entry, divergence, element.label)]);
  }
  return byText;
}

function diagnostic(
  entry: ModelEntry,
  divergence: Divergence,
  label: Parameters<typeof locationOf>[0],
): vscode.Diagnostic {
  const found = new vscode.Diagnostic(rangeOf(label), divergence.message, vscode.DiagnosticSeverity.Warning);
  found.source = 'pollux twin';
  found.code = divergence.kind;
  const here = locationOf(label);
  found.relatedInformation = [
    ...evidenceLines(divergence).map((line) => new vscode.DiagnosticRelatedInformation(here, line)),
    ...divergence.evidence.also.flatMap((id) => {
      const other = locate(entry, id);
      return other === undefined
        ? []
        : [new vscode.DiagnosticRelatedInformation(locationOf(other.label), `shows the same trouble: ${id}`)];
    }),
  ];
  return found;
}
