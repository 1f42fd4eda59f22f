import { expect, test } from 'vitest';
import type { Contract } from '../model.ts';
import { contractFromText } from '../read.ts';
import { diffContracts } from './diff.ts';

function read(text: string): Contract {
  const { contract } = contractFromText(text);
  if (contract === undefined) throw new TypeError('no contract');
  return contract;
}

const SWAGGER = read(`swagger: '2.0'
info: { title: Pets, version: '1' }
host: api.example.com
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
securityDefinitions: { key: { type: apiKey, in: header, name: X-Key }, login: { type: basic } }
security: [{ key: [] }]
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - { name: limit, in: query, type: integer, minimum: 1, maximum: 9, exclusiveMaximum: true }
        - { name: tags, in: query, type: array, items: { type: string }, collectionFormat: multi }
      responses:
        '200': { description: Pets, schema: { type: array, items: { $ref: '#/definitions/Pet' } }, headers: { X-Total: { type: integer } } }
    post:
      parameters: [{ name: pet, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }]
      responses: { '201': { description: Kept, schema: { $ref: '#/definitions/Pet' } } }
definitions:
  Animal: { type: object, required: [name], properties: { name: { type: string, maxLength: 10 } } }
  Pet:
    allOf: [{ $ref: '#/definitions/Animal' }, { type: object, properties: { friends: { type: array, items: { $ref: '#/definitions/Pet' } } } }]
`);

const upgraded = (version: string, exclusive: string, pet: string): Contract =>
  read(`openapi: ${version}
info: { title: Pets, version: '1' }
servers: [{ url: https://api.example.com/v1 }]
security: [{ key: [] }]
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, ${exclusive} } }
        - { name: tags, in: query, explode: true, style: form, schema: { type: array, items: { type: string } } }
      responses:
        '200':
          description: All pets
          headers: { x-total: { schema: { type: integer } } }
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '201': { description: Kept, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Pet: ${pet}
`);

const FLAT =
  "{ type: object, required: [name], properties: { name: { type: string, maxLength: 10 }, friends: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }";
const FORMS: readonly (readonly [string, Contract])[] = [
  ['2.0', SWAGGER],
  ['3.0', upgraded('3.0.4', 'maximum: 9, exclusiveMaximum: true', FLAT)],
  ['3.1', upgraded('3.1.1', 'exclusiveMaximum: 9', FLAT)],
  ['3.1, whole numbers below 9', upgraded('3.1.1', 'maximum: 8', `{ allOf: [${FLAT}] }`)],
  ['3.2', upgraded('3.2.0', 'exclusiveMaximum: 9', FLAT)],
];

for (const [name, before] of FORMS) {
  for (const [other, after] of FORMS)
    test(`${name} and ${other} are the same API`, () => {
      expect(diffContracts(before, after)).toEqual([]);
    });
}

test('null, constants and bounds are the same in the words of 3.0 and 3.1', () => {
  const schema = (version: string, text: string): Contract =>
    read(
      `openapi: ${version}\ninfo: { title: T, version: '1' }\npaths: { /a: { post: { requestBody: { content: { application/json: { schema: ${text} } } }, responses: { '204': { description: OK } } } } }\n`,
    );
  for (const [old, now] of [
    ['{ type: string, nullable: true }', "{ type: [string, 'null'] }"],
    ['{ type: string, enum: [a] }', '{ const: a }'],
    ['{ type: number, minimum: 1, exclusiveMinimum: true }', '{ type: number, exclusiveMinimum: 1 }'],
    ['{ anyOf: [{ type: string }, { type: integer }] }', '{ anyOf: [{ type: integer }, { type: string }] }'],
    ['{ allOf: [{ minLength: 1 }, { type: string }] }', '{ type: string, minLength: 1 }'],
  ] as const) {
    expect(diffContracts(schema('3.0.4', old), schema('3.1.1', now)), old).toEqual([]);
  }
});

test('a change inside a recursive model is found once, and names how far it reaches', () => {
  const changed = upgraded('3.1.1', 'exclusiveMaximum: 9', FLAT.replace('maxLength: 10', 'maxLength: 5'));
  const found = diffContracts(SWAGGER, changed);
  expect(found.map(({ rule, operations }) => [rule, operations])).toEqual([
    ['request-length-narrowed', ['POST /pets']],
    ['response-length-narrowed', ['GET /pets', 'POST /pets']],
  ]);
});
