import { describe, expect, test } from 'vitest';
import type { CasePlanOptions } from '../../plan/cases/options.ts';
import { contractFromText } from '../../read.ts';
import { resourcesOf } from '../resources.ts';
import type { Sequence, Step } from '../sequence.ts';
import { inPlace } from './in-place.ts';

const DOCUMENT = `openapi: 3.1.1
info: { title: T, version: "1" }
security: [{ key: [] }]
paths:
  /pets:
    post:
      requestBody: { $ref: "#/components/requestBodies/Pet" }
      responses: { "201": { description: Made } }
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get:
      parameters: [{ name: fields, in: query, schema: { type: integer, maximum: 5 } }]
      responses: { "200": { description: One } }
    put:
      requestBody: { $ref: "#/components/requestBodies/Pet" }
      responses: { "200": { description: Replaced } }
    delete: { responses: { "204": { description: Gone } } }
  /pets/{id}/toys:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get: { responses: { "200": { description: All } } }
    post:
      requestBody: { $ref: "#/components/requestBodies/Pet" }
      responses: { "201": { description: Made } }
  /pets/{id}/toys/{toy}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
      - { name: toy, in: path, required: true, schema: { type: string } }
    get: { responses: { "200": { description: One } } }
  /settings:
    get: { responses: { "200": { description: Them } } }
    put: { responses: { "200": { description: Changed } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  requestBodies:
    Pet:
      required: true
      content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string, maxLength: 20 } } } } }
`;

function planned(path: string, options: CasePlanOptions = {}): Sequence | undefined {
  const { contract, problems } = contractFromText(DOCUMENT);
  if (contract === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  const resource = resourcesOf(contract.operations).find(one => one.path === path);
  if (resource === undefined) throw new Error(`no ${path}`);
  const sequence = inPlace.plan(resource, options);
  if (sequence !== undefined && 'reason' in sequence) throw new Error(sequence.reason);
  return sequence;
}

/** What is asked of an operation once the item is there: the expectation and what is special about it. */
function asked(key: string, options?: CasePlanOptions): readonly string[] {
  const steps = planned('/pets', options)?.steps.slice(1) ?? [];
  return steps
    .filter(({ operation }) => operation.key === key)
    .map(({ expectation, name }) => `${expectation} ${name.slice(key.length + 2)}`);
}

const isWrong = (text: string): boolean => /^(refused|unauthenticated) /.test(text);

describe('an item that was made', () => {
  test('is asked for what single cases ask, right and wrong', () => {
    const reading = asked('GET /pets/{id}');
    expect(reading).toContain('unauthenticated credentials missing');
    expect(reading.some(text => /^refused query parameter "fields": .* \(maximum\)$/.test(text))).toBe(true);
    expect(reading.some(text => /^accepted query parameter "fields"/.test(text))).toBe(true);
    const replacing = asked('PUT /pets/{id}');
    expect(replacing.some(text => /^refused .*\(maxLength\)$/.test(text))).toBe(true);
    expect(replacing.some(text => text.startsWith('accepted '))).toBe(true);
  });

  test('is not removed or made on purpose', () => {
    for (const key of ['DELETE /pets/{id}', 'POST /pets/{id}/toys']) {
      expect(asked(key).length).toBeGreaterThan(0);
      expect(asked(key).filter(text => !isWrong(text))).toEqual([]);
    }
  });

  test('has the lists under it asked too', () => {
    expect(asked('GET /pets/{id}/toys')).toContain('unauthenticated credentials missing');
  });

  test('stands in the path of every request, which is never wrong itself', () => {
    const steps: readonly Step[] = planned('/pets')?.steps.slice(1) ?? [];
    expect(steps.length).toBeGreaterThan(10);
    for (const { inputs, needs, name } of steps) {
      const ids = inputs.filter(({ into }) => into.kind === 'parameter' && into.parameter.name === 'id');
      expect([name, ids.length]).toEqual([name, 1]);
      expect(needs).toContainEqual({ step: 0, outcome: 'accepted' });
      expect(name).not.toContain('path parameter "id"');
    }
  });

  test('is removed at the end, and nothing is claimed of it', () => {
    const sequence = planned('/pets');
    expect(sequence?.cleanUp.map(({ name }) => name)).toEqual(['clean up: delete /pets/{id}']);
    expect(sequence?.steps.flatMap(({ claims }) => claims)).toEqual([]);
  });
});

test('nothing is asked at depth examples, nor of what nobody makes', () => {
  expect(planned('/pets', { depth: 'examples' })).toBeUndefined();
  expect(planned('/settings')).toBeUndefined();
});

test('the same document gives the same steps', () => {
  const names = (): readonly string[] | undefined => planned('/pets')?.steps.map(({ name }) => name);
  expect(names()).toEqual(names());
  expect(new Set(names()).size).toBe(names()?.length);
});
