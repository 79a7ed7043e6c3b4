/** Starts the server on a connection: Langium's handlers, and the messages of `protocol/`. */
import type { TelemetryNames } from '@pollux/engine/twin';
import { DocumentState } from 'langium';
import { createServerRequestHandler, startLanguageServer } from 'langium/lsp';
import type { SelectionRangeParams } from 'vscode-languageserver';
import type { FragmentParameters, ModelParameters } from '../protocol/index.ts';
import { fragmentRequest, modelChanged, modelRequest, telemetrySeen } from '../protocol/index.ts';
import { linkProblemPages } from './problem-links.ts';
import { refreshHints } from './refreshed-hints.ts';
import { createTwinLspServices } from './services.ts';
import { followWorkspaceFolders } from './workspace-folders.ts';

type Context = Parameters<typeof createTwinLspServices>[0];

export function startTwinServer(context: Context & { readonly connection: NonNullable<Context['connection']> }): void {
  const { shared, twin } = createTwinLspServices(context);
  const { connection } = context;
  connection.onRequest(modelRequest.method, (parameters: ModelParameters) =>
    twin.lsp.ModelProvider.getModel(parameters),
  );
  connection.onRequest(fragmentRequest.method, (parameters: FragmentParameters) =>
    twin.lsp.ModelProvider.getFragment(parameters),
  );
  connection.onNotification(telemetrySeen.method, (names: TelemetryNames) => {
    twin.lsp.SeenTelemetry.names = names;
  });
  connection.onSelectionRanges(
    createServerRequestHandler(
      (_, document, parameters: SelectionRangeParams) =>
        twin.lsp.SelectionRangeProvider.getSelectionRanges(document, parameters),
      shared,
      DocumentState.Parsed,
    ),
  );
  shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, async (checked) => {
    for (const { uri, textDocument } of twin.lsp.ModelProvider.dependents(checked)) {
      await connection.sendNotification(modelChanged.method, { uri: uri.toString(), version: textDocument.version });
    }
  });
  refreshHints(shared, connection);
  linkProblemPages(shared);
  followWorkspaceFolders(shared, connection);
  startLanguageServer(shared);
}
