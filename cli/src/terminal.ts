/** What a command may do to the world around it; tests hand in their own. */

export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void;
  /** What went wrong, and progress. */
  readonly error: (text: string) => void;
  readonly colours: boolean;
  /** Is there somebody who watches the error stream? */
  readonly progress: boolean;
  /** What relative paths are relative to. */
  readonly folder: string;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
}

export type Format = 'text' | 'json';

/** What is found in texts and by exploring can also be handed to code hosts and CI. */
export type CheckFormat = Format | 'sarif';

/** Verdicts of tests can also be handed to CI servers. */
export type TestFormat = Format | 'junit';
