/**
 * The wiring of the language in plain objects. Runs anywhere: knows no editor, no files, no Node. What an environment
 * adds (reading files, the editing features) comes in from outside.
 */
import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  type DeepPartial,
  type FileSystemProvider,
  inject,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
  type Module,
} from 'langium';
import { TwinGeneratedSharedModule, TwinLanguageGeneratedModule } from '../generated/module.ts';
import { TwinDocumentValidator } from './checks/document-validator.ts';
import { FoundDocuments } from './links/found-documents.ts';
import { ImportReader } from './links/import-reader.ts';
import { TwinIndexManager } from './links/index-manager.ts';
import { TwinLinker } from './links/linker.ts';
import { TwinScopeComputation } from './links/scope-computation.ts';
import { TwinScopeProvider } from './links/scope-provider.ts';
import { ModelBuilder } from './lower/model-builder.ts';
import { createLineRecoveringParser } from './parser/line-recovery.ts';
import { ReparsingDocumentFactory } from './parser/reparsing-document-factory.ts';
import { SoftKeywordLexer } from './parser/soft-keyword-lexer.ts';
import { guardStack } from './parser/stack-guard.ts';
import { CharacterMessages, SyntaxMessages } from './parser/syntax-messages.ts';
import { TwinValueConverter } from './parser/value-converter.ts';

export interface TwinAddedServices {
  readonly references: { readonly ScopeProvider: TwinScopeProvider };
  readonly imports: { readonly Reader: ImportReader };
  readonly model: { readonly ModelBuilder: ModelBuilder };
}

export type TwinServices = LangiumCoreServices & TwinAddedServices;

/** What the language has of its own; goes over the defaults of the core and of the editing features alike. */
export const twinModule: Module<TwinServices, DeepPartial<LangiumCoreServices> & TwinAddedServices> = {
  parser: {
    Lexer: (services) => new SoftKeywordLexer(services),
    LangiumParser: (services) => guardStack(createLineRecoveringParser(services)),
    ParserErrorMessageProvider: () => new SyntaxMessages(),
    LexerErrorMessageProvider: () => new CharacterMessages(),
    ValueConverter: () => new TwinValueConverter(),
  },
  references: {
    Linker: (services) => new TwinLinker(services),
    ScopeProvider: (services) => new TwinScopeProvider(services),
    ScopeComputation: () => new TwinScopeComputation(),
  },
  validation: { DocumentValidator: (services) => new TwinDocumentValidator(services) },
  imports: { Reader: (services) => new ImportReader(services.shared.workspace) },
  model: { ModelBuilder: (services) => new ModelBuilder(services.shared.workspace.LangiumDocuments) },
};

export const twinSharedModule: Module<LangiumSharedCoreServices, DeepPartial<LangiumSharedCoreServices>> = {
  workspace: {
    IndexManager: (services) => new TwinIndexManager(services),
    LangiumDocuments: (services) => new FoundDocuments(services),
    LangiumDocumentFactory: (services) => new ReparsingDocumentFactory(services),
  },
};

/** Services without any editing feature. */
export function createTwinServices(fileSystem: () => FileSystemProvider): TwinServices {
  const shared = inject(
    createDefaultSharedCoreModule({ fileSystemProvider: fileSystem }),
    TwinGeneratedSharedModule,
    twinSharedModule,
  );
  const services: TwinServices = inject(createDefaultCoreModule({ shared }), TwinLanguageGeneratedModule, twinModule);
  shared.ServiceRegistry.register(services);
  return services;
}
