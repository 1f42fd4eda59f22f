/** Servers on loopback for tests, and whatever else must be closed behind each test. */
import type { AddressInfo, Server } from 'node:net';
import { afterEach } from 'vitest';
import type { CaseRequest } from '../contract/plan/cases/case.ts';

/** What is closed after the test, in this order. */
export const open: { close: () => unknown }[] = [];

afterEach(() => {
  for (const closable of open.splice(0)) closable.close();
});

/** The plainest request. */
export const GET: CaseRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: [],
  contentType: undefined,
  body: undefined,
};

/** Listens until the test is over, and gives the port. */
export async function portOf(server: Server & { closeAllConnections?: () => void }): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      server.close();
      server.closeAllConnections?.();
    },
  });
  return (server.address() as AddressInfo).port;
}

/** The same, and gives the address. */
export async function listen(server: Server): Promise<string> {
  return `http://127.0.0.1:${await portOf(server)}`;
}
