/** All processes of the shop, started in the order in which they need each other, and ended together. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openControl } from './control.ts';
import type { FaultName } from './fault-name.ts';
import type { LoadAssignment } from './load.ts';
import type { Assignment, ServiceName } from './service-process.ts';
import type { SystemState } from './state-file.ts';
import { collectorEndpoint } from './telemetry.ts';

interface SystemOptions {
  /** Ports of web, orders, stock, bank and control, one after the other from here; 0 takes free ones. */
  readonly port: number;
  /** Arrivals a second; all zero starts no customers. */
  readonly rates: LoadAssignment['rates'];
  /** Where spans go; by default where OTEL_EXPORTER_OTLP_ENDPOINT says. */
  readonly collector?: string;
}

export interface ShopSystem {
  readonly state: SystemState;
  setFault(fault: FaultName): void;
  /** Resolves when every process has ended. */
  stop(): Promise<void>;
}

const SERVICES: readonly ServiceName[] = ['bank', 'stock', 'orders', 'web'];
/** Where each service's port lies above the first. */
const OFFSET: Readonly<Record<ServiceName | 'control', number>> = { web: 0, orders: 1, stock: 2, bank: 3, control: 4 };
const GRACE_MS = 3000;

/** `onExit` is called once when a process ends that nobody stopped. */
export async function startSystem(options: SystemOptions, onExit: (reason: string) => void): Promise<ShopSystem> {
  const children: ChildProcess[] = [];
  const services: Record<string, { pid: number; port: number }> = {};
  const collector = options.collector ?? collectorEndpoint();
  let stopping = false;
  const portOf = (name: ServiceName | 'control') => (options.port === 0 ? 0 : options.port + OFFSET[name]);
  const setFault = (fault: FaultName) => {
    for (const child of children) if (child.connected) child.send({ fault });
  };

  function spawn(name: ServiceName | 'load'): ChildProcess {
    const child = fork(join(import.meta.dirname, `${name}.ts`), {
      execArgv: [],
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    children.push(child);
    child.once('exit', (code, signal) => {
      if (stopping) return;
      onExit(`${name} ended (${signal ?? `exit code ${code}`})`);
    });
    return child;
  }

  async function stop(): Promise<void> {
    stopping = true;
    control?.server.close();
    control?.server.closeAllConnections();
    await Promise.all(children.map(end));
  }

  let control: Awaited<ReturnType<typeof openControl>> | undefined;
  try {
    for (const name of SERVICES) {
      const child = spawn(name);
      const peers = Object.fromEntries(Object.entries(services).map(([peer, { port }]) => [peer, port]));
      child.send({ assignment: { port: portOf(name), peers } satisfies Assignment });
      services[name] = { pid: child.pid ?? 0, port: await listeningPort(name, child) };
    }
    control = await openControl(portOf('control'), setFault);
    if (Object.values(options.rates).some((rate) => rate > 0)) {
      const load = spawn('load');
      load.send({ load: { webPort: services.web?.port ?? 0, rates: options.rates } satisfies LoadAssignment });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const state: SystemState = {
    pid: process.pid,
    control: `http://127.0.0.1:${control.port}`,
    services,
    collector,
    started: new Date().toISOString(),
  };
  return { state, setFault, stop };
}

async function listeningPort(name: ServiceName, child: ChildProcess): Promise<number> {
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${name} ended before it was ready`);
  });
  // When the service is ready, its later end is somebody else's business.
  ended.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ listening?: number; failed?: string }];
  if (message.listening === undefined) throw new Error(message.failed ?? `${name} did not say where it listens`);
  return message.listening;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const last = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(last);
}
