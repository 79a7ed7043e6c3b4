/**
 * The life of one service process: it listens, tells its parent the port, takes the fault that is switched on from the
 * parent, and ends with it. Knows nothing of what the service does.
 */
import type { Tracer } from '@opentelemetry/api';
import type { FaultName } from './fault-name.ts';
import { isFaultName } from './fault-name.ts';
import { type Client, clientOf } from './http-client.ts';
import { listen, type Routes } from './http-server.ts';
import { startTelemetry } from './telemetry.ts';

export type ServiceName = 'web' | 'orders' | 'stock' | 'bank';

/** The first message from the parent. */
export interface Assignment {
  readonly port: number;
  /** Ports of the services that started before. */
  readonly peers: Partial<Record<ServiceName, number>>;
}

export interface Surroundings {
  readonly tracer: Tracer;
  /** The fault that is switched on now. */
  fault(): FaultName;
  client(service: ServiceName): Client;
}

const FLUSH_LIMIT_MS = 1500;

export function runService(name: ServiceName, routesIn: (surroundings: Surroundings) => Routes): void {
  const telemetry = startTelemetry(name);
  let fault: FaultName = 'off';

  process.on('message', (message: { assignment?: Assignment; fault?: unknown }) => {
    if (isFaultName(message.fault)) fault = message.fault;
    if (message.assignment) start(message.assignment).catch((error: Error) => fail(error));
  });

  async function start(assignment: Assignment): Promise<void> {
    const surroundings: Surroundings = {
      tracer: telemetry.tracer,
      fault: () => fault,
      client: (service) => {
        const port = assignment.peers[service];
        if (!port) throw new Error(`${name} was not told where ${service} is`);
        return clientOf(telemetry.tracer, port);
      },
    };
    const { port } = await listen(routesIn(surroundings), telemetry.tracer, assignment.port);
    process.send?.({ listening: port });
  }

  function fail(error: Error): void {
    process.send?.({ failed: `${name}: ${error.message}` });
  }

  async function end(): Promise<void> {
    setTimeout(() => process.exit(0), FLUSH_LIMIT_MS);
    await telemetry.shutdown().catch(() => undefined);
    process.exit(0);
  }

  endWithParent(() => void end());
}

/** Ctrl-C reaches the whole process group; the parent decides what it means. */
export function endWithParent(end: () => void): void {
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', end);
  process.on('disconnect', end);
}
