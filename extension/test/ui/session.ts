/** One workbench on a copy of the shop: started, driven, and cleared away. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startCodeServer } from '../../../scripts/host/code-server.mjs';
import { testSettings } from '../../../scripts/host/quiet-settings.mjs';
import { root, vsix } from '../../../scripts/lib/paths.mjs';
import { openPage } from '../host/browser.ts';
import { shopWorkspace, type Workspace } from '../host/workspace.ts';
import type { PictureFolder } from './picture-folder.ts';
import { Workbench } from './workbench.ts';

export interface Session {
  readonly workbench: Workbench;
  readonly workspace: Workspace;
  /** Of settings and extensions. */
  readonly folder: string;
  /** One-based line of the first line of the model that has the text. */
  lineOf(text: string): number;
  line(number: number): string;
  close(): Promise<void>;
}

export async function openSession(
  browser: Browser,
  pictures: PictureFolder,
  options: { trust: boolean },
): Promise<Session> {
  const workspace = await shopWorkspace(root);
  const folder = await mkdtemp(path.join(tmpdir(), 'pollux-ui-'));
  const settings = {
    ...testSettings,
    ...(options.trust ? { 'security.workspace.trust.startupPrompt': 'never' } : {}),
  };
  const host = await startCodeServer({ folder, vsix, settings, trust: options.trust });
  const page = await openPage(browser, { width: 1600, height: 1000 });
  const workbench = new Workbench(page, pictures);
  const lines = (await readFile(workspace.model, 'utf8')).split('\n');
  const lineOf = (text: string) => {
    const index = lines.findIndex((line) => line.includes(text));
    if (index < 0) throw new Error(`the model has no line with ${text}`);
    return index + 1;
  };
  await page.goto(host.url(workspace.folder));
  await page.locator('.monaco-workbench').waitFor();
  await page
    .getByRole('treeitem', { name: /shop\.twin/ })
    .first()
    .waitFor();
  await workbench.openFile('shop.twin');
  return {
    workbench,
    workspace,
    folder,
    lineOf,
    line: (number) => lines[number - 1] ?? '',
    async close() {
      await page.context().close();
      await host.stop();
      for (const each of [folder, workspace.folder]) {
        await rm(each, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      }
    },
  };
}
