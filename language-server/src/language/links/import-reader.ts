/** Reads imported files and remembers why one could not be read. Knows the environment only as Langium's file system. */
import { type FileSystemProvider, type LangiumDocument, type LangiumDocuments, type URI, UriUtils } from 'langium';
import { importsOf } from './imports.ts';
import { nearNames } from './near-names.ts';

/** Why there is no document behind a path. */
export type ImportFault =
  | { readonly kind: 'missing'; readonly near: readonly URI[] }
  | { readonly kind: 'other-case'; readonly actual: URI }
  | { readonly kind: 'folder'; readonly files: readonly URI[] }
  | { readonly kind: 'not-a-model' }
  | { readonly kind: 'unreadable'; readonly reason: string };

interface Workspace {
  readonly LangiumDocuments: LangiumDocuments;
  readonly FileSystemProvider: FileSystemProvider;
}

export class ImportReader {
  private readonly documents: LangiumDocuments;
  private readonly files: FileSystemProvider;
  private readonly faults = new Map<string, { readonly uri: URI; readonly fault: ImportFault }>();

  constructor(workspace: Workspace) {
    this.documents = workspace.LangiumDocuments;
    this.files = workspace.FileSystemProvider;
  }

  /** Why the file was not read when it was last tried. */
  faultOf(uri: URI): ImportFault | undefined {
    return this.faults.get(uri.toString())?.fault;
  }

  /** Reads what documents import, directly or not. Answers the documents and all of it that could be read. */
  async load(...documents: readonly LangiumDocument[]): Promise<LangiumDocument[]> {
    const found = new Map(documents.map((document) => [document.uri.toString(), document] as const));
    for (const current of found.values()) {
      for (const { uri } of importsOf(current)) {
        if (found.has(uri.toString())) continue;
        const imported = this.documents.getDocument(uri) ?? (await this.read(uri));
        if (imported !== undefined) found.set(uri.toString(), imported);
      }
    }
    return [...found.values()];
  }

  /** Tries again what could not be read, but for what is going to be read anyway; answers what is different now. */
  async retry(except: ReadonlySet<string>): Promise<Set<string>> {
    const different = new Set<string>();
    for (const [key, { uri, fault }] of [...this.faults]) {
      if (except.has(key)) this.faults.delete(key);
      if (except.has(key)) continue;
      const found = this.documents.getDocument(uri) ?? (await this.read(uri));
      if (found !== undefined) this.faults.delete(key);
      if (found !== undefined || JSON.stringify(fault) !== JSON.stringify(this.faultOf(uri))) different.add(key);
    }
    return different;
  }

  private async read(uri: URI): Promise<LangiumDocument | undefined> {
    const fault = (await this.misspelled(uri)) ?? (await this.tryToRead(uri));
    if (fault === undefined) this.faults.delete(uri.toString());
    else this.faults.set(uri.toString(), { uri, fault });
    return this.documents.getDocument(uri);
  }

  private async tryToRead(uri: URI): Promise<ImportFault | undefined> {
    if (!isModel(uri)) return (await this.folderAt(uri)) ?? (await this.absence(uri)) ?? { kind: 'not-a-model' };
    try {
      await this.documents.getOrCreateDocument(uri);
      return undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return (await this.folderAt(uri)) ?? (await this.absence(uri)) ?? { kind: 'unreadable', reason };
    }
  }

  private async folderAt(uri: URI): Promise<ImportFault | undefined> {
    if (!(await this.statOf(uri))?.isDirectory) return undefined;
    return { kind: 'folder', files: (await this.entries(uri)).filter(isModel) };
  }

  private async absence(uri: URI): Promise<ImportFault | undefined> {
    if ((await this.statOf(uri)) !== undefined) return undefined;
    const actual = await this.asSpelled(uri);
    if (actual !== undefined && !UriUtils.equals(actual, uri)) return { kind: 'other-case', actual };
    const files = (await this.entries(UriUtils.dirname(uri))).filter(isModel);
    const named = new Map(files.map((file) => [UriUtils.basename(file), file]));
    const name = UriUtils.basename(uri);
    const wanted = isModel(uri) ? name : `${name}.twin`;
    const near = nearNames(wanted, named.keys()).flatMap((found) => named.get(found) ?? []);
    return { kind: 'missing', near };
  }

  /** Where the file system does not tell upper from lower case, a wrong spelling would lead to a second copy of the file. */
  private async misspelled(uri: URI): Promise<ImportFault | undefined> {
    const names = await this.entries(UriUtils.dirname(uri));
    if (names.length === 0 || names.some((name) => UriUtils.equals(name, uri))) return undefined;
    const actual = names.find((name) => name.path.toLowerCase() === uri.path.toLowerCase());
    return actual === undefined ? undefined : { kind: 'other-case', actual };
  }

  /** The file or folder of that path with whatever upper and lower case it really has. */
  private async asSpelled(uri: URI): Promise<URI | undefined> {
    const folder = UriUtils.dirname(uri);
    if (UriUtils.equals(folder, uri)) return uri;
    let names = await this.entries(folder);
    if (names.length === 0 && (await this.statOf(folder)) === undefined) {
      const actualFolder = await this.asSpelled(folder);
      if (actualFolder === undefined) return undefined;
      names = await this.entries(actualFolder);
    }
    const name = UriUtils.basename(uri);
    const same = (wanted: string, found: string) => wanted.toLowerCase() === found.toLowerCase();
    return (
      names.find((found) => UriUtils.basename(found) === name) ??
      names.find((found) => same(name, UriUtils.basename(found)))
    );
  }

  private async entries(folder: URI): Promise<URI[]> {
    try {
      return (await this.files.readDirectory(folder)).map(({ uri }) => uri);
    } catch {
      return [];
    }
  }

  private async statOf(uri: URI): Promise<{ readonly isDirectory: boolean } | undefined> {
    try {
      return await this.files.stat(uri);
    } catch {
      return undefined;
    }
  }
}

function isModel(uri: URI): boolean {
  return uri.path.endsWith('.twin');
}
