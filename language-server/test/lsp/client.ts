/** A client that talks to a server in the same process, over streams. */
import { PassThrough } from 'node:stream';
import { NodeFileSystem } from 'langium/node';
import type { Diagnostic, InitializeResult, ServerCapabilities } from 'vscode-languageserver';
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { startTwinServer } from '../../src/lsp/server.ts';
import { type ModelAnswer, modelChanged, modelRequest } from '../../src/protocol/index.ts';

export interface Client {
  open(uri: string, text: string): Promise<void>;
  change(uri: string, version: number, text: string): Promise<void>;
  model(uri: string): Promise<ModelAnswer>;
  request<T>(method: string, parameters: object): Promise<T>;
  /** All that was published so far, in order. */
  readonly published: { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[];
  /** What the server says that it can do. */
  readonly offers: ServerCapabilities;
  readonly changed: { readonly uri: string; readonly version: number }[];
  /** Resolves when the condition holds. */
  until(condition: () => boolean): Promise<void>;
  notify(method: string, parameters: object): Promise<void>;
  /** What the server asked to be told of, by method. */
  readonly registered: { readonly method: string; readonly registerOptions?: unknown }[];
  /** How often the server had hints asked for again. */
  hintsRefreshed(): number;
  close(): void;
}

interface ClientOptions {
  /** URIs of the workspace's folders. */
  readonly folders?: readonly string[];
  readonly capabilities?: object;
}

export async function connect(
  initializationOptions: object = {},
  { folders, capabilities = {} }: ClientOptions = {},
): Promise<Client> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  startTwinServer({ connection: createConnection(ProposedFeatures.all, toServer, toClient), ...NodeFileSystem });
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published: Client['published'] = [];
  const changed: Client['changed'] = [];
  const registered: Client['registered'] = [];
  const waiting = new Set<() => void>();
  connection.onNotification('textDocument/publishDiagnostics', (item) => {
    published.push(item);
    for (const look of waiting) look();
  });
  connection.onNotification(modelChanged.method, (item) => {
    changed.push(item);
    for (const look of waiting) look();
  });
  connection.onRequest('client/registerCapability', ({ registrations }) => {
    registered.push(...registrations);
    for (const look of waiting) look();
    return null;
  });
  let refreshed = 0;
  connection.onRequest('workspace/inlayHint/refresh', () => {
    refreshed++;
    for (const look of waiting) look();
    return null;
  });
  connection.listen();
  const workspaceFolders = folders?.map((uri) => ({ uri, name: uri })) ?? null;
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities,
    workspaceFolders,
    initializationOptions,
  });
  await connection.sendNotification('initialized', {});
  return {
    open: (uri, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'twin', version: 1, text },
      }),
    change: (uri, version, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    model: (uri) => connection.sendRequest(modelRequest.method, { uri }),
    request: (method, parameters) => connection.sendRequest(method, parameters),
    notify: (method, parameters) => connection.sendNotification(method, parameters),
    hintsRefreshed: () => refreshed,
    registered,
    published,
    offers: initialized.capabilities,
    changed,
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => connection.dispose(),
  };
}
