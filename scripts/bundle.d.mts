export function bundleHost(): Promise<void>;
export function bundleCommandLine(): Promise<void>;
export function bundleSimulationBenchmark(): Promise<string>;
