/** What the exit codes mean, the same for every command; `docs/cli.md` documents them. */

export const exitCode = {
  fine: 0,
  /** Problems in the model, missed expectations, divergences. */
  problems: 1,
  /** It could not be decided: too few observations, or the run was cancelled. */
  undecided: 2,
  /** Wrong usage or unreadable input. */
  usage: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Wrong usage or unreadable input: the message goes to the error stream and the command ends with 3. */
export class UsageError extends Error {}
