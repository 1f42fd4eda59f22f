import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PetsServer, startPets } from './pets.fixture.ts';
import { REPORT_SCHEMA } from './report-schema.ts';
import { jsonReporter } from './reporters/json.ts';
import { ndjsonReporter } from './reporters/ndjson.ts';
import { type ReportOptions, reported } from './reporters/reporting.fixture.ts';

let server: PetsServer;
beforeAll(async () => {
  let served = 0;
  server = await startPets(({ method, path }, reply) => {
    served += 1;
    if (method === 'GET' && path === '/pets') return { status: served % 2 === 0 ? 429 : 500 };
    return method === 'GET' && reply.status === 200
      ? { headers: { 'content-type': 'application/octet-stream' }, body: '{"name":7}' }
      : reply.status === 201
        ? { status: 500 }
        : undefined;
  });
});
afterAll(() => server.close());

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajv.addSchema({ ...REPORT_SCHEMA, $id: 'report' });

/** Where nothing may stand that the schema does not name, so that no member goes undescribed. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  const made = Object.fromEntries(entries);
  return 'properties' in made && !('additionalProperties' in made)
    ? { ...made, unevaluatedProperties: false }
    : made;
}
const strict = new Ajv2020({ allErrors: true, strictTypes: false });
strict.addSchema({ ...(closed(REPORT_SCHEMA) as object), $id: 'closed' });

function problems(part: 'report' | 'event', value: unknown): unknown {
  strict.validate(`closed#/$defs/${part}`, value);
  return strict.errors ?? [];
}

const known = { reason: 'soon', expires: '2026-12-31', expired: false };
const KINDS: readonly (readonly [string, ReportOptions])[] = [
  ['a broken contract', { key: 'hunter-2-hunter', replay: () => 'rehearsal test' }],
  ['a broken contract that is known', { run: { settle: { known: () => known } } }],
  ['flaky answers', { run: { settle: { retries: 3 } } }],
  [
    'no answers',
    {
      run: {
        transport: {
          send: () =>
            Promise.resolve({ kind: 'unanswered', trouble: { kind: 'timeout', message: 'no answer' } }),
          close: () => {},
        },
      },
    },
  ],
];

test.each(KINDS)(
  'the JSON report of %s is what the schema says, and nothing else',
  async (_name, options) => {
    const report: unknown = JSON.parse(await reported(jsonReporter, server.url, options));
    expect(problems('report', report)).toEqual([]);
  },
);

test.each(KINDS)('so is each line of the events of %s', async (_name, options) => {
  const lines = (await reported(ndjsonReporter, server.url, options)).trimEnd().split('\n');
  const events = lines.map(line => JSON.parse(line) as { readonly event: string });
  for (const event of events) expect(problems('event', event)).toEqual([]);
  expect(events[0]?.event).toBe('run-started');
  expect(events.at(-1)?.event).toBe('run-finished');
});

test('the schema is one for everybody: Ajv takes it as it is', () => {
  expect(ajv.validateSchema(REPORT_SCHEMA)).toBe(true);
  expect(ajv.validate('report', { format: 'rehearsal-report/1' })).toBe(false);
});
