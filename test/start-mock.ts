/** A mock of one document of a folder, for tests that need a server which keeps it. */
import { basename } from 'node:path';
import { basePathOf } from '../contract/build/server-object.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import { createMockServer } from '../mock-server/server.ts';

/** @param name - the document's file name without its ending */
export async function startMock(
  folder: string,
  name: string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const loaded = await loadContracts([folder]);
  const contract = loaded.find(({ name: file }) => basename(file).replace(/\.\w+$/, '') === name)?.contract;
  if (contract === undefined) throw new Error(`There is no document ${name} in ${folder}.`);
  const server = createMockServer(contract);
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const [first] = contract.servers;
  return { url: origin + (first === undefined ? '' : basePathOf(first)), close: () => server.close() };
}
