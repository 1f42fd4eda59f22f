import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchPath, parsePathTemplate } from '../http/path-template.ts';
import { validateRequest } from '../http/request.ts';
import type { Operation } from '../model.ts';
import { contractFromText } from '../read.ts';
import { casePlan } from './case-plan.ts';
import type { Case, Skipped } from './cases/case.ts';
import type { CasePlanOptions } from './cases/options.ts';

function operationsOf(paths: string, rest = ''): readonly Operation[] {
  const { contract } = contractFromText(`openapi: 3.1.1
info: { title: T, version: "1" }
${rest}
paths:
${paths.replace(/^/gm, '  ')}
`);
  return contract?.operations ?? [];
}

function plan(
  paths: string,
  options: CasePlanOptions = {},
  rest = '',
): { cases: readonly Case[]; skipped: readonly Skipped[] } {
  const [operation] = operationsOf(paths, rest);
  if (operation === undefined) throw new Error(paths);
  const made = casePlan(operation, options);
  // Undocumented methods and charsets come with nearly every operation, and have tests of their own.
  const cases = [...made].filter(({ breaks, name }) => breaks !== 'method' && !name.includes('charset'));
  return { cases, skipped: made.skipped };
}

const decode = (body: Uint8Array | undefined): string =>
  body === undefined ? '' : new TextDecoder().decode(body);

/** `GET /a?b=1 {"body":1}` */
function line({ request }: Case): string {
  const query = request.query === '' ? '' : `?${request.query}`;
  const headers = request.headers.map(([name, value]) => ` ${name}:${value}`).join('');
  const body = request.body === undefined ? '' : ` ${decode(request.body)}`;
  return `${request.method} ${request.path}${query}${headers}${body}`;
}

const ids = (cases: readonly Case[]): readonly string[] => cases.map(({ id }) => id);
const positive = (cases: readonly Case[]): readonly string[] =>
  cases.filter(({ intent }) => intent === 'positive').map(line);
const negative = (cases: readonly Case[]): readonly string[] =>
  cases.filter(({ intent }) => intent === 'negative').map(line);
const reasons = (skipped: readonly Skipped[]): Record<string, number> =>
  Object.fromEntries(skipped.map(({ reason, count }) => [reason, count]));

describe('cases without credentials', () => {
  const scheme = 'components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }';

  test.each([
    [
      'the operation',
      '/pets: { get: { security: [{ key: [] }], responses: {} } }',
      '',
      '/paths/~1pets/get/security',
    ],
    ['the document', '/pets: { get: { responses: {} } }', 'security: [{ key: [] }]\n', '/security'],
  ])('say where %s asks for them', (_, paths, rest, pointer) => {
    const { cases } = plan(paths, {}, rest + scheme);
    const without = cases.filter(({ name }) => name === 'credentials missing');
    expect(without.map(({ why }) => why.pointer)).toEqual([pointer]);
  });
});

