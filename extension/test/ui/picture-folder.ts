/** The pictures of one tour, numbered in the order in which they were taken; those of an earlier tour go. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

export class PictureFolder {
  readonly #folder: string;
  #taken = 0;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (name.endsWith('.png')) rmSync(path.join(folder, name));
  }

  async take(page: Page, name: string): Promise<void> {
    this.#taken += 1;
    const number = String(this.#taken).padStart(2, '0');
    await page.screenshot({ path: path.join(this.#folder, `${number}-${name}.png`) });
  }
}
