/** Runs a command line in a folder of its own, with what it prints caught. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pollux } from '../../src/pollux.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export class Workspace {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async create(files: Readonly<Record<string, string | Uint8Array>>): Promise<Workspace> {
    const folder = await mkdtemp(join(tmpdir(), 'pollux-cli-'));
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    return new Workspace(folder);
  }

  async run(...argv: string[]): Promise<Ran> {
    return this.runUntil(new AbortController().signal, ...argv);
  }

  async runUntil(signal: AbortSignal, ...argv: string[]): Promise<Ran> {
    let out = '';
    let error = '';
    const code = await pollux(argv, {
      out: (text) => {
        out += text;
      },
      error: (text) => {
        error += text;
      },
      colours: false,
      progress: false,
      folder: this.folder,
      signal,
    });
    return { code, out, error };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
