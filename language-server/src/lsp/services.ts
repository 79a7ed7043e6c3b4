/** The wiring of the editing features, over the language's own. Knows the Language Server Protocol, no editor. */
import { type DeepPartial, DocumentState, inject, type Module } from 'langium';
import {
  createDefaultModule,
  createDefaultSharedModule,
  type DefaultSharedModuleContext,
  type LangiumServices,
  type LangiumSharedServices,
  type PartialLangiumServices,
} from 'langium/lsp';
import { TwinGeneratedSharedModule, TwinLanguageGeneratedModule } from '../generated/module.ts';
import { type TwinAddedServices, twinModule, twinSharedModule } from '../language/services.ts';
import { TwinCallHierarchyProvider } from './call-hierarchy-provider.ts';
import { TwinCodeActionProvider } from './code-action-provider.ts';
import { TwinCompletionProvider } from './completion-provider.ts';
import { TwinDocumentHighlightProvider } from './document-highlight-provider.ts';
import { TwinDocumentLinkProvider } from './document-link-provider.ts';
import { TwinDocumentSymbolProvider } from './document-symbol-provider.ts';
import { TwinFileOperationHandler } from './file-operation-handler.ts';
import { FoldingDocumentFactory } from './folding-document-factory.ts';
import { TwinFoldingRangeProvider } from './folding-range-provider.ts';
import { TwinFormatter } from './formatter.ts';
import { TwinHoverProvider } from './hover-provider.ts';
import { ImportLoader } from './import-loader.ts';
import { TwinInlayHintProvider } from './inlay-hint-provider.ts';
import { TwinLanguageServer } from './language-server.ts';
import { ModelProvider } from './model-provider.ts';
import { TwinNodeKindProvider } from './node-kind-provider.ts';
import { OutsideWatchers } from './outside-watchers.ts';
import { TwinRenameProvider } from './rename-provider.ts';
import { SeenTelemetry } from './seen-telemetry.ts';
import { SelectionRangeProvider } from './selection-range-provider.ts';
import { TwinSemanticTokenProvider } from './semantic-token-provider.ts';
import { SettlingDocumentBuilder } from './settling-document-builder.ts';
import { TwinSignatureHelpProvider } from './signature-help-provider.ts';
import { TwinTypeHierarchyProvider } from './type-hierarchy-provider.ts';
import { WatchingUpdateHandler } from './watching-update-handler.ts';
import { TwinWorkspaceManager } from './workspace-manager.ts';
import { TwinWorkspaceSymbolProvider } from './workspace-symbol-provider.ts';

interface LspAddedServices extends TwinAddedServices {
  readonly lsp: OwnProviders;
}

/** Of messages that Langium's services have no place for. */
interface OwnProviders {
  readonly ModelProvider: ModelProvider;
  readonly SeenTelemetry: SeenTelemetry;
  readonly SelectionRangeProvider: SelectionRangeProvider;
}

export type TwinLspServices = LangiumServices & LspAddedServices;

export interface TwinSharedLspServices extends LangiumSharedServices {
  readonly lsp: LangiumSharedServices['lsp'] & { readonly DocumentUpdateHandler: WatchingUpdateHandler };
  readonly workspace: LangiumSharedServices['workspace'] & {
    readonly WorkspaceManager: TwinWorkspaceManager;
    readonly LangiumDocumentFactory: FoldingDocumentFactory;
  };
}

const lspSharedModule: Module<LangiumSharedServices, DeepPartial<LangiumSharedServices>> = {
  lsp: {
    LanguageServer: (services) => new TwinLanguageServer(services),
    DocumentUpdateHandler: (services) => new WatchingUpdateHandler(services),
    FileOperationHandler: (services) => new TwinFileOperationHandler(services as TwinSharedLspServices),
    NodeKindProvider: () => new TwinNodeKindProvider(),
    WorkspaceSymbolProvider: (services) => new TwinWorkspaceSymbolProvider(services),
  },
  workspace: {
    LangiumDocumentFactory: (services) => new FoldingDocumentFactory(services),
    DocumentBuilder: (services) => new SettlingDocumentBuilder(services),
    WorkspaceManager: (services) => new TwinWorkspaceManager(services),
  },
};

type Added = PartialLangiumServices & { readonly lsp: OwnProviders };

const lspModule: Module<TwinLspServices, Added> = {
  lsp: {
    CallHierarchyProvider: (services) => new TwinCallHierarchyProvider(services),
    CodeActionProvider: (services) => new TwinCodeActionProvider(services),
    CompletionProvider: (services) => new TwinCompletionProvider(services),
    DocumentHighlightProvider: (services) => new TwinDocumentHighlightProvider(services),
    DocumentLinkProvider: () => new TwinDocumentLinkProvider(),
    DocumentSymbolProvider: (services) => new TwinDocumentSymbolProvider(services),
    FoldingRangeProvider: () => new TwinFoldingRangeProvider(),
    Formatter: (services) => new TwinFormatter(services),
    HoverProvider: (services) => new TwinHoverProvider(services),
    InlayHintProvider: (services) => new TwinInlayHintProvider(services),
    RenameProvider: (services) => new TwinRenameProvider(services),
    SeenTelemetry: () => new SeenTelemetry(),
    SelectionRangeProvider: () => new SelectionRangeProvider(),
    SemanticTokenProvider: () => new TwinSemanticTokenProvider(),
    SignatureHelp: (services) => new TwinSignatureHelpProvider(services),
    TypeHierarchyProvider: (services) => new TwinTypeHierarchyProvider(services),
    ModelProvider: (services) => new ModelProvider(services),
  },
};

export interface TwinLsp {
  readonly shared: TwinSharedLspServices;
  readonly twin: TwinLspServices;
}

/** Services for one connection; without a connection they serve tests. */
export function createTwinLspServices(context: DefaultSharedModuleContext): TwinLsp {
  const shared = inject(
    createDefaultSharedModule(context),
    TwinGeneratedSharedModule,
    twinSharedModule as Module<LangiumSharedServices, DeepPartial<LangiumSharedServices>>,
    lspSharedModule,
  ) as TwinSharedLspServices;
  const language = twinModule as unknown as Module<TwinLspServices, PartialLangiumServices & TwinAddedServices>;
  const twin: TwinLspServices = inject(
    createDefaultModule({ shared }),
    TwinLanguageGeneratedModule,
    language,
    lspModule,
  );
  shared.ServiceRegistry.register(twin);
  shared.workspace.WorkspaceManager.initialBuildOptions = { validation: true };
  shared.workspace.DocumentBuilder.onDocumentPhase(
    DocumentState.Validated,
    shared.workspace.LangiumDocumentFactory.fold,
  );
  new ImportLoader(shared, twin, new OutsideWatchers(shared));
  if (context.connection === undefined) shared.workspace.ConfigurationProvider.initialized({});
  return { shared, twin };
}
