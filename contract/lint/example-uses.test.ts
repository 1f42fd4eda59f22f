import { describe, expect, it } from 'vitest';
import { contractFromText } from '../read.ts';
import { lintContract } from './lint.ts';
import { sampleDocument } from './rule.ts';

const invalid = async (text: string): Promise<readonly string[]> => {
  const { contract, problems } = contractFromText(sampleDocument(text));
  return (await lintContract(contract, problems, { rules: ['example-invalid'] })).map(
    ({ source, message }) => `${source.pointer} ${message}`,
  );
};
const answer = (media: string, yaml: string): string =>
  `paths: {/a: {get: {responses: {'200': {description: x, content: {${media}: {${yaml}}}}}}}}\n`;
const body = (media: string, yaml: string): string =>
  `paths: {/a: {post: {requestBody: {content: {${media}: {${yaml}}}}, responses: {'204': {description: x}}}}}\n`;
const query = (yaml: string): string =>
  `paths: {/a: {get: {parameters: [{name: q, in: query, ${yaml}}], responses: {'204': {description: x}}}}}\n`;

const OBJECT =
  'schema: {type: object, required: [id, secret], properties: {id: {type: integer, readOnly: true}, secret: {type: string, writeOnly: true}}}';

describe('which way an example travels', () => {
  it.each<[string, string, boolean]>([
    [
      'a request may leave out what is read-only',
      body('application/json', `${OBJECT}, example: {secret: x}`),
      true,
    ],
    ['a request may not leave out the rest', body('application/json', `${OBJECT}, example: {id: 1}`), false],
    [
      'a response may leave out what is write-only',
      answer('application/json', `${OBJECT}, example: {id: 1}`),
      true,
    ],
    [
      'a response may not leave out the rest',
      answer('application/json', `${OBJECT}, example: {secret: x}`),
      false,
    ],
    [
      'an example beside a schema may do either',
      `paths: {}\ncomponents: {schemas: {A: {${OBJECT.slice('schema: {'.length, -1)}, examples: [{id: 1}, {secret: x}]}}}\n`,
      true,
    ],
    [
      'but not both',
      `paths: {}\ncomponents: {schemas: {A: {${OBJECT.slice('schema: {'.length, -1)}, example: {}}}}\n`,
      false,
    ],
    [
      'a webhook may do either',
      `webhooks: {a: {post: {requestBody: {content: {application/json: {${OBJECT}, example: {id: 1}}}}, responses: {'204': {description: x}}}}}\n`,
      true,
    ],
  ])('%s', async (_what, text, valid) => {
    expect((await invalid(text)).length === 0).toBe(valid);
  });
});

describe('examples in their written form', () => {
  it.each<[string, string, boolean]>([
    ['a number as text', query("schema: {type: integer}, example: '10'"), true],
    ['no number as text', query('schema: {type: integer}, example: ten'), false],
    [
      'a list as text',
      query("schema: {type: array, items: {type: integer}}, explode: false, example: '1,2'"),
      true,
    ],
    [
      'a list whose item is wrong',
      query("schema: {type: array, items: {type: integer}}, explode: false, example: '1,x'"),
      false,
    ],
    ['a list as a list', query('schema: {type: array, items: {type: integer}}, example: [1, 2]'), true],
    [
      'a form as text',
      body(
        'application/x-www-form-urlencoded',
        'schema: {type: object, properties: {a: {type: integer}}}, example: a=1',
      ),
      true,
    ],
    [
      'a form as text that is wrong',
      body(
        'application/x-www-form-urlencoded',
        'schema: {type: object, properties: {a: {type: integer}}}, example: a=x',
      ),
      false,
    ],
    ['XML', answer('application/xml', "schema: {type: object}, example: '<a/>'"), true],
    [
      'XML that is wrong',
      answer('application/xml', "schema: {type: object, required: [a]}, example: '<a/>'"),
      false,
    ],
    [
      'XML that is not well-formed',
      answer('application/xml', "schema: {type: object}, example: '<a>'"),
      false,
    ],
    [
      'XML with a document type',
      answer('application/xml', "schema: {type: object, required: [a]}, example: '<!DOCTYPE a><a/>'"),
      true,
    ],
    [
      'XML as data',
      answer('application/xml', 'schema: {type: object, required: [a]}, example: {b: 1}'),
      false,
    ],
    ['text', answer('text/plain', 'schema: {type: string, maxLength: 2}, example: abc'), false],
    [
      'lines of JSON',
      answer('application/jsonl', 'schema: {type: array, items: {type: integer}}, example: "1\\n2\\n"'),
      true,
    ],
    [
      'JSON as a string is a string',
      answer('application/json', "schema: {type: object}, example: '{}'"),
      false,
    ],
  ])('%s', async (_what, text, valid) => {
    expect((await invalid(text)).length === 0).toBe(valid);
  });
});

