import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { createMask, NO_MASK } from '../../mask.ts';
import type { Fault } from '../../pets.fixture.ts';
import type { ReporterContext } from '../../reporters/reporter.ts';
import { checkPets, type TwoSided, timed } from '../canary-server.fixture.ts';
import type { CheckCanaryOptions } from '../check-options.ts';
import { CANARY_REPORTERS } from './canary-reporters.ts';
import { CANARY_SCHEMA } from './canary-schema.ts';

const wrongType: Fault = ({ method, path }, { status }) =>
  method === 'GET' && /^\/pets\/\d+$/.test(path) && status === 200
    ? { body: '{"id":"</script><b>1","name":"Rex"}' }
    : undefined;

/** Every report of one check, by the reporter's name; `aside` is what the log of a CI server gets. */
async function reports(
  stage: TwoSided,
  options: Partial<CheckCanaryOptions> = {},
  context: Partial<ReporterContext> = {},
): Promise<Readonly<Record<string, string>>> {
  const written: Record<string, string> = {};
  const listeners = CANARY_REPORTERS.map(({ name, create }) =>
    create({
      write: text => {
        written[name] = (written[name] ?? '') + text;
      },
      aside: text => {
        written['aside'] = (written['aside'] ?? '') + text;
      },
      isTTY: false,
      colour: false,
      columns: 80,
      mask: NO_MASK,
      ...context,
    }),
  );
  await checkPets(stage, { ...options, listeners });
  return written;
}

/** Nothing may stand there that the schema does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const made = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in made ? { ...made, unevaluatedProperties: false } : made;
}
const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
const validate = ajv.compile(closed(CANARY_SCHEMA) as object);

const deployments = { baseline: 'one', canary: 'two' };
const judge = { margin: 0.05 };
const KINDS: readonly (readonly [string, TwoSided, Partial<CheckCanaryOptions>])[] = [
  ['a break', { share: 0.2, canary: wrongType }, { deployments }],
  ['a promotion', { share: 0.5, both: wrongType }, { judge }],
  ['too few requests', { share: 0.2 }, { maxRequests: 100 }],
  ['no attribution', { share: 0.2, tells: () => ({}) }, {}],
  ['no canary', { share: 0.2 }, { percentTraffic: 0 }],
  [
    'a budget',
    { share: 0.2 },
    {
      judge: { latency: { tolerance: 5, budget: { limitMs: 20, share: 0.01 } } },
      transport: timed({ baseline: 10, canary: 30 }),
    },
  ],
];

test.each(KINDS)('JSON of %s is what the schema says', async (_what, stage, options) => {
  const { json = '' } = await reports(stage, options);
  expect(validate(JSON.parse(json)) ? [] : validate.errors).toEqual([]);
});

test('a break is told with its witness everywhere', async () => {
  const {
    terminal = '',
    markdown = '',
    html = '',
    github,
    aside = '',
  } = await reports({
    share: 0.2,
    canary: wrongType,
  });
  for (const text of [terminal, html]) expect(text).toContain('canary only, each time');
  expect(terminal).toMatch(/\nroll back: GET \/pets\/\{id\} breaks response-body on the canary/);
  expect(terminal).toMatch(/Repeated {4}canary (\d+) of \1 failed, baseline 0 of \d+/);
  expect(terminal).toContain('curl ');
  expect(markdown).toMatch(/^## ❌ Canary of pets\.yaml: roll back/);
  expect(markdown).toContain('Witness of the canary');
  expect(markdown).toContain('| `GET /pets/{id}` | `response-body` |');
  expect(github).toBe(markdown);
  expect(aside).toMatch(/^::error file=pets\.yaml,line=\d+,col=\d+,title=Canary%3A roll back::GET/);
  expect(html).not.toContain('</script><b>');
  expect(html.match(/<figure class="chart/g)).toHaveLength(3);
});

test('what is inconclusive says what it would still take', async () => {
  const {
    terminal = '',
    markdown = '',
    html = '',
    aside,
  } = await reports({ share: 0.2 }, { maxRequests: 100 }, { verbose: true });
  for (const text of [terminal, markdown, html]) expect(text).toMatch(/About \d+ more answers of the canary/);
  expect(terminal).toMatch(/left out {3}\d+ cases? not made: /);
  expect(aside).toMatch(/^::warning title=Canary%3A inconclusive::/);
});

test('a promotion says how near it was', async () => {
  const { terminal = '', markdown = '', aside } = await reports({ share: 0.5, both: wrongType }, { judge });
  expect(terminal).toMatch(/otherwise {2}\d+ failures? more of the canary: /);
  expect(terminal).toContain('on both sides');
  expect(markdown).toContain('### What would have changed it');
  expect(aside).toMatch(/^::notice /);
});

test('on a terminal the evidence is shown while it grows, and wiped away at the end', async () => {
  const { terminal = '' } = await reports({ share: 0.5 }, { judge }, { isTTY: true });
  expect(terminal).toMatch(
    /\r\u001b\[K\d+ answers, \d+ of the canary {2}fails more [█░]{12} {2}slower [█░]{12} {2}as good [█░]{12}/,
  );
  expect(terminal.split('\r\u001b[K').at(-1)).toMatch(/^\noperation/);
});

test('no report shows a secret', async () => {
  const secret = 'hunter-2-hunter';
  const echo: Fault = ({ method, headers }, reply) =>
    method === 'POST' && reply.status === 201
      ? { body: JSON.stringify({ name: 7, secret: headers['x-key'] }) }
      : undefined;
  const written = await reports(
    { share: 0.5, canary: echo },
    { plan: { credentials: new Map([['key', secret]]) } },
    { mask: createMask([], [secret]) },
  );
  for (const [name, text] of Object.entries(written))
    expect([name, text.includes(secret)]).toEqual([name, false]);
  expect(written['json']).toContain('***');
});
