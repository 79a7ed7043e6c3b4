/**
 * The page in a real browser, under the content security policy that the extension gives it, with a host that only
 * writes down what the page says.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildWebview } from '../../build.mjs';
import type { MessageDescriptor, PanelKind } from '../../src/protocol/index.ts';
import { type ThemeName, themes } from './themes.ts';

const origin = 'http://page.test';
export const policy = `default-src 'none'; script-src ${origin}; style-src ${origin}; font-src ${origin}; worker-src blob:; img-src data:`;

export function chromiumPath(): string | null {
  return (
    [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
      (path): path is string => path !== undefined && path !== '' && existsSync(path),
    ) ?? null
  );
}

export class PageBrowser {
  private readonly browser: Browser;
  private readonly folder: string;

  private constructor(browser: Browser, folder: string) {
    this.browser = browser;
    this.folder = folder;
  }

  static async start(executablePath: string): Promise<PageBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'pollux-page-'));
    await buildWebview({ outdir: folder, minify: true });
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    return new PageBrowser(browser, folder);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  get script(): Promise<string> {
    return readFile(join(this.folder, 'page.js'), 'utf8');
  }

  /** A file that stands on its own: all that it asks for beyond itself is written down. */
  async openReport(
    text: string,
    colorScheme: 'dark' | 'light',
  ): Promise<{ readonly page: Page; readonly requests: readonly string[] }> {
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme });
    const requests: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') requests.push(message.text());
    });
    await page.route('**', (route) => {
      if (route.request().url() === `${origin}/report`) return route.fulfill({ contentType: 'text/html', body: text });
      requests.push(route.request().url());
      return route.abort();
    });
    await page.goto(`${origin}/report`);
    return { page, requests };
  }

  async open(
    panel: PanelKind,
    theme: ThemeName,
    size = { width: 1080, height: 800 },
    kept: unknown = null,
  ): Promise<TestPage> {
    const page = await this.browser.newPage({ viewport: size });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const { bodyClass, variables } = themes[theme];
    const style = Object.entries(variables)
      .map(([name, value]) => `${name}: ${value};`)
      .join(' ');
    const files: Readonly<Record<string, readonly [string, string]>> = {
      '/': ['text/html', pageText(panel, bodyClass)],
      '/theme.css': ['text/css', `html { ${style} }`],
      '/host.js': ['text/javascript', hostText(kept)],
      '/page.js': ['text/javascript', await this.script],
      '/page.css': ['text/css', await readFile(join(this.folder, 'page.css'), 'utf8')],
    };
    await page.route(`${origin}/**`, (route) => {
      const [contentType, body] = files[new URL(route.request().url()).pathname] ?? ['text/plain', ''];
      return route.fulfill({ contentType, body });
    });
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') failures.push(message.text());
    });
    await page.goto(`${origin}/`);
    return new TestPage(page, failures);
  }
}

/** What the extension must provide. */
function pageText(panel: PanelKind, bodyClass: string): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="stylesheet" href="theme.css">
    <link rel="stylesheet" href="page.css">
    <title>Pollux</title>
  </head>
  <body class="${bodyClass}" data-panel="${panel}">
    <script src="host.js"></script>
    <script src="page.js"></script>
  </body>
</html>`;
}

function hostText(kept: unknown): string {
  return `window.said = []; let kept = ${JSON.stringify(kept)};
function acquireVsCodeApi() {
  return { postMessage: (message) => window.said.push(message), getState: () => kept, setState: (state) => { kept = state; window.kept = state; } };
}`;
}

export class TestPage {
  readonly page: Page;
  readonly failures: readonly string[];

  constructor(page: Page, failures: readonly string[]) {
    this.page = page;
    this.failures = failures;
  }

  async tell<P>(message: MessageDescriptor<P>, parameters: P): Promise<void> {
    const sent = { method: message.method, receiver: { type: 'webview', webviewType: 'pollux' }, params: parameters };
    await this.page.evaluate((data) => window.postMessage(data, '*'), sent as never);
  }

  /** Until the page has drawn and painted all it was told. */
  async settled(selector = '.layer.ink .element'): Promise<void> {
    await this.page.locator(selector).first().waitFor({ state: 'attached' });
    await this.page.waitForTimeout(400);
  }

  async said(method: string): Promise<readonly unknown[]> {
    const all = (await this.page.evaluate('window.said')) as readonly {
      readonly method: string;
      readonly params: unknown;
    }[];
    return all.filter((message) => message.method === method).map((message) => message.params);
  }

  async audit(): Promise<readonly unknown[]> {
    return (await this.page.evaluate('window.polluxAudit()')) as readonly unknown[];
  }

  async pick(diagram: string): Promise<void> {
    await this.page.locator('.picker').selectOption({ label: diagram });
    await this.page.locator(`.heading .title:text-is("${diagram}")`).waitFor();
    await this.page.waitForTimeout(300);
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
