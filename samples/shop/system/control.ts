/** The untraced HTTP side door of the shop, on loopback: which fault is on, and switching it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FaultName, faultList, isFaultName } from './fault-name.ts';
import { readJson, send } from './http-server.ts';

export function openControl(
  port: number,
  onFault: (fault: FaultName) => void,
): Promise<{ server: Server; port: number }> {
  let fault: FaultName = 'off';
  const server = createServer(async (request, response) => {
    if (request.method === 'GET' && request.url === '/status') {
      send(response, { status: 200, body: { fault } });
    } else if (request.method === 'POST' && request.url === '/fault') {
      const name = (await readJson(request))?.name;
      if (!isFaultName(name)) {
        send(response, { status: 400, body: { error: `expected {"name": …} with one of\n${faultList()}` } });
        return;
      }
      fault = name;
      onFault(name);
      send(response, { status: 200, body: { fault } });
    } else {
      send(response, { status: 404, body: { error: 'there are GET /status and POST /fault' } });
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
}
