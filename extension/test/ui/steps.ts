/** Runs the steps of a UI test one after the other, tells how long each took, and counts. A failed step does not end the rest. */
export interface Steps {
  readonly passed: number;
  readonly failed: number;
  step(name: string, action: () => Promise<unknown>): Promise<boolean>;
}

/** `onFailure` may look around, for example with a screenshot. */
export function recordSteps(onFailure: (name: string) => Promise<void>): Steps {
  let passed = 0;
  let failed = 0;
  return {
    get passed() {
      return passed;
    },
    get failed() {
      return failed;
    },
    async step(name, action) {
      const began = Date.now();
      const took = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
      try {
        const note = await action();
        passed += 1;
        console.log(`  ✔ ${name} (${took()})${typeof note === 'string' ? `: ${note}` : ''}`);
        return true;
      } catch (error) {
        failed += 1;
        console.log(
          `  ✘ ${name} (${took()})\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        await onFailure(name).catch(() => {});
        return false;
      }
    },
  };
}
