import { expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { newCaseQueue } from './case-queue.ts';

const DOCUMENT = `openapi: 3.1.1
info: { title: Pets, version: "1" }
paths:
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    delete: { security: [{ key: [] }], responses: { "204": { description: Gone } } }
    get: { security: [{ key: [] }], responses: { "200": { description: A pet } } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`;

test('what removes comes last, and removes nothing before everything else was asked', () => {
  const { contract } = contractFromText(DOCUMENT);
  const ended: string[] = [];
  const queue = newCaseQueue(contract?.operations ?? [], 'http://localhost', {}, ({ operation }) => {
    ended.push(operation.method);
  });
  const sent: string[] = [];
  for (let next = queue.next(); next !== undefined; next = queue.next())
    sent.push(`${next.planned.operation.method} ${next.planned.expectation}`);
  const deleting = sent.filter(text => text.startsWith('DELETE'));
  expect(sent.slice(-deleting.length)).toEqual(deleting);
  expect(deleting).toContain('DELETE unauthenticated');
  expect(deleting.findIndex(text => text.endsWith('accepted'))).toBeGreaterThan(
    deleting.findLastIndex(text => text.endsWith('refused') || text.endsWith('unauthenticated')),
  );
  expect(ended).toEqual(['GET', 'DELETE']);
});
