/**
 * Starts the language server as a process of its own and starts it again when it crashes. Knows nothing of what it answers.
 */
import * as vscode from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  LanguageClient,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { type Log, report } from '../guarded.ts';
import { RestartPolicy } from './restart-policy.ts';

/**
 * Megabytes for what was just made: what reading a file takes is given back before it is counted to what stays. Edits do not
 * feel it. `bench/editing.ts` measures with the same.
 */
const memoryOptions = ['--max-semi-space-size=16'];

export interface Server {
  readonly client: LanguageClient;
  /** Called with every server that came up, the first included. */
  onRunning(listener: () => void): void;
  restart(): Promise<void>;
}

export function createServer(context: vscode.ExtensionContext, log: Log): Server {
  const policy = new RestartPolicy();
  const module = context.asAbsolutePath('dist/server.js');
  const run = { module, transport: TransportKind.ipc, options: { execArgv: memoryOptions } };
  const client = new LanguageClient(
    'pollux',
    'Pollux Language Server',
    { run, debug: { ...run, options: { execArgv: [...memoryOptions, '--nolazy', '--inspect=6009'] } } },
    {
      documentSelector: [
        { language: 'twin', scheme: 'file' },
        { language: 'twin', scheme: 'untitled' },
      ],
      outputChannel: log,
      initializationOptions: { problemPages: vscode.Uri.joinPath(context.extensionUri, 'docs/problems').toString() },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => closed(policy, log, restart),
      },
    },
  );
  async function restart(): Promise<void> {
    policy.forgive();
    if (client.state === State.Running) await client.restart();
    else await client.start();
  }
  return {
    client,
    restart,
    onRunning(listener) {
      context.subscriptions.push(
        client.onDidChangeState(({ newState }) => {
          if (newState === State.Running) listener();
        }),
      );
    },
  };
}

function closed(policy: RestartPolicy, log: Log, restart: () => Promise<void>): CloseHandlerResult {
  if (policy.crashed(Date.now())) {
    log.warn('The language server ended without being asked to; starting it again.');
    return { action: CloseAction.Restart, handled: true };
  }
  log.error('The language server crashed again and again; it stays down.');
  const again = 'Start It Again';
  void vscode.window
    .showErrorMessage('The Pollux language server crashed six times within three minutes and stays down.', again)
    .then((chosen) => (chosen === again ? restart() : undefined))
    .then(undefined, (error) => report(log, 'Starting the language server', error));
  return { action: CloseAction.DoNotRestart, handled: true };
}
