import { describe, expect, test } from 'vitest';
import { contractFromText } from '../../read.ts';
import { casePlan } from '../case-plan.ts';
import type { Case } from './case.ts';
import type { CasePlanOptions } from './options.ts';

const PET =
  '{ type: object, required: [id, name, tags], xml: { name: pet }, properties: { id: { type: integer, maximum: 9, xml: { attribute: true } }, name: { type: string, maxLength: 9 }, tags: { type: array, items: { type: string, xml: { name: tag } } }, kind: { enum: [a, b] } } }';

function casesOf(content: string, options: CasePlanOptions = {}): readonly Case[] {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\ncomponents: { schemas: { Pet: ${PET} } }\npaths: { /pets: { post: { requestBody: { required: true, content: ${content} }, responses: { "200": { description: a } } } } }\n`,
  );
  const [operation] = contract?.operations ?? [];
  if (operation === undefined) throw new Error(content);
  return [...casePlan(operation, options)];
}

const SHARED = '{ schema: { $ref: "#/components/schemas/Pet" } }';
const XML = casesOf(`{ application/xml: ${SHARED} }`);

function sent({ request: { body, contentType } }: Case): string {
  return `${contentType} ${new TextDecoder().decode(body)}`.replace(/<\?xml[^?]*\?>\n/, '').trimEnd();
}

const negatives = (cases: readonly Case[]): readonly string[] =>
  cases.flatMap(one => (one.breaks === 'body' ? [`${one.name}: ${sent(one)}`] : []));

describe('XML', () => {
  test('is what valid requests are written in, by the hints of the schema', () => {
    const [first] = XML;
    expect(first === undefined ? '' : sent(first)).toMatch(
      /^application\/xml <pet id="\d"><name>[\w ]{1,9}<\/name>(<tag>[\w ]*<\/tag>)+<\/pet>$/,
    );
    expect(XML.map(sent)).toEqual(casesOf(`{ application/xml: ${SHARED} }`).map(sent));
  });

  test('is broken only where what is written is still wrong', () => {
    const broken = negatives(XML);
    expect(broken).toContainEqual('body not well-formed XML: application/xml <rehearsal>');
    expect(broken).toContainEqual(expect.stringMatching(/\(maximum\): .*<pet id="10">/));
    expect(broken).toContainEqual(expect.stringMatching(/\(maxLength\): .*<name>[\w ]{10}<\/name>/));
    expect(broken).toContainEqual(expect.stringMatching(/\(enum\): .*<kind>/));
    expect(broken).toContainEqual(expect.stringMatching(/"id".* \(required\): .*<pet><name>/));
    // A number is a text in XML, null an empty one, and an empty list leaves no trace.
    expect(broken.filter(one => /(name|tags).*\((type|required)\)/.test(one))).toEqual([
      expect.stringMatching(/"name".*\(required\)/),
    ]);
  });

  test('that shares its schema with JSON is broken too where there is time for it', () => {
    const content = `{ application/json: ${SHARED}, application/xml: ${SHARED} }`;
    const inXml = (depth: 'standard' | 'deep'): readonly string[] =>
      negatives(casesOf(content, { depth })).filter(one => one.startsWith('application/xml body'));
    expect(inXml('standard')).toEqual([]);
    expect(inXml('deep')).toContainEqual(
      expect.stringMatching(/\(maximum\): application\/xml <pet id="10">/),
    );
  });

  test('that is described as a text may be any', () => {
    const cases = casesOf('{ application/xml: { schema: { type: string } } }');
    expect(negatives(cases).filter(one => one.includes('well-formed'))).toEqual([]);
    expect(cases[0] === undefined ? '' : sent(cases[0])).toMatch(/^application\/xml <root>.*<\/root>$/);
  });
});

test('a rule that is not broken on the wire any more is not named for another one that is', () => {
  for (const type of ['application/xml', 'application/x-www-form-urlencoded']) {
    const cases = casesOf(
      `{ ${type}: { schema: { type: object, required: [name], properties: { name: { type: string, maxLength: 3 } } } } }`,
    );
    const broken = negatives(cases);
    expect(broken).toContainEqual(expect.stringMatching(/name.*\(maxLength\)/));
    expect(broken.filter(one => /name must be a string.*\(type\)/.test(one))).toEqual([]);
  }
});

test.each(['application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
  'lists that must be there have items in %s, where empty ones would be nothing',
  type => {
    const cases = casesOf(
      `{ ${type}: { schema: { type: object, required: [tags, name], properties: { tags: { type: array, items: { type: string } }, name: { type: [string, "null"], minLength: 1, maxLength: 5 } } } } }`,
    );
    const positive = cases.filter(({ intent }) => intent === 'positive');
    expect(positive.map(({ name }) => name)).toContain('required fields only');
    for (const one of positive) expect(sent(one)).toContain('tags');
    expect(negatives(cases)).toContainEqual(expect.stringContaining('(maxLength)'));
  },
);