describe('positive cases', () => {
  test('named examples of parameters and bodies go together by name, single ones stand alone', () => {
    const { cases } = plan(
      `/pets/{id}:
  put:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer }, examples: { rex: { value: 7 }, tom: { value: 8 } } }
      - { name: dry, in: query, schema: { type: boolean }, examples: { rex: { value: true } } }
    requestBody:
      content:
        application/json:
          schema: { type: object }
          examples: { rex: { value: { name: Rex } }, other: { value: { name: O } } }
    responses: { "200": { description: a } }`,
      { depth: 'examples' },
    );
    expect(positive(cases)).toEqual([
      'PUT /pets/7 {"name":"O"}',
      'PUT /pets/7?dry=true {"name":"Rex"}',
      'PUT /pets/8',
    ]);
    expect(ids(cases)).toEqual(
      ['other', 'rex', 'tom'].map(name => `PUT /pets/{id} positive example-${name}`),
    );
  });

  test('an example whose name stands among failures only may be refused', () => {
    const { cases } = plan(
      `/pets:
  post:
    requestBody:
      content:
        application/json:
          schema: { type: object }
          examples: { closed: { value: { a: 1 } }, fine: { value: { a: 2 } }, both: { value: { a: 3 } }, alone: { value: { a: 4 } } }
    responses:
      "201": { content: { application/json: { examples: { fine: { value: {} }, both: { value: {} } } } } }
      "422": { content: { application/json: { examples: { closed: { value: {} }, both: { value: {} } } } } }`,
      { depth: 'examples' },
    );
    expect(Object.fromEntries(cases.map(({ name, expectation }) => [name, expectation]))).toEqual({
      'example alone': 'accepted',
      'example both': 'accepted',
      'example closed': 'any',
      'example fine': 'accepted',
    });
  });

  test('required only and all fields, with each media type', () => {
    const { cases } = plan(`/pets:
  post:
    parameters: [{ name: dry, in: query, schema: { type: boolean, const: true } }]
    requestBody:
      required: true
      content:
        application/json: { schema: &pet { type: object, required: [a], properties: { a: { const: x }, b: { const: y } } } }
        application/x-www-form-urlencoded: { schema: *pet }
    responses: { "200": { description: a } }`);
    expect(positive(cases).slice(0, 3)).toEqual([
      'POST /pets {"a":"x"}',
      'POST /pets?dry=true {"a":"x","b":"y"}',
      'POST /pets?dry=true a=x&b=y',
    ]);
    expect(cases.map(({ request }) => request.contentType).slice(0, 3)).toEqual([
      'application/json',
      'application/json',
      'application/x-www-form-urlencoded',
    ]);
  });

  test('readOnly properties are not sent', () => {
    const { cases } = plan(`/pets:
  post:
    requestBody: { content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: integer, readOnly: true }, a: { const: x } } } } } }
    responses: { "200": { description: a } }`);
    expect(positive(cases)).toEqual(['POST /pets', 'POST /pets {"a":"x"}', 'POST /pets {}']);
  });

  test('an example that breaks its schema is left out and counted', () => {
    const { cases, skipped } = plan(
      `/pets:
  get:
    parameters: [{ name: n, in: query, schema: { type: integer }, examples: { bad: { value: x }, far: { externalValue: ./n.json } } }]
    responses: { "200": { description: a } }`,
      { depth: 'examples' },
    );
    expect(reasons(skipped)).toEqual({ 'example-invalid': 1, 'example-elsewhere': 1 });
    expect(positive(cases)).toEqual(['GET /pets']);
  });

  test('an example that is only right once written down is used', () => {
    const { cases } = plan(
      `/pets:
  get:
    parameters: [{ name: n, in: query, schema: { type: integer }, example: "5" }]
    responses: { "200": { description: a } }`,
      { depth: 'examples' },
    );
    expect(positive(cases)).toEqual(['GET /pets?n=5']);
  });

  test('what an operation without a documented success is asked for is left open', () => {
    const { cases } = plan('/a: { get: { responses: { "404": { description: a } } } }');
    expect(cases.map(({ expectation }) => expectation)).toEqual(['any']);
  });

  test('deep varies the samples', () => {
    const paths = `/a:
  get:
    parameters: [{ name: n, in: query, schema: { type: integer, minimum: 0, maximum: 1000 } }]
    responses: { "200": { description: a } }`;
    expect(positive(plan(paths, { depth: 'deep' }).cases).length).toBeGreaterThan(
      positive(plan(paths).cases).length,
    );
  });

  test('variables that nobody declared, and greedy ones', () => {
    expect(positive(plan('/a/{x}: { get: { responses: {} } }').cases)).toEqual(['GET /a/1']);
    const greedy = '{ name: proxy, in: path, required: true, schema: { const: b } }';
    expect(positive(plan(`/a/{proxy+}: { get: { parameters: [${greedy}], responses: {} } }`).cases)).toEqual([
      'GET /a/b',
    ]);
  });

  test('ANY is a method that is not declared beside it', () => {
    const { contract } = contractFromText(
      'openapi: 3.0.3\ninfo: { title: T, version: "1" }\npaths: { /a: { get: { responses: {} }, x-amazon-apigateway-any-method: { responses: {} } } }\n',
    );
    const methods = contract?.operations.flatMap(operation =>
      [...casePlan(operation)].map(({ request }) => request.method),
    );
    expect(methods).toEqual(['GET', 'POST']);
  });
});

