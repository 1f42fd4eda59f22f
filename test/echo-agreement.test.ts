/**
 * Law: with `--echo`, a stage of the local API Gateway puts the same values of requests into its answers as the mock
 * server does. In what the two may differ stands in the list, each row with its reason.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { basePathOf } from '../contract/build/server-object.ts';
import { stringifyJson } from '../contract/json/stringify.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract } from '../contract/model.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import { mockPlan } from '../contract/plan/mock-plan.ts';
import { gatewayDocument } from '../gateway/document/gateway-document.ts';
import { placeOperations } from '../gateway/document/resource-paths.ts';
import { createMockServer } from '../mock-server/server.ts';
import { type OpenedGateway, openGateway } from './import-document.ts';
import { echoingContract } from './velocity/back-end-templates.ts';

const root = join(import.meta.dirname, '..');
const DOCUMENTS = ['test/corpus', 'specs'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(json|ya?ml)$/.test(name))
    .map(name => `${folder}/${name}`),
);

let gateway: OpenedGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

/** In what the two may differ, each with its reason. */
const PERMITTED: readonly {
  readonly why: string;
  readonly is: (property: string, lost: string) => boolean;
}[] = [
  {
    why: 'templates know no choice between schemas, few formats and patterns: told as a loss, and not echoed',
    is: (property, lost) => lost.includes(` ${JSON.stringify(property)} `),
  },
];

interface Pair {
  readonly stage: string;
  readonly mock: string;
  /** What the document says it cannot do. */
  readonly lost: string;
  readonly close: () => Promise<void>;
}

async function served(contract: Contract): Promise<Pair> {
  const { document, losses } = gatewayDocument(contract, { mockAll: true, echo: true });
  const server = createMockServer(contract, { echo: true });
  return {
    stage: await gateway.deploy(stringifyJson(document)),
    mock: await server.listen({ host: '127.0.0.1', port: 0 }),
    lost: losses.map(({ message }) => message).join('\n'),
    close: () => server.close(),
  };
}

async function bodyOf(url: string, request: RequestInit): Promise<string> {
  const answer = await fetch(url, { ...request, redirect: 'manual' });
  return answer.text();
}

/** How the two differ; properties that may are left out. */
function differences(mock: string, stage: string, lost: string): readonly string[] {
  // Escapes in a text are as good as the characters.
  const [one, other] = [mock, stage].map(text => parsed(text));
  if (!isPlain(one) || !isPlain(other)) return mock === stage ? [] : [`${mock} | ${stage}`];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter(name => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
    .filter(name => !PERMITTED.some(({ is }) => is(name, lost)))
    .map(name => `${name}: ${JSON.stringify(one[name])} | ${JSON.stringify(other[name])}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

test.each(DOCUMENTS)('%s', { timeout: 120_000 }, async name => {
  const [loaded] = await loadContracts([name], { cwd: root });
  const contract = loaded?.contract;
  if (contract === undefined) throw new Error(`${name} is not a contract`);
  const { stage, mock, lost, close } = await served(contract);
  const found: string[] = [];
  for (const { operation } of placeOperations(contract.operations, () => {})) {
    const [server] = operation.servers;
    const base = server === undefined ? '' : basePathOf(server);
    const [first] = mockPlan(operation).answers;
    // The mock server would look for the example that a request belongs to.
    const named = first?.name === undefined ? '' : `, example=${JSON.stringify(first.name)}`;
    const prefer = `code=${first?.status}${named}`;
    for (const { intent, request } of casePlan(operation, { depth: 'standard', maxCases: 12 })) {
      // An empty value counts as none there (apigateway 4, recorded), and of several the last (3.2).
      if (intent !== 'positive' || /=(&|$)|([?&]|^)([^=&]+)=[^&]*&(.*&)?\3=/.test(request.query)) continue;
      const target = `${request.path}${request.query === '' ? '' : `?${request.query}`}`;
      const sent: RequestInit = {
        method: operation.method === 'ANY' ? 'PUT' : request.method,
        headers: {
          ...Object.fromEntries(request.headers),
          prefer,
          accept: first?.mediaType ?? '*/*',
          ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
        },
        ...(request.body === undefined ? {} : { body: request.body as Uint8Array<ArrayBuffer> }),
      };
      const [one, other] = await Promise.all([
        bodyOf(`${mock}${base}${target}`, sent),
        bodyOf(`${stage}${target}`, sent),
      ]);
      found.push(...differences(one, other, lost).map(how => `${operation.key} ${target}: ${how}`));
    }
  }
  await close();
  expect(found).toEqual([]);
});

const texts = fc.oneof(
  fc.constantFrom(
    "it's",
    'big$',
    '$foo',
    '#if',
    '\\',
    '"',
    '/',
    "\\'",
    '</b>',
    '\r\n',
    '\u{1F600}',
    '\u2028',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  fc.uuid(),
);

test('whatever the values are', { timeout: 120_000 }, async () => {
  const { stage, mock, lost, close } = await served(echoingContract());
  expect(lost).not.toContain('No template can say');
  const values = fc.record(
    {
      text: texts,
      short: texts,
      slug: texts,
      uuid: texts,
      size: texts,
      known: texts,
      whole: fc.integer({ min: -10, max: 1000 }),
      count: fc.oneof(fc.integer(), fc.constantFrom(2_147_483_648, -2_147_483_649, 0)),
      real: fc.integer({ min: -1000, max: 20_000 }).map(value => value / 100),
      flag: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(texts, values, fc.constantFrom('one', 'two'), async (id, query, example) => {
      const list = Object.entries(query).map(
        ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
      );
      const target = `/things/${encodeURIComponent(id)}?${list.join('&')}`;
      const sent = { headers: { prefer: `example=${example}`, 'x-trace': 'traced' } };
      const [one, other] = await Promise.all([bodyOf(mock + target, sent), bodyOf(stage + target, sent)]);
      expect(one).toContain('"X-Trace":"traced"');
      expect(differences(one, other, lost), target).toEqual([]);
    }),
    { seed: 1, numRuns: 150 },
  );
  await close();
});
