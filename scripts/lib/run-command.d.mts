/** Everything that is still running. */
export function stopAll(): Promise<void>;
/** Ctrl-C and SIGTERM end what was started, then this process. */
export function stopAllOnSignal(before?: (signal: string) => void): void;
