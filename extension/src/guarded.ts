/**
 * The one place where a throw becomes a log line and a message for the person. Everything that VS Code calls goes through it.
 */
import * as vscode from 'vscode';
import { commands } from './contributions.ts';

export type Log = vscode.LogOutputChannel;

/** Answers undefined where it failed. */
export async function guarded<T>(log: Log, what: string, action: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    report(log, what, error);
    return undefined;
  }
}

/** Into the log with its stack, and to the person in one sentence. */
export function report(log: Log, what: string, error: unknown): void {
  log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const sentence = `${what} failed: ${error instanceof Error ? error.message : String(error)}`;
  void vscode.window.showErrorMessage(sentence, commands['pollux.showLog'].title).then((chosen) => {
    if (chosen !== undefined) log.show();
  });
}
