/** Where the code of a simulation thread lies: beside this file in a checkout, beside the bundle where a shell was bundled. */

let entry: URL | undefined;

/** For a bundle that is not a module and cannot tell where it is itself: the URL of its `simulation-worker.js`. */
export function setWorkerEntry(url: URL): void {
  entry = url;
}

export function workerEntry(): URL {
  const here = import.meta.url;
  entry ??= new URL(here.endsWith('.ts') ? './simulation-worker.ts' : './simulation-worker.js', here);
  return entry;
}
