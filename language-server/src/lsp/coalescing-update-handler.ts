/**
 * Takes bursts of changes together: they are worked in once no other has come for a short time, which grows with what the
 * last update cost. A change that comes while an update runs cancels it: its findings would be old when they appear. What the
 * update puts off, the slow checks, follows when nothing has changed for a while, and when a text is saved.
 */
import type { URI } from 'langium';
import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from 'langium/lsp';
import type { SettlingDocumentBuilder } from './settling-document-builder.ts';

/** In milliseconds. Two keystrokes of a burst are closer than the least; nobody notices it as a wait. */
const LEAST_QUIET = 40;
const MOST_QUIET = 150;
/** From the end of an update to the slow checks, in milliseconds: who pauses for so long looks up. */
const REST = 500;

export class CoalescingUpdateHandler extends DefaultDocumentUpdateHandler {
  private readonly builder: SettlingDocumentBuilder;
  private readonly changed = new Map<string, URI>();
  private readonly deleted = new Map<string, URI>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> = Promise.resolve();
  private beginning: Promise<void> = Promise.resolve();
  private lastCost = 0;
  private working = 0;
  private isUpdating = false;
  private ending = Promise.withResolvers<void>();

  constructor(services: LangiumSharedServices) {
    super(services);
    this.builder = services.workspace.DocumentBuilder as SettlingDocumentBuilder;
  }

  /** Resolves when every change so far has been worked in: what is read then is up to date. */
  async settled(): Promise<void> {
    for (let waited: Promise<void> | undefined; this.timer !== undefined || waited !== this.running; ) {
      if (this.timer !== undefined) this.start();
      waited = this.running;
      await waited;
    }
  }

  /** Resolves when every change so far is known to the documents: they are worked in, or wait for it. */
  async begun(): Promise<void> {
    if (this.timer !== undefined) this.start();
    await this.beginning;
  }

  /** Resolves when the findings of every check, slow ones included, are those of the newest texts. */
  async checked(): Promise<void> {
    await this.settled();
    while (this.builder.isBehind) {
      await this.catchUp();
      await this.settled();
    }
  }

  /** Resolves when no change is left to be worked in, without hurrying it. */
  async quiet(): Promise<void> {
    while (this.isPending) await this.ending.promise;
  }

  /** The same, and no slow check is left to be run. */
  async rested(): Promise<void> {
    while (this.isPending || this.builder.isBehind) await this.ending.promise;
  }

  didSaveDocument(): void {
    void this.checked();
  }

  /** Is any change waiting or being worked in? */
  get isPending(): boolean {
    return this.timer !== undefined || this.working > 0;
  }

  protected override fireDocumentUpdate(changed: URI[], deleted: URI[]): void {
    for (const uri of changed.filter(isTwinFile)) {
      this.changed.set(uri.toString(), uri);
      this.deleted.delete(uri.toString());
    }
    for (const uri of deleted.filter(isTwinFile)) {
      this.deleted.set(uri.toString(), uri);
      this.changed.delete(uri.toString());
    }
    if (this.changed.size + this.deleted.size === 0) return;
    if (this.isUpdating) this.workspaceLock.cancelWrite();
    clearTimeout(this.resting);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start(), this.quietTime());
  }

  protected override getWatchers(): { globPattern: string }[] {
    return [{ globPattern: '**/*.twin' }];
  }

  private quietTime(): number {
    return Math.min(MOST_QUIET, Math.max(LEAST_QUIET, this.lastCost / 2));
  }

  private start(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const changed = [...this.changed.values()];
    const deleted = [...this.deleted.values()];
    this.changed.clear();
    this.deleted.clear();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.beginning = promise;
    this.running = this.update(changed, deleted, resolve);
  }

  private async update(changed: URI[], deleted: URI[], begin: () => void): Promise<void> {
    this.working++;
    await this.workspaceManager.ready;
    try {
      await this.workspaceLock.write(async (cancel) => {
        const began = performance.now();
        this.isUpdating = true;
        const beginning = this.documentBuilder.onUpdate(begin);
        try {
          await this.documentBuilder.update(changed, deleted, cancel);
          this.lastCost = performance.now() - began;
        } finally {
          this.isUpdating = false;
          beginning.dispose();
        }
      });
    } catch (error) {
      console.error('An update of the workspace failed.', error);
    } finally {
      this.working--;
      begin();
      if (this.builder.isBehind) this.rest();
      this.end();
    }
  }

  /** Whoever waits looks again. */
  protected end(): void {
    this.ending.resolve();
    this.ending = Promise.withResolvers();
  }

  private rest(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.catchUp(), REST);
  }

  private async catchUp(): Promise<void> {
    clearTimeout(this.resting);
    // It would cancel the update that is on its way, after which it has its turn anyway.
    if (this.isPending) return;
    try {
      await this.workspaceLock.write(async (cancel) => {
        this.isUpdating = true;
        try {
          await this.builder.catchUp(cancel);
        } finally {
          this.isUpdating = false;
        }
      });
    } catch (error) {
      console.error('Slow checks failed.', error);
    } finally {
      this.end();
    }
  }
}

/** A text that has no file yet has no ending either. */
function isTwinFile(uri: URI): boolean {
  return uri.scheme === 'untitled' || uri.path.endsWith('.twin');
}
