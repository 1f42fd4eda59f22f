/**
 * Templates that look into a request: those of mocks that echo, and those that hand a request to a function. Each with
 * requests; what Apache Velocity makes of them is recorded by `record-back-ends.ts`.
 */
import { type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { Contract } from '../../contract/model.ts';
import { contractFromValue } from '../../contract/read.ts';
import { gatewayDocument } from '../../gateway/document/gateway-document.ts';
import { digest, HOSTILE } from './mock-templates.ts';

export interface SentValue {
  readonly place: 'path' | 'querystring' | 'header';
  readonly name: string;
  readonly value: string;
}

export interface BackEndTemplate {
  readonly name: string;
  readonly template: string;
  readonly body: string;
  readonly values: readonly SentValue[];
}

/** One operation with a property for each kind of thing that a value may have to keep to. */
export function echoingContract(): Contract {
  const kinds: Record<string, Json> = {
    text: { type: 'string' },
    short: { type: 'string', minLength: 2, maxLength: 5 },
    slug: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    uuid: { type: 'string', format: 'uuid' },
    size: { type: 'string', enum: ["it's", 'big$', 'small'] },
    whole: { type: 'integer', minimum: -5, exclusiveMaximum: 900 },
    count: { type: 'integer', format: 'int32' },
    real: { type: 'number', maximum: 99.5 },
    flag: { type: 'boolean' },
    known: { type: ['string', 'null'] },
  };
  const example: Record<string, Json> = {
    'X-Trace': 'none',
    id: 'one $id #if ##',
    text: 'example',
    short: 'abc',
    slug: 'a',
    uuid: '123e4567-e89b-12d3-a456-426614174000',
    size: 'small',
    whole: 1,
    count: 2,
    real: 1.5,
    flag: false,
    known: null,
    other: ['kept $as #it is'],
  };
  const query = (name: string, schema: Json): Json => ({ name, in: 'query', schema });
  // What a parameter may be is wider than what the property may.
  const wide: Record<string, Json> = { whole: 'integer', count: 'integer', real: 'number', flag: 'boolean' };
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'Echo', version: '1' },
    paths: {
      '/things/{id}': {
        get: {
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
            ...Object.keys(kinds).map(name => query(name, { type: wide[name] ?? 'string' })),
          ],
          responses: {
            '200': {
              description: 'x',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    allOf: [{ properties: { id: { type: 'string' } } }, { properties: kinds }],
                  },
                  examples: { one: { value: example }, two: { value: { ...example, other: [] } } },
                },
              },
            },
          },
        },
      },
    },
  });
  if (contract === undefined) throw new Error('no contract');
  return contract;
}

const VALUES = [
  ...HOSTILE,
  "it's",
  'big$',
  "\\'",
  '</b>',
  'ab',
  '-5',
  '900',
  '2147483648',
  '99.5',
  'true',
  '1e3',
  '007',
  '-0',
];

/** Each template with each of the values in each place. */
export function backEndTemplates(): readonly BackEndTemplate[] {
  const contract = echoingContract();
  const integrationOf = (options: Parameters<typeof gatewayDocument>[1]): Json => {
    const { document } = gatewayDocument(contract, options);
    const operation = own(own(own(document, 'paths'), '/things/{id}'), 'get');
    return own(operation, 'x-amazon-apigateway-integration') ?? null;
  };
  const echoing = own(own(integrationOf({ echo: true }), 'responses'), 'default');
  const echo = String(own(own(echoing, 'responseTemplates'), 'application/json'));
  const request = own(integrationOf({ integrations: { all: 'aws' } }), 'requestTemplates') as JsonObject;
  const names = ['text', 'short', 'slug', 'uuid', 'size', 'whole', 'count', 'real', 'flag', 'known'];
  return VALUES.flatMap((value, index) => {
    const values: readonly SentValue[] = [
      { place: 'path', name: 'id', value: encodeURIComponent(value) },
      ...names.map((name): SentValue => ({ place: 'querystring', name, value })),
      { place: 'header', name: 'x-trace', value },
    ];
    return [
      { name: `echo ${index}`, template: echo, body: '', values },
      {
        name: `aws ${index}`,
        template: String(request['application/json']),
        body: '{"a": [1, "it\'s"]}',
        values,
      },
    ];
  });
}

export { digest };
