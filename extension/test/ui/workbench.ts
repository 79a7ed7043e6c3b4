/** The workbench as a person uses it: keys, clicks and what is to be seen. Knows nothing of Pollux but the names of its pages. */
import assert from 'node:assert/strict';
import type { Frame, Locator, Page } from 'playwright-core';
import type { PictureFolder } from './picture-folder.ts';

export class Workbench {
  readonly page: Page;
  readonly #pictures: PictureFolder;

  constructor(page: Page, pictures: PictureFolder) {
    this.page = page;
    this.#pictures = pictures;
  }

  async shot(name: string): Promise<void> {
    await this.#pictures.take(this.page, name);
  }

  /** Runs a command by its title in the palette. */
  async command(title: string): Promise<void> {
    // Not the first one: the palette puts first what was used last.
    const name = this.page.locator('.label-name', { hasText: new RegExp(`^${title.replace(/[.()]/g, '\\$&')}$`) });
    // Whatever takes the focus meanwhile closes the palette.
    await this.until(`the command ${title}`, async () => {
      await this.#ask('F1', `>${title}`);
      return this.#rows()
        .filter({ has: name })
        .first()
        .click({ timeout: 4000 })
        .then(
          () => true,
          () => false,
        );
    });
  }

  /** Opens the box with a key and types into it. */
  async #ask(key: string, text: string, before: () => Promise<void> = async () => {}): Promise<void> {
    const box = this.page.locator('.quick-input-widget input[type=text]').first();
    // A page that is just loading takes the focus, and the box closes: a person would press the key again.
    await this.until(`the box of ${key}`, async () => {
      await before();
      await this.page.keyboard.press(key);
      return box.fill(text, { timeout: 2000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Picks an entry of the list that is open. */
  async pick(label: string): Promise<void> {
    const row = this.#rows().filter({ hasText: label }).first();
    await row.waitFor();
    // Where the pointer rests since the last pick the list opens a tip, which would lie over the row.
    await this.page.mouse.move(0, 0);
    await row.click();
  }

  async pickable(): Promise<string[]> {
    await this.#rows().first().waitFor();
    return this.#rows().locator('.quick-input-list-row:first-child .label-name').allInnerTexts();
  }

  #rows(): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row');
  }

  async openFile(name: string): Promise<void> {
    // A file that has just come is not found at once.
    await this.until(`the file ${name}`, async () => {
      await this.#ask('Control+p', name);
      return this.#rows()
        .filter({ hasText: name })
        .first()
        .click({ timeout: 4000 })
        .then(
          () => true,
          () => false,
        );
    });
    await this.page
      .getByRole('tab', { name: new RegExp(name.replace('.', '\\.')), selected: true })
      .first()
      .waitFor();
    await this.editor().waitFor();
  }

  /** The first text editor. */
  editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').first();
  }

  /** Puts the cursor there, counting from one, and the focus into the editor. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.until(`the cursor in line ${line}`, async () => {
      await this.#ask('Control+g', `:${line},${column}`, () => this.page.keyboard.press('Control+1'));
      await this.page.keyboard.press('Enter');
      return this.statusItem(new RegExp(`Ln ${line}, Col`))
        .waitFor({ timeout: 4000 })
        .then(
          () => true,
          () => false,
        );
    });
  }

  /** Puts the cursor at the end of the text, which is in that line. */
  async goToEnd(line: number): Promise<void> {
    await this.goTo(1);
    await this.until(`the end in line ${line}`, async () => {
      await this.page.keyboard.press('Control+End');
      await this.page.waitForTimeout(100);
      return new RegExp(`Ln ${line}, Col`).test(await this.selection());
    });
  }

  /** Takes away what stands behind the beginning of a line, which was the last, also on the disk: what is run or debugged was saved. */
  async cutBehind(line: number): Promise<void> {
    await this.goTo(line);
    await this.page.keyboard.press('Control+Shift+End');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.press('Control+s');
    await this.goToEnd(line);
  }

  /** Waits until the status bar says that the cursor is on the line. */
  async cursorIs(line: number): Promise<void> {
    await this.page
      .locator('.statusbar-item', { hasText: new RegExp(`Ln ${line}, Col`) })
      .first()
      .waitFor();
  }

  /** What the status bar says of the selection. */
  async selection(): Promise<string> {
    return (await this.statusItem(/Ln \d+, Col/).textContent()) ?? '';
  }

  async setTheme(name: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.page.locator('.quick-input-widget input[type=text]').first().fill(name);
    await this.pick(name);
    await this.page.locator(name.startsWith('Dark') ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs').waitFor();
  }

  statusItem(text: RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }

  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  async openProblems(): Promise<void> {
    await this.command('Problems: Focus on Problems View');
    await this.page.locator('.markers-panel').waitFor();
  }

  /** A row of the Problems view; its own line, not its related ones. */
  problem(text: RegExp): Locator {
    return this.#problems(text).first();
  }

  /** What all such rows say. */
  async problems(text: RegExp): Promise<string[]> {
    return (await this.#problems(text).allTextContents()).map((row) => row.trim());
  }

  #problems(text: RegExp): Locator {
    return this.page.locator('.markers-panel .monaco-list-row[aria-level="2"]', { hasText: text });
  }

  /** The page in a panel: a webview is two frames deep. */
  async panel(kind: string): Promise<Frame> {
    return this.until(`the ${kind} page`, async () => {
      for (const frame of this.page.frames()) {
        const found = await frame.evaluate(() => document.body?.dataset.panel).catch(() => undefined);
        if (found === kind) return frame;
      }
      return undefined;
    });
  }

  async until<T>(what: string, probe: () => Promise<T | undefined | false>, limit_ms = 20_000): Promise<T> {
    const end = Date.now() + limit_ms;
    for (;;) {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      assert.ok(Date.now() < end, `not within ${limit_ms / 1000} s: ${what}`);
      await this.page.waitForTimeout(50);
    }
  }
}
