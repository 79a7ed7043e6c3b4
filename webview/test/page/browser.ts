/**
 * The page in a real browser, under the content security policy that the extension gives it, with a host that only
 * writes down what the page says.
 */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import {
  type MessageDescriptor,
  type PanelKind,
  select,
  showActive,
  showResult,
  showRun,
  showTwin,
} from '../../src/protocol/index.ts';
import { PageFiles } from './page-files.ts';
import { type ThemeName, themes } from './themes.ts';

/** Of reports; pages have a server, as its files are then kept by the browser. */
const reports = 'http://page.test';

export function policyOf(origin: string): string {
  return `default-src 'none'; script-src ${origin}; style-src ${origin}; font-src ${origin}; worker-src blob:; img-src data:`;
}

export function chromiumPath(): string | null {
  return (
    [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
      (path): path is string => path !== undefined && path !== '' && existsSync(path),
    ) ?? null
  );
}

export class PageBrowser {
  private readonly browser: Browser;
  private readonly context: BrowserContext;
  private readonly files: PageFiles;

  private constructor(browser: Browser, context: BrowserContext, files: PageFiles) {
    this.browser = browser;
    this.context = context;
    this.files = files;
  }

  static async start(executablePath: string): Promise<PageBrowser> {
    const files = await PageFiles.build();
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    return new PageBrowser(browser, await browser.newContext({ reducedMotion: 'reduce' }), files);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.files.stop();
  }

  get script(): string {
    return this.files.script;
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
      if (route.request().url() === `${reports}/report`) return route.fulfill({ contentType: 'text/html', body: text });
      requests.push(route.request().url());
      return route.abort();
    });
    await page.goto(`${reports}/report`);
    return { page, requests };
  }

  async open(
    panel: PanelKind,
    theme: ThemeName,
    size = { width: 1080, height: 800 },
    kept: unknown = null,
  ): Promise<TestPage> {
    const page = await this.context.newPage();
    await page.setViewportSize(size);
    const { bodyClass, variables } = themes[theme];
    const style = Object.entries(variables)
      .map(([name, value]) => `${name}: ${value};`)
      .join(' ');
    const address = this.files.add({
      '': ['text/html', pageText(panel, bodyClass, policyOf(this.files.origin))],
      'theme.css': ['text/css', `html { ${style} }`],
      'host.js': ['text/javascript', hostText(kept)],
    });
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') failures.push(message.text());
    });
    await page.goto(address);
    return new TestPage(page, failures);
  }
}

/** What the extension must provide. */
function pageText(panel: PanelKind, bodyClass: string, policy: string): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="stylesheet" href="theme.css">
    <link rel="stylesheet" href="/page.css">
    <title>Pollux</title>
  </head>
  <body class="${bodyClass}" data-panel="${panel}">
    <script src="host.js"></script>
    <script src="/page.js"></script>
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
    await this.page.evaluate(
      (text) =>
        new Promise((heard) => {
          // After the page's own listener, which came first.
          window.addEventListener('message', heard, { once: true });
          window.postMessage(JSON.parse(text), '*');
        }).then(() => undefined),
      // As one text: object by object a large message takes seconds.
      JSON.stringify(sent),
    );
  }

  /** Until the page has drawn and painted all it was told. */
  async settled(selector = '.layer.ink .element'): Promise<void> {
    await this.page.locator(selector).first().waitFor({ state: 'attached' });
    await this.drawn();
  }

  /** Until nothing is left to be laid out or painted. A frame with it comes later: who waits for one, as a click does, sees it. */
  private async drawn(): Promise<void> {
    await this.page.evaluate(async () => {
      const frame = (): Promise<unknown> => new Promise((shown) => requestAnimationFrame(shown));
      do await frame();
      while (!(window as unknown as { polluxDraw: () => boolean }).polluxDraw());
    });
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
    await this.drawn();
  }

  /** As the editor changes it under a page that stands. */
  async inTheme(name: ThemeName): Promise<void> {
    await this.page.evaluate(({ bodyClass, variables }) => {
      document.body.className = bodyClass;
      const { style } = document.documentElement;
      style.cssText = '';
      for (const [variable, value] of Object.entries(variables)) style.setProperty(variable, value);
    }, themes[name]);
    await this.drawn();
  }

  /** A page that was used, as it was when it had its model: nothing laid over it, nothing selected, nothing said. */
  async asNew(diagram: string): Promise<void> {
    await this.inTheme('dark');
    await this.page.mouse.move(0, 0);
    await this.tell(showTwin, { state: null, lag_s: 0 });
    await this.tell(showResult, { result: null, scenario: '' });
    await this.tell(showRun, { run: null });
    await this.tell(select, { element: null });
    await this.tell(showActive, { elements: [] });
    await this.page.evaluate('document.activeElement?.blur(); window.said.length = 0');
    await this.pick(diagram);
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
