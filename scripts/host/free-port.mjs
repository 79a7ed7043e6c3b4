/** Ports on loopback that nobody listens on. Plain Node 20. */
import net from 'node:net';

export function freePort() {
  return open(0);
}

export async function isFree(port) {
  return (await open(port).catch(() => null)) !== null;
}

/** Opens and closes it at once; answers which it was. */
function open(wanted) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
