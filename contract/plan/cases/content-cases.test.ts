import { describe, expect, test } from 'vitest';
import { contractFromText } from '../../read.ts';
import { casePlan } from '../case-plan.ts';
import type { Case } from './case.ts';
import type { CasePlanOptions } from './options.ts';

function casesOf(content: string, options: CasePlanOptions = {}): readonly Case[] {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /pets: { post: { requestBody: { required: true, content: ${content} }, responses: { "200": { description: a } } } } }\n`,
  );
  const [operation] = contract?.operations ?? [];
  if (operation === undefined) throw new Error(content);
  return [...casePlan(operation, options)];
}

const bodyOf = ({ request }: Case): string => new TextDecoder('latin1').decode(request.body);
/** What is expected of the case of a name, its content type and its body. */
function sent(cases: readonly Case[], name: string): readonly unknown[] | undefined {
  const found = cases.find(one => one.name === name);
  return found && [found.expectation, found.request.contentType, bodyOf(found)];
}

const SCHEMA = '{ type: object, required: [a], properties: { a: { const: 1 } } }';
const JSON_ONLY = `{ application/json: { schema: ${SCHEMA} } }`;

describe('content types', () => {
  test('others that exist, none, and one with a charset', () => {
    const cases = casesOf(JSON_ONLY);
    expect(sent(cases, 'content type text/plain not documented')).toEqual([
      'refused',
      'text/plain',
      '{"a":1}',
    ]);
    expect(sent(cases, 'content type application/xml not documented')?.[0]).toBe('refused');
    expect(sent(cases, 'content type missing')).toEqual(['any', undefined, '{"a":1}']);
    expect(sent(cases, 'content type with a charset')).toEqual([
      'any',
      'application/json; charset=utf-8',
      '{"a":1}',
    ]);
  });

  test('what is documented is not wrong', () => {
    const cases = casesOf(`{ application/json: { schema: ${SCHEMA} }, "text/*": {} }`, { depth: 'deep' });
    expect(cases.map(({ name }) => name).filter(name => name.endsWith('not documented'))).toEqual([
      'content type not documented',
      'content type application/xml not documented',
      'content type application/x-www-form-urlencoded not documented',
      ...['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(method => `method ${method} not documented`),
    ]);
  });

  test('a Content-Type that a person gave stands, and is not missing', () => {
    const cases = casesOf(JSON_ONLY, { headers: [['content-type', 'application/json']] });
    expect(sent(cases, 'content type with a charset')).toBeUndefined();
  });
});

describe('bodies that are not what they say', () => {
  test('JSON', () => {
    const cases = casesOf(JSON_ONLY, { depth: 'deep' });
    const slips = cases.filter(({ name }) => name.startsWith('body of JSON'));
    expect(slips.map(bodyOf)).toEqual([
      '{"a":1,}',
      '{"a":1}x',
      "{'rehearsal': 'sample'}",
      '{"a":1} // sample',
      '{"rehearsal": NaN}',
      '{"a":1',
    ]);
    expect(slips.every(({ expectation, breaks }) => expectation === 'refused' && breaks === 'body')).toBe(
      true,
    );
  });

  test.each([
    ['{ type: array }', '[1,]'],
    ['{ type: object }', '{"rehearsal":1,}'],
    ['{ const: [1, 2] }', '[1,2,]'],
    ['{ const: 5 }', '5,'],
  ])('a comma too many in %s', (schema, expected) => {
    const slip = casesOf(`{ application/json: { schema: ${schema} } }`).find(({ name }) =>
      name.includes('comma'),
    );
    expect(slip && bodyOf(slip)).toBe(expected);
  });

  test('multipart', () => {
    const cases = casesOf(`{ multipart/form-data: { schema: ${SCHEMA} } }`);
    expect(sent(cases, 'multipart body without a boundary')?.slice(0, 2)).toEqual([
      'refused',
      'multipart/form-data',
    ]);
    expect(String(sent(cases, 'multipart body cut off')?.[2])).not.toMatch(/--\r\n$/);
  });

  test('forms, of which readers may make what they like', () => {
    const cases = casesOf(`{ application/x-www-form-urlencoded: { schema: ${SCHEMA} } }`);
    expect(sent(cases, 'form body with a percent sign that encodes nothing')).toEqual([
      'any',
      'application/x-www-form-urlencoded',
      'a=1&rehearsal=%zz',
    ]);
  });
});
