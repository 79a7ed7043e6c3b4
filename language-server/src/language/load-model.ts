/** From texts to a model with its problems, outside any editor. */
import type { Model } from '@pollux/engine/model';
import { type FileSystemProvider, type LangiumDocument, URI, UriUtils } from 'langium';
import { fixesOf } from './fixes/fixes-of.ts';
import { importClosure } from './links/imports.ts';
import type { Problem } from './problems/problem.ts';
import { type ProblemCode, problemCodes } from './problems/problem-codes.ts';
import { createTwinServices, type TwinServices } from './services.ts';

/** Where texts come from; rejects where there is none. */
export interface FileReader {
  read(uri: string): Promise<string>;
  /** What a folder holds; rejects where there is none. Without it, advice on wrong imports is shorter. */
  list?(uri: string): Promise<readonly FolderEntry[]>;
}

interface FolderEntry {
  readonly name: string;
  readonly isDirectory: boolean;
}

export interface LoadedModel {
  /** What could be lowered; null only where the entry file cannot be read. With errors among the problems, it lacks what they touch. */
  readonly model: Model | null;
  /** Of the entry file and of everything it imports, in the order of files and lines. */
  readonly problems: readonly Problem[];
}

export interface LoadOptions {
  /** Whether problems come with ways to mend them, which takes a look at each. */
  readonly withFixes?: boolean;
}

/** Reads, parses, links, checks and lowers a file with its imports. Never throws on any text. */
export function loadModel(files: FileReader, uri: string, options: LoadOptions = {}): Promise<LoadedModel> {
  const load = turn.then(() => loadNow(files, uri, options));
  turn = load.catch(() => undefined);
  return load;
}

/** Making a parser costs more than most texts: there is one, and loads take turns at it. */
let turn: Promise<unknown> = Promise.resolve();
let reader: FileReader = { read: () => Promise.reject(new Error('nothing is being loaded')) };
let shared: TwinServices | undefined;

async function loadNow(files: FileReader, uri: string, { withFixes }: LoadOptions): Promise<LoadedModel> {
  reader = files;
  shared ??= createTwinServices(() => readerFileSystem(() => reader));
  const { LangiumDocuments, DocumentBuilder } = shared.shared.workspace;
  let entry: LangiumDocument;
  try {
    entry = await LangiumDocuments.getOrCreateDocument(URI.parse(uri));
  } catch (error) {
    return { model: null, problems: [unreadable(uri, error)] };
  }
  try {
    const { model, problems } = await build(shared, entry);
    return { model, problems: withFixes === true ? problems.map(worked) : problems };
  } finally {
    const loaded = LangiumDocuments.all.map((document) => document.uri).toArray();
    await DocumentBuilder.update([], loaded);
  }
}

/** The same for a single text, as tests write it. */
export async function modelOf(text: string, uri = 'file:///model.twin'): Promise<LoadedModel> {
  return loadModel(
    {
      read: async (wanted) => (wanted === URI.parse(uri).toString() ? text : Promise.reject(new Error('no such file'))),
    },
    uri,
  );
}

async function build(services: TwinServices, entry: LangiumDocument): Promise<LoadedModel> {
  const documents = services.shared.workspace.LangiumDocuments;
  const all = await services.imports.Reader.load(entry);
  await services.shared.workspace.DocumentBuilder.build(all, { validation: true });
  const problems = importClosure(entry, documents).flatMap((document) => problemsOf(document, services));
  return { model: services.model.ModelBuilder.modelOf(entry), problems };
}

const severityNames = { 1: 'error', 2: 'warning', 3: 'information', 4: 'information' } as const;

/** Fixes are worked out from trees that are gone after the load. */
function worked(problem: Problem): Problem {
  const fixes = problem.fixes?.() ?? [];
  return { ...problem, fixes: () => fixes };
}

/** The findings about a document that has been checked, in the order of its lines; with services, how to mend them too. */
export function problemsOf(document: LangiumDocument, services?: TwinServices): Problem[] {
  const problems = (document.diagnostics ?? []).map((diagnostic): Problem => {
    const code = diagnostic.code as ProblemCode;
    return {
      code,
      severity: severityNames[diagnostic.severity ?? 1] ?? problemCodes[code].severity,
      message: typeof diagnostic.message === 'string' ? diagnostic.message : diagnostic.message.value,
      place: { uri: document.uri.toString(), start: diagnostic.range.start, end: diagnostic.range.end },
      ...(services === undefined ? {} : { fixes: () => fixesOf(diagnostic, document, services) }),
    };
  });
  return problems.sort(
    (a, b) => a.place.start.line - b.place.start.line || a.place.start.character - b.place.start.character,
  );
}

function unreadable(uri: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const nowhere = { line: 0, character: 0 };
  const message = `The file cannot be read: ${reason}. Check its path.`;
  return { code: 'missing-file', severity: 'error', message, place: { uri, start: nowhere, end: nowhere } };
}

function readerFileSystem(files: () => FileReader): FileSystemProvider {
  const missing = () => {
    throw new Error('Only files are read here.');
  };
  const list = async (folder: URI) => {
    const entries = (await files().list?.(folder.toString())) ?? [];
    return entries.map(({ name, isDirectory }) => ({
      isFile: !isDirectory,
      isDirectory,
      uri: UriUtils.joinPath(folder, name),
    }));
  };
  return {
    stat: async (uri) =>
      (await list(UriUtils.dirname(uri))).find((entry) => UriUtils.equals(entry.uri, uri)) ?? missing(),
    statSync: missing,
    exists: async () => true,
    existsSync: () => true,
    readBinary: async () => missing(),
    readBinarySync: missing,
    readFile: (uri) => files().read(uri.toString()),
    readFileSync: missing,
    readDirectory: list,
    readDirectorySync: () => [],
  };
}
