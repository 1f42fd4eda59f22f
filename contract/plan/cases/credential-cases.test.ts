import { describe, expect, test } from 'vitest';
import { contractFromText } from '../../read.ts';
import { casePlan } from '../case-plan.ts';
import type { CasePlanOptions } from './options.ts';

const SCHEMES = `components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    sid: { type: apiKey, in: cookie, name: sid }
    query: { type: apiKey, in: query, name: api_key }
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: bearer }
    oauth: { type: oauth2, flows: {} }`;

/** What is sent in each case about credentials, by its name; `!` before those that must be refused. */
function sent(security: string, options: CasePlanOptions = {}): Readonly<Record<string, string>> {
  const { contract } = contractFromText(
    `openapi: 3.1.1\npaths: { /a: { get: { security: ${security}, responses: { "200": { description: a } } } } }\n${SCHEMES}\n`,
  );
  const [operation] = contract?.operations ?? [];
  if (operation === undefined) throw new Error(security);
  const about = [...casePlan(operation, options)].filter(({ name }) => name.startsWith('credentials '));
  return Object.fromEntries(
    about.map(({ name, expectation, breaks, intent, request: { query, headers } }) => {
      const refused = expectation === 'unauthenticated';
      expect([breaks, intent]).toEqual(refused ? ['credentials', 'negative'] : [undefined, 'positive']);
      const fields = headers.map(pair => pair.join(': '));
      return [
        name.replace('credentials ', ''),
        `${refused ? '!' : ''}${[query, ...fields].join(' ').trim()}`,
      ];
    }),
  );
}

const given = (...pairs: readonly (readonly [string, string])[]): CasePlanOptions => ({
  credentials: new Map(pairs),
});

describe('where nobody gave credentials', () => {
  test('only what is wrong at a glance', () => {
    expect(sent('[{ key: [] }]')).toEqual({ missing: '!', 'empty for key': '!X-Key:' });
    expect(sent('[{ basic: [] }]')).toEqual({
      missing: '!',
      'empty for basic': '!Authorization: Basic',
      'not encoded for basic': '!Authorization: Basic rehearsal:rehearsal',
    });
  });

  test('each way in, and each part of one left out', () => {
    expect(sent('[{ key: [], query: [] }, { bearer: [] }]')).toMatchObject({
      'of bearer': 'Authorization: Bearer rehearsal',
      'without key': '!api_key=rehearsal',
      'without query': '!X-Key: rehearsal',
      'empty for key': '!api_key=rehearsal X-Key:',
    });
  });

  test('nothing is wrong where nobody has to be known', () => {
    expect(sent('[{ key: [] }, {}]')).toEqual({});
  });
});

describe('where somebody gave credentials', () => {
  test('made up, under another word, without one', () => {
    expect(sent('[{ bearer: [] }]', given(['bearer', 's3cret']))).toEqual({
      missing: '!',
      'empty for bearer': '!Authorization: Bearer',
      'under another scheme for bearer': '!Authorization: Basic s3cret',
      'without their scheme for bearer': '!Authorization: s3cret',
      'made up for bearer': '!Authorization: Bearer rehearsal-nobodys',
    });
    expect(sent('[{ basic: [] }]', given(['basic', 'me:pw']))['made up for basic']).toBe(
      `!Authorization: Basic ${btoa('rehearsal-nobodys:rehearsal-nobodys')}`,
    );
  });

  test.each([
    ['key', 'in the query for key', '!X-Key=l0ng-k3y'],
    ['sid', 'in the query for sid', '!sid=l0ng-k3y'],
    ['query', 'in the header for query', '!api_key: l0ng-k3y'],
  ])('in another place: %s', (scheme, name, expected) => {
    expect(sent(`[{ ${scheme}: [] }]`, given([scheme, 'l0ng-k3y']))[name]).toBe(expected);
    // A short one would be seen there in reports.
    expect(sent(`[{ ${scheme}: [] }]`, given([scheme, 'k3y']))).not.toHaveProperty(name);
  });

  test('no key gets into a URL where nothing may change', () => {
    expect(sent('[{ key: [] }]', { ...given(['key', 'l0ng-k3y']), safe: true })).not.toHaveProperty(
      'in the query for key',
    );
  });

  test('a header given by hand is one of them', () => {
    const cases = sent('[{ bearer: [] }]', { headers: [['authorization', 'Bearer s3cret']] });
    expect(cases['made up for bearer']).toBe('!Authorization: Bearer rehearsal-nobodys');
  });

  test('ways in without credentials are left alone', () => {
    const cases = sent('[{ key: [] }, { bearer: [] }, { sid: [] }]', given(['key', 'k'], ['sid', 's']));
    expect(cases['of sid']).toBe('Cookie: sid=s');
    expect(Object.keys(cases).filter(name => name.includes('bearer'))).toEqual([]);
  });

  test('what is wrong for one way in and right for another is not sent', () => {
    const cases = sent('[{ basic: [] }, { bearer: [] }]', given(['basic', 'me:pw']));
    expect(cases).not.toHaveProperty('under another scheme for basic');
  });

  test('of too little scope, where scopes are asked for', () => {
    const lesser = { lesserCredentials: new Map([['oauth', { secret: 'l3ss', scopes: ['read'] }]]) };
    const name = 'of too little scope for oauth';
    expect(sent('[{ oauth: [write] }]', lesser)[name]).toBe('!Authorization: Bearer l3ss');
    expect(sent('[{ oauth: [] }]', lesser)).not.toHaveProperty(name);
    // What it may do is no violation.
    expect(sent('[{ oauth: [read] }]', lesser)).not.toHaveProperty(name);
    expect(sent('[{ oauth: [write] }, { oauth: [read] }]', lesser)).not.toHaveProperty(name);
    expect(sent('[{ oauth: [read, write] }, { key: [] }]', lesser)).toHaveProperty(name);
    expect(sent('[{ oauth: [write] }, { bearer: [] }]', lesser)).not.toHaveProperty(name);
  });
});

test('a credential of less scope that nobody gave is counted where others are real', () => {
  const skipped = (security: string, options: CasePlanOptions): readonly string[] => {
    const { contract } = contractFromText(
      `openapi: 3.1.1\npaths: { /a: { get: { security: ${security}, responses: { "200": { description: a } } } } }\n${SCHEMES}\n`,
    );
    const [operation] = contract?.operations ?? [];
    if (operation === undefined) throw new Error(security);
    const plan = casePlan(operation, options);
    expect([...plan].length).toBeGreaterThan(0);
    return plan.skipped
      .filter(({ reason }) => reason === 'no-lesser-credential')
      .flatMap(one => one.examples);
  };
  const name = 'GET /a: credentials of too little scope for oauth';
  expect(skipped('[{ oauth: [write] }]', given(['oauth', 't0ken']))).toEqual([name]);
  expect(skipped('[{ oauth: [] }]', given(['oauth', 't0ken']))).toEqual([]);
  expect(skipped('[{ oauth: [write] }]', {})).toEqual([]);
});

test('the examples alone say nothing of it', () => {
  expect(sent('[{ key: [] }]', { depth: 'examples' })).toEqual({});
});
