/**
 * A reporter of vitest that ends a run in which one file takes for ever, and says which file and which test that is.
 *
 * A test that loops without ever waiting cannot be stopped by its own time limit, and the run would wait for it until
 * somebody else's limit ends everything without a word. The report is written from what is known until then.
 */
import fs from 'node:fs';

/** Far beyond the longest file on a busy machine, far below the limit of a whole run. */
const PATIENCE_MS = 8 * 60_000;

export default class WatchTestFiles {
  #running = new Map();
  #vitest;
  #timer;

  onInit(vitest) {
    this.#vitest = vitest;
  }

  onTestRunStart() {
    this.#timer = setInterval(() => this.#look(), 5000);
  }

  onTestModuleStart(module) {
    this.#running.set(module.moduleId, { since: Date.now(), module: module.relativeModuleId, test: 'none yet' });
  }

  onTestCaseReady(test) {
    const file = this.#running.get(test.module.moduleId);
    if (file !== undefined) file.test = test.fullName;
  }

  onTestModuleEnd(module) {
    this.#running.delete(module.moduleId);
  }

  onTestRunEnd() {
    clearInterval(this.#timer);
  }

  #look() {
    const stuck = [...this.#running.values()].filter(({ since }) => Date.now() - since > PATIENCE_MS);
    if (stuck.length === 0) return;
    clearInterval(this.#timer);
    const minutes = PATIENCE_MS / 60_000;
    for (const { module, test } of stuck) {
      console.error(
        `${module} did not end within ${minutes} minutes; the last test of it that is known to have begun: ${test}`,
      );
    }
    const { outputFile } = this.#vitest.config;
    const file = typeof outputFile === 'string' ? outputFile : outputFile?.json;
    if (file !== undefined) fs.rmSync(file, { force: true });
    process.exit(1);
  }
}
