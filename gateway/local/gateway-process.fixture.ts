/** For tests: a gateway as a process of its own, so that it can be killed. Its file is the first argument. */
import type { AddressInfo } from 'node:net';
import { createGateway } from './gateway.ts';

const { server } = createGateway({ file: process.argv[2] });
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
