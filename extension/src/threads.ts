/** How many worker threads a simulation may take: as set, else all cores but the one that the editor needs. */
import { availableParallelism } from 'node:os';
import * as vscode from 'vscode';
import type { SettingId } from './contributions.ts';

export function simulationThreads(): number {
  const wanted = vscode.workspace.getConfiguration().get<number>('pollux.simulation.threads' satisfies SettingId) ?? 0;
  return wanted > 0 ? wanted : Math.max(1, availableParallelism() - 1);
}
