/** A test under the debugger, until its session is over. Knows nothing of verdicts. */
import type { ElementId } from '@pollux/engine/model';
import * as vscode from 'vscode';
import { debugType } from '../debug/debugger-contribution.ts';

/** False where no session began. */
export async function debugTest(uri: string, test: ElementId, token: vscode.CancellationToken): Promise<boolean> {
  const target = vscode.Uri.parse(uri);
  const name = `Debug ${test.slice(test.lastIndexOf('.') + 1)} #${++sessions}`;
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let session: vscode.DebugSession | undefined;
  const subscriptions = [
    vscode.debug.onDidStartDebugSession((each) => {
      if (each.name === name) session = each;
    }),
    vscode.debug.onDidTerminateDebugSession((each) => {
      if (each.name === name) ended();
    }),
    token.onCancellationRequested(() => void vscode.debug.stopDebugging(session)),
  ];
  try {
    const began = await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(target), {
      type: debugType,
      request: 'launch',
      name,
      program: target.fsPath,
      test,
      stopOnEntry: vscode.debug.breakpoints.length === 0,
    });
    if (began) await end;
    return began;
  } finally {
    for (const each of subscriptions) each.dispose();
  }
}

/** Tells apart sessions of the same test. */
let sessions = 0;
