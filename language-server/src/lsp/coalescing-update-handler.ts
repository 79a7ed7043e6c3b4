/**
 * Takes bursts of changes together: they are worked in once no other has come for a short time, which grows with what the
 * last update cost. A change that comes while an update runs cancels it: its findings would be old when they appear.
 */
import type { URI } from 'langium';
import { DefaultDocumentUpdateHandler } from 'langium/lsp';

/** In milliseconds. Two keystrokes of a burst are closer than the least; nobody notices it as a wait. */
const LEAST_QUIET = 40;
const MOST_QUIET = 150;

export class CoalescingUpdateHandler extends DefaultDocumentUpdateHandler {
  private readonly changed = new Map<string, URI>();
  private readonly deleted = new Map<string, URI>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> = Promise.resolve();
  private beginning: Promise<void> = Promise.resolve();
  private lastCost = 0;
  private working = 0;
  private isUpdating = false;

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
    }
  }
}

/** A text that has no file yet has no ending either. */
function isTwinFile(uri: URI): boolean {
  return uri.scheme === 'untitled' || uri.path.endsWith('.twin');
}
