/** Law: newman says of each step of each sequence what `rehearsal test` says, and leaves the server as it was. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { run } from '../contract-tests/run.ts';
import {
  type ShelterFault,
  type ShelterServer,
  shelterContract,
  startShelter,
} from '../contract-tests/shelter.fixture.ts';
import { SHELTER_FAULTS } from '../contract-tests/shelter-faults.fixture.ts';
import { createMockServer } from '../mock-server/server.ts';
import { collectionFor, type NewmanChoices, type NewmanOutcome, runNewman } from './newman-run.ts';

vi.setConfig({ testTimeout: 240_000 });

const contract = shelterContract();
const collection = collectionFor(contract, 'standard');
const SEQUENCES: NewmanChoices = { folders: ['Sequences', 'Counting sequences'] };

const servers: { readonly close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()));
});

async function serve(fault?: ShelterFault): Promise<ShelterServer> {
  const server = await startShelter(fault);
  servers.push(server);
  return server;
}

/** By case, in the words of `runNewman`. */
async function byRun(fault: ShelterFault | undefined): Promise<Readonly<Record<string, string>>> {
  const { url } = await serve(fault);
  const words: Record<string, string> = {};
  await run({
    contracts: [{ name: 'shelter.yaml', contract }],
    baseUrl: url,
    concurrency: 1,
    sequences: { only: true, patienceMs: 0 },
    listeners: [
      event => {
        if (event.kind !== 'case-finished') return;
        const { outcome } = event;
        const failures = outcome.kind === 'failed' ? outcome.failures : [];
        const errors = failures.filter(({ severity }) => severity === 'error').map(({ check }) => check);
        words[event.case.id] =
          errors.length > 0
            ? `failed: ${errors.join(', ')}`
            : outcome.kind === 'not-judged'
              ? 'skipped'
              : 'passed';
      },
    ],
  });
  return words;
}

/** Steps that were not sent have no word in a run: they are counted there. */
function sentOnly({ words }: NewmanOutcome): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([id, word]) => {
      const notSent = word.startsWith('skipped') && / sequence \/\S* /.test(id) && id.includes(': ');
      return notSent ? [] : [[id, word.startsWith('skipped') ? 'skipped' : word]];
    }),
  );
}

const CHOSEN: readonly string[] = [
  'what is made is not kept',
  'Location leads elsewhere',
  'PATCH drops what it does not name',
];

describe('newman and rehearsal test say the same of every step', () => {
  test('of a server that keeps its document, run after run, and everything is removed', async () => {
    const judged = await byRun(undefined);
    const { url, state } = await serve();
    const outcome = await runNewman(collection, { baseUrl: url }, { ...SEQUENCES, iterations: 2 });
    expect(outcome.failures).toEqual([]);
    expect(sentOnly(outcome)).toEqual(judged);
    expect(Object.keys(judged).length).toBeGreaterThan(150);
    expect(new Set(Object.values(judged))).toEqual(new Set(['passed']));
    expect([state.animals.size, state.notes.size, state.labels.size, state.keepers.size]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  test.each(SHELTER_FAULTS.filter(([name]) => CHOSEN.includes(name)))(
    '%s',
    async (_name, expected, fault) => {
      const judged = await byRun(fault);
      const { url } = await serve(fault);
      const outcome = await runNewman(collection, { baseUrl: url }, SEQUENCES);
      expect(sentOnly(outcome)).toEqual(judged);
      for (const failure of expected)
        expect(outcome.failures.join('\n')).toContain(`${failure.split(' ')[0]}: received`);
    },
  );
});

test('what refuses to make things has its other steps skipped, each with the reason', async () => {
  const { url, log } = await serve(({ method, path }, usual) =>
    method === 'POST' && path === '/animals'
      ? { status: 400, headers: {}, body: { type: 'about:blank', title: 'No', status: 400 } }
      : usual(),
  );
  const { words } = await runNewman(collection, { baseUrl: url }, { folders: ['Sequences of /animals'] });
  const told = Object.entries(words).filter(([id]) => id.includes('sequence /animals created: '));
  expect(told.map(([, word]) => word)).toContain(
    'skipped: step-failed: a step before it was refused or not answered',
  );
  expect(log.filter(line => /^(GET|PUT|PATCH|DELETE) \/animals\/undefined/.test(line))).toEqual([]);
});

test('a mock is asked only what shows that it keeps nothing, and the rest is skipped by name', async () => {
  const server = createMockServer(contract);
  servers.push(server);
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const { failures, words } = await runNewman(collection, { baseUrl: `${origin}/v1` }, SEQUENCES);
  expect(failures).toEqual([]);
  const skipped = Object.values(words).filter(word => word.startsWith('skipped'));
  expect(skipped.length).toBeGreaterThan(50);
  expect(new Set(skipped)).toContain(
    'skipped: stateless: nothing shows that the server keeps what it is told',
  );
  expect(skipped.filter(word => !/^skipped: (stateless|value-missing)/.test(word))).toEqual([]);
});

test('what single items make is removed in the end, what stands under something else first', async () => {
  const { url, state, log } = await serve();
  const { failures } = await runNewman(collection, { baseUrl: url }, { folders: ['/animals', 'Clean-up'] });
  expect(failures).toEqual([]);
  expect(log.filter(line => line.startsWith('POST /animals 201')).length).toBeGreaterThan(3);
  expect(state.animals.size).toBe(0);
});

const PAGES = `
openapi: 3.1.1
info: { title: Notes, version: "1" }
servers: [{ url: http://127.0.0.1/ }]
paths:
  /notes:
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [text], properties: { text: { type: string } } } } } }
      responses: { "201": { content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: integer }, text: { type: string } } } } } } }
  /notes/{noteId}:
    parameters: [{ name: noteId, in: path, required: true, schema: { type: integer } }]
    get: { responses: { "200": { content: { application/json: { schema: { type: object, properties: { id: { type: integer }, text: { type: string } } } } } }, "404": {} } }
`;

test('values of earlier answers are collection variables, by the names of what they stand for', () => {
  const { contract: notes } = contractFromText(PAGES);
  if (notes === undefined) throw new Error('no contract');
  const text = JSON.stringify(collectionFor(notes, 'standard'));
  expect(text).toContain('"raw":"{{baseUrl}}/notes/{{rehearsal.noteId}}"');
});
