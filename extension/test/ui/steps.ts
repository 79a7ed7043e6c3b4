/** Runs the steps of a UI test one after the other, tells how long each took, and counts. A failed step does not end the rest. */
export interface Steps {
  readonly passed: number;
  readonly failed: number;
  step(name: string, action: () => Promise<unknown>): Promise<boolean>;
}

/** So many failures in a row mean that nothing further can be learned. */
const HOPELESS = 4;

/** `onFailure` may look around, for example with a screenshot. */
export function recordSteps(onFailure: (name: string) => Promise<void>): Steps {
  let passed = 0;
  let failed = 0;
  let inARow = 0;
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
        inARow = 0;
        console.log(`  ✔ ${name} (${took()})${typeof note === 'string' ? `: ${note}` : ''}`);
        return true;
      } catch (error) {
        failed += 1;
        inARow += 1;
        console.log(
          `  ✘ ${name} (${took()})\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        await onFailure(name).catch(() => {});
        if (inARow >= HOPELESS) throw new Error(`${HOPELESS} steps failed in a row; the rest was not tried.`);
        return false;
      }
    },
  };
}
