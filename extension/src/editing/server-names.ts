/** Where the names go that the attached twin has seen: to the language server, however often it starts. */
import { telemetrySeen } from '@pollux/language-server/protocol';
import type { Log } from '../guarded.ts';
import { SeenNamesRelay } from '../twin/seen-names-relay.ts';
import type { Server } from './language-client.ts';

export function seenNamesRelay(server: Server, log: Log): SeenNamesRelay {
  const onFailure = (error: unknown) => log.warn(`Names of the telemetry are not proposed: ${String(error)}`);
  const relay = new SeenNamesRelay({
    send: (names) => server.client.sendNotification(telemetrySeen.method, names),
    now: Date.now,
    onFailure,
  });
  server.onRunning(() => void relay.resend().catch(onFailure));
  return relay;
}
