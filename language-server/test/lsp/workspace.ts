/** Folders with files on the disk, and a client that has them open. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Client, connect } from './client.ts';

export interface Workspace {
  readonly client: Client;
  path(name: string): string;
  uri(name: string): string;
  /** Writes a file without telling anybody. */
  write(name: string, text: string): void;
  remove(name: string): void;
  /** What the file watcher of an editor says. */
  tell(changes: Readonly<Record<string, 'created' | 'changed' | 'deleted'>>): Promise<void>;
  /** The newest messages about a file. */
  messages(name: string): string[];
  /** Resolves when the newest messages about a file fit. */
  until(name: string, fits: (messages: string[]) => boolean): Promise<void>;
  close(): void;
}

const types = { created: 1, changed: 2, deleted: 3 };

const watching = {
  workspace: {
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceFolders: true,
  },
};

/** `folders` are parts of the files' paths; all files are written before the client connects. */
export async function openWorkspace(
  files: Readonly<Record<string, string>>,
  { folders = [''] }: { readonly folders?: readonly string[] } = {},
): Promise<Workspace> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'pollux-workspace-')));
  const at = (name: string) => path.join(root, name);
  const uri = (name: string) => pathToFileURL(at(name)).toString();
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const client = await connect({}, { folders: folders.map(uri), capabilities: watching });
  const messages = (name: string) => {
    const newest = client.published.findLast((item) => item.uri === uri(name));
    return newest?.diagnostics.map(({ message }) => (typeof message === 'string' ? message : message.value)) ?? [];
  };
  return {
    client,
    path: at,
    uri,
    write,
    remove: (name) => rmSync(at(name), { recursive: true }),
    tell: (changes) =>
      client.notify('workspace/didChangeWatchedFiles', {
        changes: Object.entries(changes).map(([name, type]) => ({ uri: uri(name), type: types[type] })),
      }),
    messages,
    until: (name, fits) =>
      client.until(() => client.published.some((item) => item.uri === uri(name)) && fits(messages(name))),
    close: () => {
      client.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
