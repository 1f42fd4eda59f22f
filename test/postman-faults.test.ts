/** Newman finds in a broken server what the contract tests find there, and nothing in one that keeps its document. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { APIS, contractOf } from './mutations/rehearse.ts';
import { listedFaults } from './mutations/seen.ts';
import { CONFORMING, type Seeded, serve } from './mutations/served.ts';
import { collectionFor, type NewmanOutcome, runNewman } from './newman-run.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Faults that a single answer shows, one of each kind. */
const SHOWN: readonly string[] = [
  'library/body/required-missing',
  'library/body/wrong-type',
  'library/body/multiple-of',
  'library/body/date-does-not-exist',
  'library/body/one-item-of-many',
];

async function outcomeOf(seeded: Seeded): Promise<NewmanOutcome> {
  const { make, credentials } = APIS.library;
  const served = await serve(make(seeded), seeded);
  try {
    return await runNewman(collectionFor(contractOf('library'), 'examples'), {
      baseUrl: served.url,
      ...Object.fromEntries(credentials),
    });
  } finally {
    await served.close();
  }
}

test('a server that keeps its document', async () => {
  const { failures, requests } = await outcomeOf(CONFORMING);
  expect(failures).toEqual([]);
  expect(requests).toBeGreaterThan(0);
});

test.each(listedFaults().filter(({ id }) => SHOWN.includes(id)))('$id: $what', async fault => {
  const { failures } = await outcomeOf({ ...CONFORMING, ...fault.seeded });
  expect(failures).not.toEqual([]);
  for (const failure of failures) expect(failure).toContain(`${fault.caughtBy}: received`);
});

test('each fault that is shown is in the catalogue', () => {
  expect(listedFaults().filter(({ id }) => SHOWN.includes(id))).toHaveLength(SHOWN.length);
});

test('a warning is a line of the console, and fails nothing', async () => {
  const { contract } = contractFromText(
    'openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /a: { get: { responses: { "204": {} } } } }\n',
  );
  if (contract === undefined) throw new Error('no contract');
  const server = createServer((_request, reply) => {
    reply
      .writeHead(204, { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' })
      .end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const outcome = await runNewman(collectionFor(contract, 'examples'), { baseUrl });
    expect(outcome.failures).toEqual([]);
    expect(outcome.console).toEqual([
      expect.stringMatching(/^warning: GET \/a .*: cors-credentials: received /),
    ]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
