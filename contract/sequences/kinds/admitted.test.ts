import { describe, expect, test } from 'vitest';
import { contractFromText } from '../../read.ts';
import type { Sequence } from '../sequence.ts';
import { sequencePlan } from '../sequence-plan.ts';

const DOCUMENT = `openapi: 3.1.1
info: { title: T, version: "1" }
security: [{ key: [] }, { token: [] }]
paths:
  /pets:
    get: { responses: { "200": { description: All } } }
    post: { responses: { "201": { description: Made } } }
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: { responses: { "200": { description: One } } }
    delete: { responses: { "204": { description: Gone } } }
  /settings:
    get: { security: [{ key: [] }], responses: { "200": { description: Them } } }
    put: { responses: { "200": { description: Changed } } }
  /open: { get: { security: [], responses: { "200": { description: Anybody } } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    token: { type: http, scheme: bearer }
`;

function planned(...secrets: readonly (readonly [string, string])[]): readonly Sequence[] {
  const { contract, problems } = contractFromText(DOCUMENT);
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  const options = { credentials: new Map(secrets), headers: [['X-Key', 'by hand']] as const };
  return [...sequencePlan(contract, options)].filter(({ id }) => id.endsWith(' admitted'));
}

describe('where there are credentials for several ways in', () => {
  const sequences = planned(['key', 'k'], ['token', 't']);

  test('each reading is asked with each, and with the first once more', () => {
    expect(sequences.map(({ id, steps }) => [id, ...steps.map(({ name }) => name)])).toEqual([
      ['/pets admitted', 'create it', 'ask with key', 'ask with token', 'ask with key once more'],
      ['GET /pets admitted', 'ask with key', 'ask with token', 'ask with key once more'],
    ]);
    expect(sequences[0]?.cleanUp.map(({ name }) => name)).toEqual(['clean up: delete /pets/{id}']);
  });

  test('every later one is compared with those before it, and a header given by hand says nothing', () => {
    const steps = sequences[1]?.steps ?? [];
    expect(steps.map(({ claims }) => claims)).toEqual([
      [{ kind: 'admitted', as: [] }],
      [{ kind: 'admitted', as: [0] }],
      [{ kind: 'admitted', as: [0, 1] }],
    ]);
    expect(steps.map(({ parts }) => [parts.given, parts.credentials.headers])).toEqual([
      [[], [['X-Key', 'k']]],
      [[], [['Authorization', 'Bearer t']]],
      [[], [['X-Key', 'k']]],
    ]);
  });
});

test('with credentials for one way, or for none, there is nothing to compare', () => {
  expect(planned(['key', 'k'])).toEqual([]);
  expect(planned()).toEqual([]);
});
