/** The exchanges that the samples of sequence checks build on: a pet made, read, changed and deleted. */
import type { Claim } from '../claim.ts';
import type { EarlierSample } from './check.ts';

const PET =
  '{ type: object, properties: { id: { type: integer, readOnly: true }, name: { type: string }, age: { type: integer } } }';

/** The members of an operation that answers with a pet. */
export const READ_PET: string = `responses:
  "200": { description: A pet, content: { application/json: { schema: ${PET} } } }
  "404": { description: None }`;

/** The members of an operation that answers with a list of pets. */
export const LIST_PETS: string = `responses:
  "200": { description: Pets, content: { application/json: { schema: { type: array, items: ${PET} } } } }`;

/** What a page of a walk in pages of two must bear out. */
export const PAGE_OF_TWO: Claim = {
  kind: 'page',
  shape: { items: '', id: 'id' },
  size: 2,
  more: { kind: 'link' },
};

export const JSON_TYPE: Readonly<Record<string, string>> = { 'Content-Type': 'application/json' };

const WRITTEN = `requestBody: { content: { application/json: { schema: ${PET} } } }`;

export const MADE_REX: EarlierSample = {
  operation: `${WRITTEN}\nresponses: { "201": { description: Made, content: { application/json: { schema: ${PET} } } } }`,
  request: 'POST /pets',
  requestBody: '{"name":"Rex","age":3}',
  status: 201,
  headers: { ...JSON_TYPE, Location: '/pets/7' },
  body: '{"id":7,"name":"Rex","age":3}',
};

export const READ_REX: EarlierSample = {
  operation: READ_PET,
  request: 'GET /pets/7',
  status: 200,
  headers: JSON_TYPE,
  body: '{"id":7,"name":"Rex","age":3}',
};

export const RENAMED: EarlierSample = {
  operation: `${WRITTEN}\nresponses: { "204": { description: Changed } }`,
  request: 'PATCH /pets/7',
  requestBody: '{"name":"Bella"}',
  status: 204,
};

export const RENAMING_REFUSED: EarlierSample = {
  operation: `${WRITTEN}\nresponses: { "204": { description: Changed }, "400": { description: Wrong } }`,
  request: 'PUT /pets/7',
  expectation: 'refused',
  requestBody: '{"name":"Bella","age":"old"}',
  status: 400,
};

export const DELETED: EarlierSample = {
  operation: 'responses: { "204": { description: Gone } }',
  request: 'DELETE /pets/7',
  status: 204,
};
