import type { ChildProcess } from 'node:child_process';

export interface CodeServerOptions {
  /** Settings, extensions and the log go here. */
  readonly folder: string;
  readonly vsix: string;
  /** Written where the folder has none yet. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** A free one where not given. */
  readonly port?: number;
  /** Ask for trust as VS Code does; otherwise every workspace is trusted. */
  readonly trust?: boolean;
  /** No gallery, and a home of its own. */
  readonly offline?: boolean;
  /** Further command line options. */
  readonly options?: readonly string[];
  /** Reaches the extension host too. */
  readonly env?: Readonly<Record<string, string>>;
  readonly say?: (message: string) => void;
}

export interface CodeServer {
  url(workspace: string, payload?: readonly (readonly [string, string])[]): string;
  readonly authority: string;
  readonly child: ChildProcess;
  readonly log: string;
  stop(): Promise<void>;
}

export function startCodeServer(options: CodeServerOptions): Promise<CodeServer>;
