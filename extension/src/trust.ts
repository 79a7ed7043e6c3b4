/** An untrusted workspace edits and draws, but opens no port and runs nothing: the one gate, and what it says. */
import * as vscode from 'vscode';

/** True where the workspace is trusted; otherwise explains and offers the way. */
export async function requireTrust(what: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const chosen = await vscode.window.showWarningMessage(
    `${what} needs a trusted workspace: an untrusted one can be edited and drawn, but Pollux opens no port and runs nothing in it.`,
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return vscode.workspace.isTrusted;
}
