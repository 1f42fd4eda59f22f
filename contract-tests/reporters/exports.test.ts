/** What SARIF, HAR, Markdown and GitHub are told of the same run. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PetsServer, startPets } from '../pets.fixture.ts';
import { githubReporter } from './github.ts';
import { harReporter } from './har.ts';
import { markdownReporter } from './markdown.ts';
import type { ReporterModule } from './reporter.ts';
import { type ReportOptions, reported } from './reporting.fixture.ts';
import { sarifReporter } from './sarif.ts';

const HOSTILE = '| `x` <b>\n```\n::error::no\u001b[2J';

let server: PetsServer;
beforeAll(async () => {
  server = await startPets(({ method, path }, reply) =>
    method === 'GET' && path !== '/pets' && reply.status === 200
      ? {
          body: JSON.stringify({ name: HOSTILE }),
          headers: { 'content-type': 'application/json', 'set-cookie': 'sid=top-secret; Path=/' },
        }
      : reply.status === 201
        ? { status: 500, headers: {}, body: 'down' }
        : undefined,
  );
});
afterAll(() => server.close());

const report = (module: ReporterModule, options: ReportOptions = {}): Promise<string> =>
  reported(module, server.url, options);
const known = { reason: 'soon', expires: '2026-12-31', expired: false };

describe('sarif', () => {
  test('a result for each distinct failure, with its rule and its place', async () => {
    const { runs } = JSON.parse(await report(sarifReporter));
    const [{ tool, results }] = runs;
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toContain('response-body');
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    const body = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'response-body');
    expect(body).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'pets.yaml' }, region: { startLine: 57 } },
          logicalLocations: [{ fullyQualifiedName: '/components/schemas/Pet/properties/name/maxLength' }],
        },
      ],
      partialFingerprints: {
        'rehearsal/v1': 'GET /pets/{id} response-body /components/schemas/Pet/properties/name/maxLength',
      },
    });
    expect(body.message.text).toMatch(/^GET \/pets\/\{id\}: received ".*" at \/name; documented .* curl -gi/);
  });

  test('known breaks are suppressed with their reason', async () => {
    const { runs } = JSON.parse(await report(sarifReporter, { run: { settle: { known: () => known } } }));
    expect(runs[0].results[0].suppressions).toEqual([
      { kind: 'external', justification: 'soon (until 2026-12-31)' },
    ]);
  });
});

describe('har', () => {
  test('the exchanges that failed, as HAR 1.2 has them', async () => {
    const { log } = JSON.parse(
      await report(harReporter, { key: 'hunter-2-hunter', now: () => 1_800_000_000_000 }),
    );
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'rehearsal' } });
    expect(log.entries.length).toBeGreaterThan(3);
    const posted = log.entries.find(
      ({ request }: { request: { method: string } }) => request.method === 'POST',
    );
    expect(posted).toMatchObject({
      cache: {},
      request: {
        url: `${server.url}/pets`,
        httpVersion: 'HTTP/1.1',
        postData: { mimeType: 'application/json', params: [] },
        headersSize: -1,
      },
      response: { status: 500, content: { size: 4, text: 'down' }, redirectURL: '' },
      _rehearsal: { operation: 'POST /pets', outcome: 'failed', failures: [{ check: 'server-error' }] },
    });
    expect(posted.request.headers).toContainEqual({ name: 'X-Key', value: '***' });
    expect(posted.startedDateTime).toMatch(/^2027-01-15T0[78]:\d\d:\d\d\.\d{3}Z$/);
    expect(posted.timings.wait).toBe(posted.time);
    const got = log.entries.find(({ request }: { request: { method: string } }) => request.method === 'GET');
    expect(got.response.cookies).toEqual([{ name: 'sid', value: '***' }]);
  });

  test('all of them when asked', async () => {
    const few = JSON.parse(await report(harReporter)).log.entries.length;
    const all = JSON.parse(await report(harReporter, { allExchanges: true })).log.entries;
    expect(all.length).toBeGreaterThan(few);
    const listed = all.find(({ request }: { request: { url: string } }) => /[?]limit=/.test(request.url));
    expect(listed.request.queryString[0].name).toBe('limit');
  });

  test('a body that is no text is in Base64', async () => {
    const binary = await startPets(({ method }) =>
      method === 'HEAD'
        ? undefined
        : { status: 500, headers: { 'content-type': 'image/png' }, body: '\u0089PNG' },
    );
    try {
      const text = await reported(harReporter, binary.url);
      expect(JSON.parse(text).log.entries[0].response.content.text).toBe('\u0089PNG');
    } finally {
      await binary.close();
    }
  });
});

describe('markdown', () => {
  test('verdict, a table for each operation, the first failure whole, and what was never seen', async () => {
    const text = await report(markdownReporter, { replay: () => 'rehearsal test it' });
    expect(text).toMatch(/^## ❌ Pets: broken\n\n\d+ failures in \d+ cases/);
    expect(text).toContain('\n### `GET /pets/{id}`\n\n| check | received | documented | where |\n');
    expect(text).toMatch(
      /^\| `response-body`(?:, \d+ cases)? \| .* \| .* \| `pets\.yaml:57:\d+ \(.*\)` \|$/m,
    );
    expect(text).toContain('\nrehearsal test it\n');
    expect(text).toMatch(
      /\n### What was seen\n\n\| \| seen \| of \|\n\| --- \| --- \| --- \|\n\| operations \| 5 \| 5 \|\n/,
    );
  });

  test('what a server sent stays in its cell and in its fence', async () => {
    const text = await report(markdownReporter);
    for (const row of text.split('\n').filter(line => line.startsWith('| `')))
      expect(row.replaceAll('\\|', '').split('|'), row).toHaveLength(6);
    expect(text).not.toContain('<b>\n');
    expect(text).toMatch(/^````console$/m);
    expect(text).not.toContain('\u001b');
  });
});

describe('github', () => {
  test('the summary in the file, annotations beside it, each on one line', async () => {
    const lines: string[] = [];
    const text = await report(githubReporter, { aside: line => void lines.push(line) });
    expect(text).toMatch(/^## ❌ Pets: broken/);
    const body = lines.find(line => line.includes('title=response-body'));
    expect(body).toMatch(
      /^::error file=pets\.yaml,line=57,col=\d+,title=response-body::GET \/pets\/\{id\}: .*%0AReceived .*%0ADocumented .*%0Acurl .*\n$/,
    );
    for (const line of lines) expect(line.match(/\n/g)).toHaveLength(1);
    expect(lines.length).toBeLessThanOrEqual(20);
  });

  test('known breaks are not annotated', async () => {
    const lines: string[] = [];
    const settle = { known: () => known };
    await report(githubReporter, { aside: line => void lines.push(line), run: { settle } });
    expect(lines).toEqual([]);
  });
});
