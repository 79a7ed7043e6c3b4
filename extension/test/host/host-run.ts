/** One run of a suite in an extension host, whichever host it is. */
export interface HostRun {
  readonly vsix: string;
  /** Folder of an empty extension: the host wants one under development, and the package is to be tested. */
  readonly stub: string;
  /** Folder with the bundled suite. */
  readonly suite: string;
  readonly workspace: string;
  /** File that takes the counts. */
  readonly report: string;
}
