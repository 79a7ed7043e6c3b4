/**
 * What a test saw, for people to look at, in `screenshots/page/`. `POLLUX_PICTURES=1` asks for it: no test depends on a picture,
 * and all of them together take as long as the tests.
 */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../../screenshots/page/', import.meta.url));

export async function keepPicture(page: Page, name: string, fullPage = false): Promise<void> {
  if (process.env.POLLUX_PICTURES !== '1') return;
  await page.screenshot({ path: `${folder}${name}.png`, fullPage });
}
