/** Servers with and without faults, and what `rehearsal test` says of each case there: what other runners are held against. */
import { writeFileSync } from 'node:fs';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Contract } from '../contract/model.ts';
import type { CaseOutcome } from '../contract-tests/events.ts';
import { type Fault, PETS, petsContract, startPets } from '../contract-tests/pets.fixture.ts';
import { run } from '../contract-tests/run.ts';
import { NOT_JUDGED_BECAUSE } from '../contract-tests/summary-text.ts';
import { processContext } from '../scripts/cli.ts';
import { prepareRun } from '../scripts/prepared-run.ts';
import { CATALOGUE } from './mutations/catalogue/index.ts';
import { APIS, type ApiName, contractOf } from './mutations/rehearse.ts';
import { CONFORMING, serve } from './mutations/served.ts';

const root = join(import.meta.dirname, '..');

/** A server with or without a fault, and the document that it keeps or breaks. */
export interface Subject {
  readonly name: string;
  readonly spec: string;
  readonly contract: Contract;
  readonly credentials: ReadonlyMap<string, string>;
  /** What newman makes of it otherwise, by the names of `postman/limits.ts`. */
  readonly limits?: readonly string[];
  /** A fresh one each time: what a server remembers of one runner must not reach the other. */
  readonly start: () => Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
}

const PET_FAULTS: Readonly<Record<string, Fault>> = {
  'keeps the document': () => undefined,
  'crashes on wrong queries': (request, reply) =>
    request.path === '/pets' && request.query.has('limit') && reply.status === 400
      ? { status: 500 }
      : undefined,
  'takes everything': ({ method }, reply) =>
    reply.status === 400 && method === 'POST' ? { status: 201, body: '{"name":"Rex"}' } : undefined,
  'limits the rate': ({ method }, reply) =>
    method === 'DELETE' ? { ...reply, status: 429, headers: { 'retry-after': '0' } } : undefined,
  'refuses all credentials': ({ headers }) => (headers['x-key'] === undefined ? undefined : { status: 403 }),
  'answers nobody': () => ({ status: 429, headers: { 'retry-after': '0' } }),
};

/** Deals with the example, told by its length, and passes all other requests on: more in a row would end a run. */
async function butOne(
  deal: (outgoing: ServerResponse) => void,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const pets = await startPets();
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    if (method === 'POST' && headers['content-length'] === '22') {
      deal(outgoing);
      return;
    }
    const onward = request(
      `${pets.url.replace('/v1', '')}${url}`,
      { method, headers, agent: false },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await pets.close();
    },
  };
}

/** @param folder - where documents may be written */
export function subjects(folder: string): readonly Subject[] {
  const petsYaml = join(folder, 'pets.yaml');
  writeFileSync(petsYaml, PETS);
  const ofApis = (Object.keys(APIS) as readonly ApiName[]).flatMap((api): readonly Subject[] => {
    const { document, make, credentials } = APIS[api];
    const spec = join(root, 'test/mutations', document);
    const one = { spec, contract: contractOf(api), credentials };
    // One fault of each class is enough: what is compared is the runners and not the checks.
    const faults = Object.entries(CATALOGUE[api]).flatMap(([kind, [first]]) =>
      first === undefined ? [] : [{ name: `${kind} ${first.name}`, seeded: first.seeded }],
    );
    return [{ name: 'keeps its document', seeded: {} }, ...faults]
      .filter((_subject, index) => (api === 'library' ? index % 2 === 0 : index < 3))
      .map(({ name, seeded }) => ({
        ...one,
        name: `${api}: ${name}`,
        start: () => serve(make({ ...CONFORMING, ...seeded }), { ...CONFORMING, ...seeded }),
      }));
  });
  return [...PET_SUBJECTS.map(subject => ({ ...subject, spec: petsYaml })), ...ofApis];
}

/** The document in memory alone. */
export const PET_SUBJECTS: readonly Omit<Subject, 'spec'>[] = [
  ...Object.entries(PET_FAULTS).map(([name, fault]) => ({
    name: `pets: ${name}`,
    start: () => startPets(fault),
  })),
  {
    name: 'pets: hangs up',
    start: () => butOne(({ socket }) => void socket?.destroy()),
    limits: ['dropped'],
  },
  {
    name: 'pets: says too much',
    start: () => butOne(outgoing => outgoing.writeHead(201, { 'X-Much': 'x'.repeat(300_000) }).end()),
  },
].map(subject => ({ ...subject, contract: petsContract(), credentials: new Map([['key', 'a-key']]) }));

export interface Judged {
  /** By case: `passed`, `failed` with the checks, or why it was not judged. */
  readonly cases: Readonly<Record<string, string>>;
  readonly kept: boolean;
}

/** All cases of a subject, sent by our own runner. */
export async function byRun({ contract, spec, credentials, start }: Subject): Promise<Judged> {
  const server = await start();
  const cases: Record<string, string> = {};
  const context = processContext([]);
  const prepared = await prepareRun(server.url, [{ name: spec, contract }], {}, context);
  try {
    const { transport } = await prepared.open(new AbortController().signal);
    const { verdict } = await run({
      ...prepared.run,
      concurrency: 1,
      transport,
      hooks: { beforeRun: () => ({ credentials: Object.fromEntries(credentials) }) },
      listeners: [
        event => {
          if (event.kind !== 'case-finished') return;
          // A sequence is one test, which is as bad as the worst of its steps.
          const id = event.case.step?.sequence ?? event.case.id;
          cases[id] = worst(cases[id], wordOf(event.outcome));
        },
      ],
    });
    return { cases, kept: verdict === 'kept' };
  } finally {
    prepared.close();
    await server.close();
  }
}

function worst(known: string | undefined, more: string): string {
  if (known === undefined || known === 'passed') return more;
  if (known.startsWith('failed') && more.startsWith('failed'))
    return `${known}, ${more.slice('failed: '.length)}`;
  const rank = (word: string): number =>
    ['failed', 'unanswered', 'not judged', 'passed'].indexOf(word.split(':')[0] ?? '');
  return rank(more) < rank(known) ? more : known;
}

/** An outcome in a word, and the checks that failed. */
export function wordOf(outcome: CaseOutcome): string {
  switch (outcome.kind) {
    case 'passed':
      return 'passed';
    case 'unanswered':
      return `unanswered: ${outcome.trouble.message}`;
    case 'not-judged':
      return `not judged: ${NOT_JUDGED_BECAUSE[outcome.reason]}`;
    case 'failed': {
      const checks = outcome.failures
        .filter(({ severity }) => severity === 'error')
        .map(({ check }) => check);
      return checks.length === 0 ? 'passed' : `failed: ${checks.join(', ')}`;
    }
    default:
      return outcome satisfies never;
  }
}
