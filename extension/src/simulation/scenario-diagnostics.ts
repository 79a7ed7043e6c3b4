/** Expectations that the last run missed, on their lines, until the next run or until the text no longer has them. */
import type { SimulationResult } from '@pollux/engine/simulation';
import * as vscode from 'vscode';
import { locate, type ModelEntry } from '../editing/model-store.ts';
import type { Models } from '../editing/server-models.ts';
import { rangeOf } from '../place.ts';
import { type MissedExpectation, missedExpectations } from './missed-expectations.ts';

export class ScenarioDiagnostics {
  readonly #collection = vscode.languages.createDiagnosticCollection('pollux-scenario');
  readonly #missed = new Map<string, readonly MissedExpectation[]>();
  readonly #models: Models;
  readonly #subscription: vscode.Disposable;

  constructor(models: Models) {
    this.#models = models;
    this.#subscription = models.onDidChange((entry) => this.#place(entry));
  }

  show(uri: string, result: SimulationResult, scenario: string): void {
    this.#missed.set(uri, missedExpectations(result, scenario));
    const entry = this.#models.store.get(uri);
    if (entry !== null) this.#place(entry);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#collection.dispose();
  }

  #place(entry: ModelEntry): void {
    const missed = this.#missed.get(entry.uri);
    if (missed === undefined) return;
    const diagnostics = missed.flatMap(({ element, verdict, message }) => {
      const found = locate(entry, element);
      return found === undefined || found.place.uri !== entry.uri ? [] : [diagnostic(found.place, verdict, message)];
    });
    this.#collection.set(vscode.Uri.parse(entry.uri), diagnostics);
  }
}

function diagnostic(
  place: Parameters<typeof rangeOf>[0],
  verdict: MissedExpectation['verdict'],
  message: string,
): vscode.Diagnostic {
  const severity = verdict === 'missed' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Information;
  const found = new vscode.Diagnostic(rangeOf(place), message, severity);
  found.source = 'pollux scenario';
  found.code = `expectation-${verdict}`;
  return found;
}