describe('negative cases', () => {
  const LIMIT = `/pets:
  get:
    parameters: [{ name: limit, in: query, required: true, schema: { type: integer, minimum: 1 } }]
    responses: { "200": { description: a } }`;

  test('one for each constraint, with the place of the constraint', () => {
    const { cases } = plan(LIMIT);
    const minimum = cases.find(({ id }) => id === 'GET /pets negative query-limit-minimum');
    expect(minimum?.why.pointer).toBe('/paths/~1pets/get/parameters/0/schema/minimum');
    expect(minimum?.name).toContain('query parameter "limit"');
    expect(Number(new URLSearchParams(minimum?.request.query).get('limit'))).toBeLessThan(1);
    expect(ids(cases)).toContain('GET /pets negative query-limit-missing');
    expect(ids(cases)).toContain('GET /pets negative query-limit-type');
  });

  test('a text in the place of an object in brackets, which a server may pass over and must survive', () => {
    const { cases } = plan(`/pets:
  get:
    parameters: [{ name: f, in: query, style: deepObject, schema: { type: object, properties: { a: {} } } }]
    responses: { "200": { description: a } }`);
    const plain = cases.find(({ id }) => id === 'GET /pets negative query-f-plain');
    expect(plain).toMatchObject({
      expectation: 'any',
      breaks: 'parameter',
      request: { query: 'f=rehearsal' },
    });
  });

  test('counts the constraints that no value breaks, of parameters and of bodies', () => {
    const { skipped } = plan(`/pets:
  post:
    parameters: [{ name: sort, in: query, schema: { type: string, format: sort-order } }]
    requestBody:
      content: { application/json: { schema: { type: string, maxLength: 900000 } } }
    responses: { "204": { description: ok } }
`);
    expect(skipped.find(({ reason }) => reason === 'no-violation')).toMatchObject({
      count: 2,
      examples: [
        expect.stringMatching(/query parameter "sort" format: /),
        expect.stringMatching(/body maxLength: /),
      ],
    });
  });

  test('what is valid once written down is no negative case, and is counted', () => {
    const { cases, skipped } = plan(`/pets:
  get:
    parameters: [{ name: q, in: query, schema: { type: string } }]
    responses: { "200": { description: a } }`);
    expect(negative(cases)).toEqual([]);
    expect(reasons(skipped)['valid-on-the-wire']).toBeGreaterThan(0);
  });

  test('an exploded object is not there when only its own name is sent', () => {
    const object = '{ type: object, properties: { size: { type: integer } } }';
    for (const second of ['', `, { name: page, in: query, schema: ${object.replace('size', 'from')} }`]) {
      const { cases } = plan(`/pets:
  get:
    parameters: [{ name: filter, in: query, schema: ${object} }${second}]
    responses: { "200": { description: a }, "400": { description: b } }`);
      expect(negative(cases).filter(text => /[?&](filter|page)=/.test(text))).toEqual([]);
      expect(negative(cases)).toContain('GET /pets?size=not-a-number');
    }
  });

  test('a header that a person gave stands over the violation of it', () => {
    const { cases } = plan(
      `/pets:
  get:
    parameters: [{ name: X-Tenant, in: header, required: true, schema: { type: integer } }]
    responses: { "200": { description: a } }`,
      { headers: [['x-tenant', '4']] },
    );
    expect(cases.map(line)).toEqual(['GET /pets x-tenant:4']);
  });

  test('a wrong path that is another operation is left out', () => {
    const operations = operationsOf(`/pets/{id}:
  get:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, enum: [a, mine] } }]
    responses: { "200": { description: a } }
/pets/mine: { get: { responses: {} } }
/pets/true: { get: { responses: {} } }`);
    const [byId] = operations;
    const made = byId === undefined ? undefined : casePlan(byId, { depth: 'deep', seed: 1 });
    expect([...(made ?? [])].map(({ request }) => request.path)).not.toContain('/pets/mine');
    expect([...(made ?? [])].map(({ request }) => request.path)).not.toContain('/pets/true');
    expect(reasons(made?.skipped ?? [])['other-route']).toBeGreaterThan(0);
  });

  test('around the body: missing, of another type, not well-formed', () => {
    const { cases } = plan(`/pets:
  post:
    requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
    responses: { "200": { description: a } }`);
    expect(
      cases
        .filter(({ intent }) => intent === 'negative')
        .map(sent => [sent.name, sent.request.contentType])
        .slice(0, 3),
    ).toEqual([
      ['body missing', undefined],
      ['content type not documented', 'application/x-rehearsal'],
      ['body not well-formed JSON', 'application/json'],
    ]);
  });

  test('where any media type will do, none is wrong', () => {
    const { cases } = plan(`/pets:
  post:
    requestBody: { required: true, content: { "*/*": {} } }
    responses: { "200": { description: a } }`);
    expect(cases.map(({ name }) => name)).not.toContain('content type not documented');
  });
});

