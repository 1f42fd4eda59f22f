import { expect, test } from 'vitest';
import { contractFromText } from '../../read.ts';
import { casePlan } from '../case-plan.ts';
import type { CasePlanOptions } from './options.ts';

/** Methods tried of each path, as `PUT /pets`, in the order of the plans, with the operation that has them. */
function tried(paths: string, options: CasePlanOptions = {}): readonly string[] {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: ${paths}\n`,
  );
  return (contract?.operations ?? []).flatMap(operation =>
    [...casePlan(operation, options)]
      .filter(({ breaks, expectation }) => breaks === 'method' && expectation === 'refused')
      .map(({ request: { method, path } }) => `${operation.method}: ${method} ${path}`),
  );
}

const OK = '{ responses: { "200": { description: a } } }';

test('what no operation of the path has, once for each path', () => {
  expect(tried(`{ /pets: { post: ${OK}, get: ${OK} }, /cats: { delete: ${OK} } }`)).toEqual([
    'GET: PUT /pets',
    'GET: PATCH /pets',
    'GET: DELETE /pets',
    'DELETE: GET /cats',
    'DELETE: PUT /cats',
    'DELETE: PATCH /cats',
    'DELETE: POST /cats',
  ]);
});

test('OPTIONS once for each path, which a server need not know', () => {
  const asked = (paths: string, options: CasePlanOptions = {}): readonly unknown[] => {
    const { contract } = contractFromText(
      `openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: ${paths}\n`,
    );
    return (contract?.operations ?? [])
      .flatMap(operation => [...casePlan(operation, options)])
      .filter(({ request, breaks }) => request.method === 'OPTIONS' && breaks === 'method')
      .map(({ id, expectation }) => `${id}: ${expectation}`);
  };
  const own = `{ /pets: { get: ${OK}, post: ${OK} } }`;
  expect(asked(own)).toEqual(['GET /pets negative method-OPTIONS-not-documented: any']);
  expect(asked(own, { safe: true })).toHaveLength(1);
  expect(asked(own, { depth: 'examples' })).toEqual([]);
  expect(asked(`{ /pets: { get: ${OK}, options: ${OK} } }`)).toEqual([]);
});

test('without query, headers and body, and refused whatever they are', () => {
  const { contract } = contractFromText(`openapi: 3.1.1
paths:
  /pets/{id}:
    put:
      parameters:
        - { name: id, in: path, required: true, schema: { const: 7 } }
        - { name: q, in: query, required: true, schema: { const: 1 } }
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      security: [{ key: [] }]
      responses: { "200": { description: a } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`);
  const [operation] = contract?.operations ?? [];
  if (operation === undefined) throw new Error('none');
  const post = [...casePlan(operation)].find(({ id }) => id.endsWith('method-POST-not-documented'));
  expect(post).toMatchObject({ intent: 'negative', expectation: 'refused', breaks: 'method' });
  expect(post?.request).toMatchObject({ method: 'POST', path: '/pets/7', query: '', body: undefined });
  // Who asks is told all the same, so that a refusal is about the method.
  expect(post?.request.headers).toEqual([['X-Key', 'rehearsal']]);
  expect(post?.why.pointer).toBe('/paths/~1pets~1{id}');
});

test('what another template that fits has is not missing', () => {
  const id = 'parameters: [{ name: id, in: path, required: true, schema: { const: x } }]';
  expect(
    tried(`{ /pets/mine: { get: ${OK} }, "/pets/{id}": { ${id}, put: ${OK}, patch: ${OK}, delete: ${OK} } }`),
  ).toEqual(['GET: POST /pets/mine', 'DELETE: GET /pets/x', 'DELETE: POST /pets/x']);
  // Two names for one variable are one path.
  const two = `{ "/a/{x}": { get: ${OK} }, "/a/{y}": { put: ${OK}, post: ${OK}, patch: ${OK}, delete: ${OK} } }`;
  expect(tried(two)).toEqual([]);
  expect(tried(`{ /a: { get: ${OK} }, "/{proxy+}": { x-amazon-apigateway-any-method: ${OK} } }`)).toEqual([]);
});

test('only safe ones where nothing may change, and none among the examples', () => {
  expect(tried(`{ /pets: { post: ${OK} } }`, { safe: true })).toEqual(['POST: GET /pets']);
  expect(tried(`{ /pets: { post: ${OK} } }`, { depth: 'examples' })).toEqual([]);
});

test('what is not safe is counted', () => {
  const { contract } = contractFromText(`openapi: 3.1.1\npaths: { /pets: { get: ${OK} } }\n`);
  const [operation] = contract?.operations ?? [];
  if (operation === undefined) throw new Error('none');
  const plan = casePlan(operation, { safe: true });
  expect([...plan].every(({ request }) => /GET|OPTIONS/.test(request.method))).toBe(true);
  expect(plan.skipped).toEqual([
    {
      reason: 'unsafe',
      count: 4,
      examples: ['PUT', 'PATCH', 'POST'].map(method => `GET /pets: method ${method} not documented`),
    },
  ]);
});
