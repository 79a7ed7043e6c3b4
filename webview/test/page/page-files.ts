/** The bundle of the page and what each page has of its own, on a server of this machine: what pages share the browser keeps. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWebview } from '../../build.mjs';

/** Its type and its text. */
type ServedFile = readonly [contentType: string, text: string];

export class PageFiles {
  readonly origin: string;
  readonly script: string;
  private readonly server: Server;
  private readonly files: Map<string, ServedFile>;
  private pages = 0;

  private constructor(server: Server, files: Map<string, ServedFile>, script: string) {
    this.server = server;
    this.files = files;
    this.script = script;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async build(): Promise<PageFiles> {
    const folder = await mkdtemp(join(tmpdir(), 'pollux-page-'));
    await buildWebview({ outdir: folder, minify: true });
    const [script, style] = await Promise.all(
      ['page.js', 'page.css'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    await rm(folder, { recursive: true, force: true });
    const files = new Map<string, ServedFile>([
      ['/page.js', ['text/javascript', script ?? '']],
      ['/page.css', ['text/css', style ?? '']],
    ]);
    const server = createServer((request, response) => {
      const file = files.get(request.url ?? '');
      const isShared = file !== undefined && request.url?.lastIndexOf('/') === 0;
      response.writeHead(file === undefined ? 404 : 200, {
        'content-type': `${file?.[0] ?? 'text/plain'}; charset=utf-8`,
        'cache-control': isShared ? 'max-age=3600' : 'no-store',
      });
      response.end(file?.[1] ?? '');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new PageFiles(server, files, script ?? '');
  }

  /** Files of one page, by their names beside it; answers its address. */
  add(files: Readonly<Record<string, ServedFile>>): string {
    this.pages += 1;
    for (const [name, file] of Object.entries(files)) this.files.set(`/${this.pages}/${name}`, file);
    return `${this.origin}/${this.pages}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