describe('credentials', () => {
  const SCHEMES = `components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    cookie: { type: apiKey, in: cookie, name: sid }
    query: { type: apiKey, in: query, name: api_key }
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
    oauth: { type: oauth2, flows: {} }
    tls: { type: mutualTLS }`;
  const secured = (security: string): string =>
    `/a: { get: { security: ${security}, responses: { "200": { description: a } } } }`;

  test.each([
    ['[{ key: [] }]', 'GET /a X-Key:rehearsal'],
    ['[{ cookie: [] }]', 'GET /a Cookie:sid=rehearsal'],
    ['[{ query: [] }]', 'GET /a?api_key=rehearsal'],
    ['[{ basic: [] }]', 'GET /a Authorization:Basic cmVoZWFyc2FsOnJlaGVhcnNhbA=='],
    ['[{ bearer: [] }]', 'GET /a Authorization:Bearer rehearsal'],
    ['[{ oauth: [read] }]', 'GET /a Authorization:Bearer rehearsal'],
    ['[{ key: [], query: [] }]', 'GET /a?api_key=rehearsal X-Key:rehearsal'],
    ['[{ tls: [] }, { key: [] }]', 'GET /a X-Key:rehearsal'],
  ])('placeholders for %s, and a case without', (security, expected) => {
    const { cases } = plan(secured(security), {}, SCHEMES);
    const without = cases.find(({ name }) => name === 'credentials missing');
    expect(line(cases[0] as Case)).toBe(expected);
    expect(without && [line(without), without.expectation]).toEqual(
      security.includes('tls') ? undefined : ['GET /a', 'unauthenticated'],
    );
  });

  test('secrets in the place of placeholders, the alternative that they fit first', () => {
    const credentials = new Map([
      ['bearer', 's3cret'],
      ['basic', 'me:pw'],
    ]);
    expect(positive(plan(secured('[{ key: [] }, { bearer: [] }]'), { credentials }, SCHEMES).cases)).toEqual([
      'GET /a Authorization:Bearer s3cret',
    ]);
    expect(positive(plan(secured('[{ basic: [] }]'), { credentials }, SCHEMES).cases)).toEqual([
      'GET /a Authorization:Basic bWU6cHc=',
    ]);
  });

  test('headers given from outside are held back when nobody is to be known', () => {
    const headers = [
      ['authorization', 'Bearer x'],
      ['X-Other', 'stays'],
    ] as const;
    const { cases } = plan(secured('[{ bearer: [] }]'), { headers }, SCHEMES);
    expect(cases.map(line).slice(0, 2)).toEqual([
      'GET /a authorization:Bearer x X-Other:stays',
      'GET /a X-Other:stays',
    ]);
  });

  test('optional ones are sent and never missed', () => {
    expect(plan(secured('[{ key: [] }, {}]'), {}, SCHEMES).cases.map(line)).toEqual([
      'GET /a X-Key:rehearsal',
    ]);
  });

  test('a client certificate cannot be sent', () => {
    const { cases, skipped } = plan(secured('[{ tls: [] }]'), {}, SCHEMES);
    expect([cases, reasons(skipped)]).toEqual([[], { 'credentials-unsupported': 1 }]);
  });
});

