/** Files for a page, served from memory on loopback. What it does not have it answers in a way that no mock does. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The answer of the network to a request that nobody caught. */
export const FROM_NETWORK: string = 'nobody caught this';

export interface PageServer {
  readonly url: string;
  readonly close: () => void;
}

/** @param files - text and media type by path */
export async function servePage(
  files: ReadonlyMap<string, readonly [type: string, text: string]>,
): Promise<PageServer> {
  const server: Server = createServer((request, response) => {
    const found = files.get(request.url ?? '');
    response.writeHead(found === undefined ? 203 : 200, { 'content-type': found?.[0] ?? 'text/plain' });
    response.end(found?.[1] ?? FROM_NETWORK);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
