/** One browser for all the tests of a file, started before them and stopped after them. */
import { afterAll, beforeAll, type TestContext } from 'vitest';
import { chromiumPath, PageBrowser } from './browser.ts';

/** Of a test that opens pages. */
export const patience = 120_000;

/** Where there is no Chromium the test that asks for the browser is skipped, and says so. */
export function browserForTests(): (context: TestContext) => PageBrowser {
  let browser: PageBrowser | null = null;
  beforeAll(async () => {
    const path = chromiumPath();
    if (path !== null) browser = await PageBrowser.start(path);
  }, patience);
  afterAll(async () => {
    await browser?.stop();
  }, patience);
  return (context) => {
    if (browser === null) context.skip('no Chromium here: set CHROMIUM to the path of one to try the page in it');
    return browser as PageBrowser;
  };
}
