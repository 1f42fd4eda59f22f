/**
 * Law: the mock server and the MSW handlers give the same answer, whatever is sent, in every mode that both have. What
 * may differ stands in the lists of `agreement/`, each row with its reason.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract } from '../contract/model.ts';
import { type HandlerOptions, handlers } from '../mock-server/msw/handlers.ts';
import { REFUSAL_HEADER, REFUSALS } from '../mock-server/problem.ts';
import { createMockServer, type MockServerOptions } from '../mock-server/server.ts';
import {
  differences,
  fromHandlers,
  fromServer,
  HIDDEN_FROM_PAGES,
  SERVER_ALONE,
  SERVER_REFUSALS,
} from './agreement/answers.fixture.ts';
import { isFetchable, requestsFor, type Sent, strayRequests } from './agreement/requests.fixture.ts';

const root = join(import.meta.dirname, '..');
const DOCUMENTS = ['test/corpus', 'specs', 'specs/next'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(json|ya?ml)$/.test(name))
    .map(name => `${folder}/${name}`),
);

interface Mode {
  readonly mode: string;
  readonly maxCases: number;
  readonly choices: boolean;
  readonly server: MockServerOptions;
  readonly msw: HandlerOptions;
  readonly permitted?: Readonly<Record<string, string>>;
}

const MODES: readonly Mode[] = [
  { mode: 'as they are', maxCases: 25, choices: true, server: {}, msw: {} },
  {
    mode: 'validate warn',
    maxCases: 8,
    choices: false,
    server: { validate: 'warn' },
    msw: { validate: 'warn' },
  },
  {
    mode: 'validate off',
    maxCases: 8,
    choices: false,
    server: { validate: 'off' },
    msw: { validate: 'off' },
  },
  { mode: 'echo', maxCases: 4, choices: true, server: { echo: true }, msw: { echo: true } },
  {
    mode: 'no CORS, so that only what frames a message differs',
    maxCases: 2,
    choices: false,
    server: { cors: false },
    msw: {},
    permitted: Object.fromEntries(
      Object.entries(SERVER_ALONE).filter(([name]) => !name.startsWith('access-control-')),
    ),
  },
];

const refusals = new Set<string>();

afterAll(() => {
  const compared = [...refusals, ...Object.keys(SERVER_REFUSALS)];
  expect(compared.toSorted()).toEqual(Object.keys(REFUSALS).toSorted());
});

async function contractOf(name: string): Promise<Contract> {
  const [loaded] = await loadContracts([name], { cwd: root });
  if (loaded?.contract === undefined) throw new Error(`${name} is not a contract`);
  return loaded.contract;
}

describe.each(DOCUMENTS)('%s', name => {
  test.each(MODES)(
    'the server and MSW agree, $mode',
    async ({ server: options, msw, permitted, ...scope }) => {
      const contract = await contractOf(name);
      const server = createMockServer([contract], options);
      const list = handlers(contract, msw);
      const disagreements: string[] = [];
      let compared = 0;
      const compare = async (sent: Sent): Promise<void> => {
        if (!isFetchable(sent, 'node')) return;
        compared += 1;
        const [theirs, ours] = [await fromServer(server, sent), await fromHandlers(list, sent)];
        const refusal = theirs.headers[REFUSAL_HEADER];
        if (refusal !== undefined) refusals.add(String(refusal));
        const found = differences(theirs, ours, permitted);
        disagreements.push(...found.map(difference => `${sent.title}: ${difference}`));
      };
      for (const operation of contract.operations) {
        for (const sent of requestsFor(operation, scope)) await compare(sent);
      }
      for (const sent of strayRequests(contract)) await compare(sent);
      expect(disagreements.slice(0, 20)).toEqual([]);
      expect(compared).toBeGreaterThan(contract.operations.length * 4);
    },
  );
});

test('differences are seen, and each permitted one has its reason', () => {
  const got = { status: 200, headers: { 'x-a': '1', 'set-cookie': ['a', 'b'] }, body: 'x' };
  expect(differences(got, got)).toEqual([]);
  expect(differences(got, undefined)).not.toEqual([]);
  expect(differences(got, { ...got, status: 201 })).toEqual(['status 200 and 201']);
  expect(differences(got, { ...got, body: 'y' })).toEqual(['body "x" and "y"']);
  expect(differences(got, { ...got, headers: { 'x-a': '1', 'set-cookie': ['a'] } })).toHaveLength(1);
  expect(differences(got, { ...got, headers: { ...got.headers, date: 'now' } })).toHaveLength(1);
  expect(differences({ ...got, headers: { ...got.headers, date: 'now' } }, got)).toEqual([]);
  for (const list of [SERVER_ALONE, HIDDEN_FROM_PAGES, SERVER_REFUSALS])
    for (const why of Object.values(list)) expect(why).not.toBe('');
});