describe('what cannot be made is counted', () => {
  test.each([
    [
      'no-sample',
      '/a: { get: { parameters: [{ name: n, in: query, required: true, schema: { enum: [] } }], responses: {} } }',
    ],
    [
      'not-writable',
      '/a: { get: { parameters: [{ name: n, in: header, required: true, schema: { const: "a\\nb" } }], responses: {} } }',
    ],
    [
      'unsupported-body',
      '/a: { post: { requestBody: { required: true, content: { multipart/mixed: { schema: { type: object } } } }, responses: {} } }',
    ],
  ])('%s', (reason, paths) => {
    const { cases, skipped } = plan(paths);
    expect(cases).toEqual([]);
    expect(reasons(skipped)[reason]).toBe(1);
    expect(skipped[0]?.examples[0]).toMatch(/^(GET|POST) \/a: /);
  });

  test('a body without a sample falls back to its example', () => {
    const { cases } = plan(`/a:
  post:
    requestBody: { required: true, content: { application/json: { schema: { not: { not: { const: { code: 1.1.1.1 } } } }, example: { code: 1.1.1.1 } } } }
    responses: { "200": { description: a } }`);
    expect(positive(cases)).toContain('POST /a {"code":"1.1.1.1"}');
  });

  test('a limit', () => {
    const { cases, skipped } = plan(
      `/a:
  get:
    parameters: [{ name: n, in: query, schema: { type: integer } }]
    responses: { "200": { description: a } }`,
      { maxCases: 2 },
    );
    expect(cases).toHaveLength(2);
    expect(reasons(skipped)['limit']).toBeGreaterThan(0);
  });

  test('taking the cases twice counts once', () => {
    const [operation] = operationsOf(
      '/a: { get: { parameters: [{ name: q, in: query, schema: { type: string } }], responses: {} } }',
    );
    if (operation === undefined) throw new Error('none');
    const made = casePlan(operation);
    const first = [...made].map(line);
    const counted = reasons(made.skipped);
    expect([...made].map(line)).toEqual(first);
    expect(reasons(made.skipped)).toEqual(counted);
  });
});

describe('keys from strangers', () => {
  test('parameters and properties called __proto__ and constructor', () => {
    const { cases } = plan(`/a:
  post:
    parameters:
      - { name: __proto__, in: query, required: true, schema: { const: 1 } }
      - { name: constructor, in: header, required: true, schema: { const: 2 } }
    requestBody: { required: true, content: { application/json: { schema: { type: object, required: [__proto__], properties: { __proto__: { const: 3 } } } } } }
    responses: { "200": { description: a } }`);
    expect(positive(cases)[0]).toBe('POST /a?__proto__=1 constructor:2 {"__proto__":3}');
    expect(ids(cases)).toContain('POST /a negative header-constructor-missing');
  });
});

describe('on real documents', () => {
  const root = join(import.meta.dirname, '../..');
  const folders = ['test/corpus', 'specs'].map(folder => join(root, folder));
  const files = folders.flatMap(folder =>
    readdirSync(folder)
      .filter(name => /\.(ya?ml|json)$/.test(name))
      .map(name => join(folder, name)),
  );

  test.each(files.map(file => [file.slice(root.length + 1), file]))(
    '%s: every operation has a case or a reason, and every case its own id',
    (_name, file) => {
      const { contract } = contractFromText(readFileSync(file, 'utf8'), { name: file });
      const operations = contract?.operations ?? [];
      const seen = new Set<string>();
      for (const operation of operations) {
        const made = casePlan(operation);
        let count = 0;
        const template = parsePathTemplate(operation.path);
        for (const { id, intent, expectation, breaks, request } of made) {
          expect(seen.has(id), id).toBe(false);
          seen.add(id);
          count += 1;
          // Proved once more, without any of the plan's shortcuts.
          if (expectation === 'unauthenticated' || breaks === 'method' || breaks === 'accept') continue;
          if (intent === 'negative' && expectation === 'any') continue;
          const named = request.headers.map(([name, value]) => [name.toLowerCase(), value] as const);
          const type =
            request.contentType === undefined ? [] : [['content-type', request.contentType] as const];
          const headers = Object.fromEntries([...named, ...type]);
          const variables = matchPath(template, request.path) ?? new Map();
          const { faults } = validateRequest(operation, { ...request, headers }, variables);
          expect(faults.length > 0, id).toBe(intent === 'negative');
        }
        expect(count + made.skipped.length, operation.key).toBeGreaterThan(0);
      }
    },
  );
});
