import { describe, expect, test } from 'vitest';
import type { Sample } from '../checks/check.ts';
import { CHECKS } from '../checks/index.ts';
import { exchangeOf } from '../checks/sample-exchange.fixture.ts';

const check = CHECKS.find(({ name }) => name === 'valid-refused');
const findings = (sample: Sample): number => check?.check(exchangeOf(sample), {}).length ?? -1;
const BODY = `requestBody: { content: { application/json: { schema: { type: object, properties: { owner: { type: string, format: uuid } } } } } }
responses: { "201": { description: Made }, "400": { description: Wrong } }`;
const refused = (requestBody: string): number =>
  findings({ operation: BODY, request: 'POST /pets', requestBody, status: 400 });

describe('a valid body may be refused', () => {
  test.each([
    '{"shelterId":7}',
    '{"shelter_ids":[7]}',
    '{"items":[{"product":{"id":7}}]}',
    '{"owner":"6744a0da-4121-49cd-8479-f8cc20526495"}',
    '{"checkIn":"2026-01-02","checkOut":"2026-01-02"}',
    '{"minAge":5,"maxAge":4}',
  ])('for what it names: %s', body => expect(refused(body)).toBe(0));

  test.each(['{"id":7,"name":"Rex"}', '{"paid":true}', '{"shelterIds":[]}', '{"minAge":4,"maxAge":5}'])(
    'for no reason of the kind: %s',
    body => expect(refused(body)).toBe(1),
  );
});

test('a query may name what is not there, and ends before it begins', () => {
  const operation = 'responses: { "200": { description: Pets }, "400": { description: Wrong } }';
  expect(findings({ operation, request: 'GET /pets?shelterId=7', status: 400 })).toBe(0);
  expect(findings({ operation, request: 'GET /pets?from=9&to=10', status: 400 })).toBe(1);
  expect(findings({ operation, request: 'GET /pets?from=10&to=9', status: 400 })).toBe(0);
});

test('no reason excuses a status that the document does not name', () => {
  const operation = BODY.replace(', "400": { description: Wrong }', '');
  expect(findings({ operation, request: 'POST /pets', requestBody: '{"shelterId":7}', status: 400 })).toBe(1);
});

test('who signs in without credentials may be told that the password is wrong', () => {
  const responses = 'responses: { "200": { description: In }, "401": { description: Wrong } }';
  const body = 'requestBody: { content: { application/json: {} } }';
  const sample = { request: 'POST /login', requestBody: '{"password":"x"}', status: 401 } as const;
  expect(findings({ ...sample, operation: `${body}\n${responses}` })).toBe(0);
  expect(findings({ operation: responses, request: 'GET /health', status: 401 })).toBe(1);
});

describe('a refusal has no reason in ids', () => {
  const body = (ids: string, note: string): string => `{"owner":"${ids}","note":"${note}"}`;
  const OWNER = '6744a0da-4121-49cd-8479-f8cc20526495';
  const OTHER = '0c5a3a0e-5e38-4c35-a7f0-1c6a2d3b4e5f';
  const told = (first: string, second: string, status = 201): number =>
    findings({
      operation: BODY,
      request: 'POST /pets',
      requestBody: second,
      status,
      earlier: [{ operation: BODY, request: 'POST /pets', requestBody: first, status: 400 }],
      claims: [{ kind: 'likewise', refused: 0 }],
    });

  test('that are taken in another body', () => {
    expect(told(body(OWNER, 'long'), body(OWNER, 'short'))).toBe(1);
    expect(told('{"note":"long"}', body(OWNER, 'short'))).toBe(0);
  });

  test('unless that is refused as well, or names others', () => {
    expect(told(body(OWNER, 'long'), body(OWNER, 'short'), 400)).toBe(0);
    expect(told(body(OWNER, 'long'), body(OTHER, 'short'))).toBe(0);
    expect(told(body(OWNER, 'long'), '{"note":"short"}')).toBe(0);
    expect(told('{"owner":"x","of":[{"from":9,"to":8}]}', '{"owner":"x"}')).toBe(0);
  });
});
