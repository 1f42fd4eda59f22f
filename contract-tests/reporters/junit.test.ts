import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PetsServer, startPets } from '../pets.fixture.ts';
import { junitReporter } from './junit.ts';
import { type ReportOptions, reported } from './reporting.fixture.ts';

let bad: PetsServer;
let body = '';

beforeAll(async () => {
  bad = await startPets(({ method, path }, reply) =>
    method === 'GET' && path !== '/pets' && reply.status === 200
      ? { status: 500, headers: { 'content-type': 'text/plain' }, body }
      : undefined,
  );
});
afterAll(() => bad.close());

const write = (options: ReportOptions = {}): Promise<string> => reported(junitReporter, bad.url, options);

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads XML strictly: anything that is not well-formed throws. */
function parseXml(text: string): Element {
  // XML 1.0, 2.2: nothing else may stand in a document, not even as a reference.
  if (/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error('a forbidden character');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const tokens = /<\?xml[^>]*\?>|<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const [, closing, name = '', list = '', empty, words] of text.matchAll(tokens)) {
    const top = open.at(-1) ?? root;
    if (words !== undefined) top.text += decoded(words);
    else if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else if (name !== '') {
      const attributes = Object.fromEntries(
        [...list.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, decoded(value)]),
      );
      const element: Element = { name, attributes, children: [], text: '' };
      top.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  end = [...text.matchAll(tokens)].reduce((sum, [token]) => sum + token.length, 0);
  if (end !== text.length || open.length !== 1) throw new Error(`not well-formed at ${end}`);
  const [element] = root.children;
  if (element === undefined || root.children.length > 1) throw new Error('not one root element');
  return element;
}

function decoded(text: string): string {
  if (/&(?!#\d+;)/.test(text)) throw new Error('a bare ampersand');
  return text.replace(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)));
}

describe('junit', () => {
  test('a suite for each operation and counts that add up', async () => {
    const root = parseXml(await write());
    expect(root.name).toBe('testsuites');
    expect(root.children.map(({ attributes }) => attributes['name'])).toEqual([
      'pets.yaml GET /pets',
      'pets.yaml HEAD /pets',
      'pets.yaml POST /pets',
      'pets.yaml GET /pets/{id}',
      'pets.yaml DELETE /pets/{id}',
    ]);
    for (const of of ['tests', 'failures', 'errors', 'skipped']) {
      const sum = root.children.reduce((total, { attributes }) => total + Number(attributes[of]), 0);
      expect(Number(root.attributes[of]), of).toBe(sum);
    }
    const cases = root.children.flatMap(({ children }) => children);
    expect(Number(root.attributes['tests'])).toBe(cases.length);
    expect(
      new Set(cases.map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`)).size,
    ).toBe(cases.length);
    for (const { attributes } of cases) expect(attributes['time']).toMatch(/^\d+\.\d{3}$/);
  });

  test('a failure says check, received, documented, where, curl, replay, request and response', async () => {
    body = 'line 1\r\n<b>&"\u0000';
    const root = parseXml(await write({ replay: () => 'rehearsal test --case it' }));
    const [failure] = root.children.flatMap(suite => suite.children).flatMap(one => one.children);
    expect(failure?.attributes['type']).toBe('server-error');
    expect(failure?.attributes['message']).toMatch(
      /^Received status 500; documented .*; pets\.yaml:\d+:\d+ \(.*\); curl -gi http.*\/pets\/1$/,
    );
    expect(failure?.text).toMatch(/^required fields only\nrehearsal test --case it\n/);
    expect(failure?.text).toContain('\nserver-error (error)\nReceived    status 500\nDocumented  ');
    expect(failure?.text).toContain('\n> GET /pets/1\n\n< 500\n');
    expect(failure?.text).toContain('\n<\n< line 1\n< <b>&"\\u0000');
  });

  test('what was not judged is skipped', async () => {
    const limited = await startPets(({ method, path }) =>
      method === 'GET' && path === '/pets' ? { status: 429 } : undefined,
    );
    try {
      const suites = parseXml(await reported(junitReporter, limited.url)).children;
      expect(suites[0]?.children[0]?.children[0]).toMatchObject({
        name: 'skipped',
        attributes: { message: 'not judged: rate-limited' },
      });
    } finally {
      await limited.close();
    }
  });

  test('a run that could not judge is an error, not a run without tests', async () => {
    const transport = {
      send: () =>
        Promise.resolve({
          kind: 'unanswered' as const,
          trouble: { kind: 'timeout' as const, message: 'no answer' },
        }),
      close: () => {},
    };
    const root = parseXml(await write({ run: { transport } }));
    const suite = root.children.at(-1);
    expect(suite?.attributes['name']).toBe('rehearsal');
    expect(suite?.children[0]?.children[0]).toMatchObject({
      name: 'error',
      attributes: { type: 'inconclusive', message: 'The server stopped answering before the run ended.' },
    });
    expect(root.children[0]?.children[0]?.children[0]).toMatchObject({
      name: 'error',
      attributes: { type: 'timeout', message: 'no answer' },
    });
  });

  test('known and flaky failures break nothing', async () => {
    const known = { reason: 'soon', expires: '2026-12-31', expired: false };
    const root = parseXml(await write({ run: { settle: { known: () => known } } }));
    expect(root.attributes['failures']).toBe('0');
    const [skipped] = root.children.flatMap(suite => suite.children).flatMap(one => one.children);
    expect(skipped).toMatchObject({
      name: 'skipped',
      attributes: { message: 'known until 2026-12-31: soon' },
    });
  });

  test('is well-formed whatever a server sends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async sent => {
        body = `${sent}\ud800 ]]> <!-- \u001b[2J\ufffe`;
        parseXml(
          await write({
            run: { select: ({ key }) => key === 'GET /pets/{id}', plan: { depth: 'examples' } },
          }),
        );
      }),
      { numRuns: 10 },
    );
  });
});
