import { createServer } from 'node:net';

/** The first free port on this host's loopback from `first` on; 0 takes any. */
export async function freePort(first = 0, host = '127.0.0.1'): Promise<number> {
  for (let port = first; ; port++) {
    const found = await tryPort(port, host);
    if (found !== null) return found;
    if (port >= 65_535 || port - first >= 200) throw new Error(`No free port from ${first} to ${port} on ${host}.`);
  }
}

function tryPort(port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : null));
    });
  });
}
