import { expect, test } from 'vitest';
import { contractFromText } from '../../read.ts';
import { casePlan } from '../case-plan.ts';
import type { Case } from './case.ts';

const SCHEMA =
  '{ type: object, required: [name, kind, roomId, at], properties: { name: { type: string, maxLength: 40, example: Rex }, kind: { enum: [dog] }, roomId: { type: string }, at: { type: string, format: date }, age: { type: integer, maximum: 30 } } }';

function bodies(
  status: string,
): readonly { readonly name: string; readonly body: Record<string, unknown> }[] {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: a, version: '1' }\npaths:\n  /pets:\n    post:\n      requestBody: { required: true, content: { application/json: { schema: ${SCHEMA} } } }\n      responses: { '201': { description: b }, '${status}': { description: c } }\n`,
  );
  const operation = contract?.operations[0];
  const cases: readonly Case[] = operation === undefined ? [] : [...casePlan(operation, {})];
  return cases
    .filter(({ name }) => /age/.test(name))
    .map(({ name, request }) => ({ name, body: JSON.parse(new TextDecoder().decode(request.body)) }));
}

test('where a conflict is documented, each case has a name of its own', () => {
  const names = bodies('409').map(({ body }) => body['name']);
  expect(names.length).toBeGreaterThan(2);
  expect(new Set(names).size).toBe(names.length);
  for (const { body } of bodies('409')) expect(body).toMatchObject({ kind: 'dog', at: '2024-01-15' });
  expect(new Set(bodies('409').map(({ body }) => body['roomId'])).size).toBe(1);
});

test('elsewhere all are alike, so that a failure shows one difference', () => {
  expect(new Set(bodies('400').map(({ body }) => body['name']))).toEqual(new Set(['Rex']));
});
