import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contractFromText } from '../read.ts';
import { lintContract } from './lint.ts';
import { LINT_RULES } from './lint-rules.ts';
import { sampleDocument } from './rule.ts';

const lint = async (sample: string, rules: readonly string[] = []): Promise<readonly string[]> => {
  const { contract, problems } = contractFromText(sampleDocument(sample), { name: 'sample.yaml' });
  return (await lintContract(contract, problems, { rules })).map(
    ({ rule, severity, message }) => `${severity} ${rule}: ${message}`,
  );
};

describe.each(LINT_RULES.map(rule => [rule.name, rule] as const))('%s', (name, rule) => {
  it('is found in its failing sample', async () => {
    const found = await lint(rule.failing, [name]);
    expect(found.length).toBeGreaterThan(0);
    for (const problem of found) expect(problem).toContain(` ${name}: `);
  });

  it('is not found in its passing sample, and neither is any other error', async () => {
    expect(await lint(rule.passing, [name])).toEqual([]);
    expect((await lint(rule.passing)).filter(problem => /^(fatal|error)/.test(problem))).toEqual([]);
  });

  it('speaks in whole sentences', () => {
    for (const text of [rule.title, rule.fix]) expect(text).toMatch(/^\S.*\.$/);
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

it('a response that cannot be read is told once, and not as missing', async () => {
  const paths = "paths: { /pets: { get: { responses: { '2000': { description: x } } } } }";
  const told = await lint(`openapi: 3.0.4\ninfo: { title: T, version: '1' }\n${paths}\n`);
  expect(told.map(line => line.split(':')[0])).toEqual(['error response-status']);
});

describe('what is right', () => {
  it.each([
    [
      'a path item among the components, used by a path',
      `paths: {'/a/{id}': {$ref: '#/components/pathItems/A'}}
webhooks: {w: {$ref: '#/components/pathItems/B'}}
components:
  pathItems:
    A: {parameters: [{name: id, in: path, required: true, schema: {}}], get: {operationId: a, responses: {'200': {description: x}}}}
    B: {post: {operationId: b, responses: {'200': {description: x}}}}
`,
    ],
    [
      'a callback among the components, used twice',
      `paths:
  /a: {post: {operationId: a, callbacks: {c: {$ref: '#/components/callbacks/C'}}, responses: {'200': {description: x}}}}
  /b: {post: {operationId: b, callbacks: {c: {$ref: '#/components/callbacks/C'}}, responses: {'200': {description: x}}}}
components: {callbacks: {C: {'{$url}': {post: {operationId: c, responses: {'200': {description: x}}}}}}}
`,
    ],
    [
      'a greedy path variable',
      `paths: {'/a/{proxy+}': {get: {parameters: [{name: proxy, in: path, required: true, schema: {}}], responses: {'200': {description: x}}}}}
`,
    ],
    [
      'a path variable next to text',
      `paths: {'/a/{id}.json': {parameters: [{name: id, in: path, required: true, schema: {}}], get: {responses: {'200': {description: x}}}}, '/a/{id}': {parameters: [{name: id, in: path, required: true, schema: {}}], get: {responses: {'200': {description: x}}}}}
`,
    ],
    [
      'a reference with keywords beside it',
      `paths: {}
components: {schemas: {A: {type: string}, B: {$ref: '#/components/schemas/A', maxLength: 3, example: abc}}}
`,
    ],
    [
      'null in 3.0 where the type allows it',
      `openapi: 3.0.4
info: {title: T, version: '1'}
paths: {}
components: {schemas: {A: {type: string, nullable: true, enum: [a, null], default: null, example: null}, B: {nullable: true, description: anything}}}
`,
    ],
    [
      'integers among numbers',
      `paths: {}
components: {schemas: {A: {allOf: [{type: number}, {type: integer}], enum: [1, 2.0], default: 1}, B: {type: number, const: 1}}}
`,
    ],
    [
      'a discriminator that allOf brings',
      `paths: {}
components:
  schemas:
    Base: {type: object, required: [kind], properties: {kind: {type: string}}}
    Dog: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object}]}
    Pet: {oneOf: [{$ref: '#/components/schemas/Dog'}, {type: 'null'}], discriminator: {propertyName: kind}}
`,
    ],
    [
      'a required property that a pattern allows',
      `paths: {}
components: {schemas: {A: {type: object, required: [x-a], patternProperties: {^x-: {}}, additionalProperties: false}}}
`,
    ],
    [
      'a server filled in from outside',
      `servers: [{url: 'https://\${STAGE}.example.com/\${BASE}'}]
paths: {}
`,
    ],
    [
      'links by place and name',
      `paths:
  /a: {post: {responses: {'201': {description: x, links: {l: {operationId: g, parameters: {path.id: $response.body#/id}}}}}}}
  /a/{id}: {get: {operationId: g, parameters: [{name: id, in: path, required: true, schema: {}}], responses: {'200': {description: x}}}}
`,
    ],
  ])('%s', async (_what, text) => {
    expect(await lint(text)).toEqual([]);
  });
});

describe('the list of rules', () => {
  it('holds every file of rules/, under the name of the file', () => {
    const files = readdirSync(new URL('./rules/', import.meta.url)).map(file => file.replace(/\.ts$/, ''));
    expect(LINT_RULES.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });
});
