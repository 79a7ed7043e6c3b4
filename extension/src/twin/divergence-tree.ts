/** The list of divergences: open ones above, resolved ones with a tick and the time at which they went away. */
import type { Divergence } from '@pollux/engine/twin';
import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import { evidenceLines } from './divergence-evidence.ts';
import type { DivergenceLedger } from './divergence-ledger.ts';

export type Row =
  | { readonly kind: 'divergence'; readonly divergence: Divergence }
  | { readonly kind: 'evidence'; readonly line: string };

export class DivergenceTree implements vscode.TreeDataProvider<Row> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #ledger: DivergenceLedger | null = null;
  #uri = '';

  show(ledger: DivergenceLedger | null, uri: string): void {
    this.#ledger = ledger;
    this.#uri = uri;
    this.#changed.fire();
  }

  getChildren(row?: Row): Row[] {
    if (row?.kind === 'divergence') {
      return evidenceLines(row.divergence).map((line) => ({ kind: 'evidence', line }));
    }
    if (row !== undefined || this.#ledger === null) return [];
    return [...this.#ledger.open(), ...this.#ledger.resolved()].map((divergence) => ({
      kind: 'divergence',
      divergence,
    }));
  }

  getTreeItem(row: Row): vscode.TreeItem {
    if (row.kind === 'evidence') return new vscode.TreeItem(row.line);
    return divergenceItem(row.divergence, this.#uri);
  }
}

function divergenceItem(divergence: Divergence, uri: string): vscode.TreeItem {
  const { id, kind, element, message, status, first, resolved } = divergence;
  const open = status === 'open';
  const when = open ? `since ${clock(first)}` : `resolved ${clock(resolved ?? divergence.last)}`;
  // In a narrow side bar only the beginning is to be seen: of what is over, that and when it ended.
  const label = open ? message : `${when}: ${message}`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${status} ${id}`;
  item.iconPath = open
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('pollux.alert'))
    : new vscode.ThemeIcon('check');
  item.description = open ? when : '';
  item.tooltip = `${message}\n${kind} at ${element}, ${when}`;
  item.contextValue = status;
  item.accessibilityInformation = { label: `${open ? 'Open' : 'Resolved'}: ${message}, ${when}` };
  item.command = {
    command: 'pollux.revealElement' satisfies CommandId,
    title: 'Go to the line',
    arguments: [uri, element],
  };
  return item;
}

/** Local time of day. */
function clock(epoch_us: number): string {
  return new Date(epoch_us / 1000).toLocaleTimeString([], { hour12: false });
}