describe('places', () => {
  it('points at the part of the example that is wrong', async () => {
    const schema = 'schema: {type: array, items: {type: object, properties: {a/b: {type: integer}}}}';
    expect(await invalid(answer('application/json', `${schema}, example: [{}, {a/b: x}]`))).toEqual([
      '/paths/~1a/get/responses/200/content/application~1json/example/1/a~1b The example does not fit its schema: /1/a~1b must be an integer, is a string.',
    ]);
    expect(
      await invalid(answer('application/json', `${schema}, examples: {one: {value: [{a/b: x}]}}`)),
    ).toEqual([
      '/paths/~1a/get/responses/200/content/application~1json/examples/one/value/0/a~1b The example "one" does not fit its schema: /0/a~1b must be an integer, is a string.',
    ]);
  });

  it('finds every kind of example', async () => {
    const found = await invalid(`paths:
  /a:
    get:
      parameters: [{name: q, in: query, schema: {type: integer}, examples: {x: {value: no}}}, {name: c, in: cookie, content: {application/json: {schema: {type: integer}, example: no}}}]
      responses: {'200': {description: x, headers: {X-A: {schema: {type: integer}, example: no}}}}
components:
  schemas: {Used: {type: object, properties: {a: {type: integer, example: no}}}, Unused: {type: integer, examples: [1, no]}}
  parameters: {Unused: {name: p, in: query, schema: {type: integer}, example: no}}
  responses: {Unused: {description: x, content: {application/json: {schema: {type: integer}, example: no}}}}
  requestBodies: {Unused: {content: {application/json: {schema: {type: integer}, example: no}}}}
  headers: {Unused: {schema: {type: integer}, example: no}}
  pathItems: {Unused: {get: {parameters: [{name: q, in: query, schema: {type: integer}, example: no}]}}}
  callbacks: {Unused: {'{$url}': {post: {requestBody: {content: {application/json: {schema: {type: integer}, example: no}}}}}}}
`);
    expect(found.map(line => line.split(' ')[0])).toEqual([
      '/paths/~1a/get/parameters/0/examples/x/value',
      '/paths/~1a/get/parameters/1/content/application~1json/example',
      '/paths/~1a/get/responses/200/headers/X-A/example',
      '/components/schemas/Used/properties/a/example',
      '/components/schemas/Unused/examples/1',
      '/components/parameters/Unused/example',
      '/components/responses/Unused/content/application~1json/example',
      '/components/requestBodies/Unused/content/application~1json/example',
      '/components/headers/Unused/example',
      '/components/pathItems/Unused/get/parameters/0/example',
      '/components/callbacks/Unused/{$url}/post/requestBody/content/application~1json/example',
    ]);
  });

  it('tells an example that many refer to once', async () => {
    const media =
      "content: {application/json: {schema: {type: integer}, examples: {one: {$ref: '#/components/examples/One'}}}}";
    const found =
      await invalid(`paths: {/a: {get: {responses: {'200': {description: x, ${media}}, '201': {description: x, ${media}}}}}}
components: {examples: {One: {value: no}}}
`);
    expect(found).toEqual([
      '/components/examples/One/value The example "one" does not fit its schema: it must be an integer, is a string.',
    ]);
  });

  it.each([
    [
      "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {parameters: [{name: q, in: query, type: integer, x-example: no}], responses: {'200': {description: x, schema: {type: integer}, examples: {application/json: no}}}}}}\n",
      2,
    ],
    [
      "openapi: 3.0.4\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {type: string, nullable: true, example: null}, B: {type: integer, example: no}}}\n",
      1,
    ],
    [
      "openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'200': {content: {application/jsonl: {itemSchema: {type: integer}, examples: {a: {dataValue: [1, no]}}}}}}}}}\n",
      1,
    ],
  ])('in every version: %s', async (text, count) => {
    expect((await invalid(text)).length).toBe(count);
  });
});
