import { expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { sequenceHints } from './sequence-hints.ts';

const { contract } = contractFromText(`openapi: 3.1.1
paths:
  /pets: { post: { responses: { '201': { description: Made } } } }
  /pets/{petId}: { get: { responses: { '200': { description: One } } } }
`);
const operations = contract?.operations ?? [];

test('hints for operations that there are go on as they are', () => {
  const sequences = {
    'POST /pets': { id: '$response.body#/key', item: '/pets/{petId}' },
    'GET /pets/{petId}': false,
  } as const;
  expect(sequenceHints({ sequences }, operations)).toEqual(sequences);
  expect(sequenceHints(undefined, operations)).toEqual({});
});

test.each([
  [{ 'POST /pet': false } as const, 'There is no operation "POST /pet": did you mean "POST /pets"?'],
  [{ 'POST /pets': { id: 'key' } }, 'test.sequences["POST /pets"].id is an expression such as'],
  [{ 'POST /pets': { item: '/dogs/{id}' } }, 'test.sequences["POST /pets"].item is a path of the document'],
  [
    { 'GET /pets/{petId}': { id: '$response.body#/id' } },
    '].id is for POST and PUT, not for GET /pets/{petId}',
  ],
])('%j is a mistake', (sequences, message) => {
  expect(() => sequenceHints({ sequences }, operations)).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) }),
  );
});
