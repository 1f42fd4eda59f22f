import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import type { CaseState, FileOutcomes } from './vitest-outcomes.ts';

const root = join(import.meta.dirname, '..');

/** A server with or without a fault, and the document that it keeps or breaks. */
interface Subject {
  readonly name: string;
  readonly spec: string;
  readonly contract: Contract;
  readonly credentials: ReadonlyMap<string, string>;
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

let folder: string;

function subjects(): readonly Subject[] {
  const petsYaml = join(folder, 'pets.yaml');
  writeFileSync(petsYaml, PETS);
  const pets = { spec: petsYaml, contract: petsContract(), credentials: new Map([['key', 'a-key']]) };
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
  return [
    ...Object.entries(PET_FAULTS).map(([name, fault]) => ({
      ...pets,
      name: `pets: ${name}`,
      start: () => startPets(fault),
    })),
    {
      ...pets,
      name: 'pets: hangs up',
      start: () => butOne(({ socket }) => void socket?.destroy()),
    },
    {
      ...pets,
      name: 'pets: says too much',
      start: () => butOne(outgoing => outgoing.writeHead(201, { 'X-Much': 'x'.repeat(300_000) }).end()),
    },
    ...ofApis,
  ];
}

interface Judged {
  /** By case: `passed`, `failed` with the checks, or why it was not judged. */
  readonly cases: Readonly<Record<string, string>>;
  readonly kept: boolean;
}

async function byRun({ contract, spec, credentials, start }: Subject): Promise<Judged> {
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

function wordOf(outcome: CaseOutcome): string {
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

function wordOfState({ state, note, message }: CaseState): string {
  if (state !== 'failed') return state === 'skipped' ? note : state;
  const [first = ''] = message.split('\n');
  if (first.startsWith('could not judge: ')) return first.replace('could not judge', 'unanswered');
  return `failed: ${[...message.matchAll(/(?<=^|\n\n)([a-z-]+): /g)].map(([, check]) => check).join(', ')}`;
}

/** All subjects in one run of vitest, a file for each. */
async function byVitest(all: readonly Subject[], shard?: string): Promise<ReadonlyMap<string, FileOutcomes>> {
  const servers = await Promise.all(all.map(({ start }) => start()));
  const files = mkdtempSync(join(folder, 'files-'));
  try {
    const stages = JSON.stringify(
      Object.fromEntries(all.map(({ name }, index) => [name, servers[index]?.url])),
    );
    for (const [index, { name, spec, credentials }] of all.entries()) {
      const options = { name, spec, concurrent: false };
      writeFileSync(
        join(files, `${index}.test.ts`),
        `import { contractTests } from '${pathToFileURL(join(root, 'scripts/vitest.ts'))}';
const credentials = ${JSON.stringify(Object.fromEntries(credentials))};
await contractTests({ ...${JSON.stringify(options)}, hooks: { beforeRun: () => ({ credentials }) } });
`,
      );
    }
    const words = [
      join(root, 'test/vitest-outcomes.ts'),
      files,
      stages,
      ...(shard === undefined ? [] : [shard]),
    ];
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise<number | null>(resolve => child.on('close', resolve));
    expect([code, stderr.replace(/^note: .*\n/gm, '')]).toEqual([0, '']);
    const outcomes = JSON.parse(stdout) as Readonly<Record<string, FileOutcomes>>;
    return new Map(
      Object.entries(outcomes).map(([file, outcomes]) => [
        all[Number.parseInt(file, 10)]?.name ?? file,
        outcomes,
      ]),
    );
  } finally {
    await Promise.all(servers.map(server => server.close()));
  }
}

let all: readonly Subject[] = [];
let files: ReadonlyMap<string, FileOutcomes> = new Map();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-verdict-'));
  all = subjects();
  files = await byVitest(all);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('rehearsal test and vitest say the same of every case', () => {
  test('there is something to compare', () => {
    expect(all.length).toBeGreaterThan(15);
    expect([...files.keys()].toSorted()).toEqual(all.map(({ name }) => name).toSorted());
  });

  test('on every server, whole or with a fault', async () => {
    const words = new Set<string>();
    for (const subject of all) {
      const judged = await byRun(subject);
      const outcomes = files.get(subject.name) ?? { cases: [], errors: [] };
      // A sequence of which no step was sent is skipped here, and only counted there.
      const sent = outcomes.cases.filter(
        ({ case: id, note }) => !note.startsWith(id) && note !== 'no step could be made',
      );
      const cases = Object.fromEntries(sent.map(state => [state.case, wordOfState(state)]));
      expect(cases, subject.name).toEqual(judged.cases);
      const good = outcomes.errors.length === 0 && outcomes.cases.every(({ state }) => state !== 'failed');
      expect(good, `${subject.name}: ${outcomes.errors.join(' ')}`).toBe(judged.kept);
      for (const word of Object.values(judged.cases)) words.add(word.split(':')[0] ?? '');
    }
    expect([...words].toSorted()).toEqual(['failed', 'not judged', 'passed', 'unanswered']);
  }, 300_000);

  test('a file of which nothing could be judged fails, although its tests are skipped', () => {
    expect(files.get('pets: answers nobody')?.errors).toEqual([
      expect.stringMatching(/^could not judge: Not one valid request succeeded/),
    ]);
  });
});

test('shards have all cases between them, and none twice', async () => {
  const some = all.slice(0, 3);
  const seen: string[] = [];
  for (const shard of ['1/2', '2/2']) {
    for (const [name, { cases }] of await byVitest(some, shard))
      seen.push(...cases.map(({ case: id }) => `${name} ${id}`));
  }
  const whole = some.flatMap(
    ({ name }) => files.get(name)?.cases.map(({ case: id }) => `${name} ${id}`) ?? [],
  );
  expect(seen.toSorted()).toEqual(whole.toSorted());
}, 300_000);
