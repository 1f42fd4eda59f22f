import { expect, test } from 'vitest';
import { contractFromText } from '../../read.ts';
import { casePlan } from '../case-plan.ts';
import type { Case } from './case.ts';
import type { CasePlanOptions } from './options.ts';

interface Planned {
  readonly accepts: readonly string[];
  readonly cases: readonly Case[];
  readonly left: readonly string[];
}

/** The Accept headers sent, each with what is expected. */
function planned(responses: string, options: CasePlanOptions = {}): Planned {
  const { contract } = contractFromText(
    `openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /pets: { get: { responses: ${responses} } } }\n`,
  );
  const [operation] = contract?.operations ?? [];
  if (operation === undefined) throw new Error(responses);
  const plan = casePlan(operation, options);
  const cases = [...plan].filter(({ request }) => request.headers.some(([name]) => name === 'Accept'));
  const accepts = cases.map(
    ({ request, expectation }) => `${request.headers.map(([, value]) => value).join()} ${expectation}`,
  );
  return { accepts, cases, left: plan.skipped.flatMap(({ examples }) => examples) };
}

const content = (...types: readonly string[]): string =>
  `{ description: a, content: { ${types.map(type => `${type}: {}`).join(', ')} } }`;

test('each documented type, and one that is not', () => {
  const { accepts, cases } = planned(`{ "200": ${content('application/json', 'text/csv', 'image/*')} }`);
  expect(accepts).toEqual([
    'application/json accepted',
    'text/csv accepted',
    'image/* accepted',
    'application/x-rehearsal any',
  ]);
  expect(cases.map(({ intent, breaks }) => breaks ?? intent)).toEqual([
    'positive',
    'positive',
    'positive',
    'accept',
  ]);
});

test('who documents 406 is held to it', () => {
  const { accepts, cases } = planned(`{ "200": ${content('text/csv')}, "406": { description: b } }`);
  expect(accepts).toEqual(['text/csv accepted', 'application/x-rehearsal refused']);
  expect(cases.at(-1)?.why.pointer).toBe('/paths/~1pets/get/responses/406');
});

test('a type of one status alone may not be to be had, and that is said', () => {
  const { accepts, left } = planned(
    `{ "200": ${content('application/json', 'text/csv')}, "202": ${content('application/json')}, "204": { description: c }, "400": ${content('text/html')} }`,
  );
  expect(accepts).toEqual(['application/json accepted', 'application/x-rehearsal any']);
  expect(left).toEqual(['GET /pets: accepting text/csv']);
});

test('where there is nothing to choose from, nothing is asked', () => {
  expect(planned('{ "204": { description: a } }').accepts).toEqual([]);
  expect(planned(`{ "200": ${content('"*/*"')} }`).accepts).toEqual([]);
  expect(planned(`{ "200": ${content('text/csv')} }`, { depth: 'examples' }).accepts).toEqual([]);
});

test('an Accept that a person gave stands', () => {
  const { accepts } = planned(`{ "200": ${content('text/csv')} }`, { headers: [['Accept', 'text/*']] });
  expect(new Set(accepts.map(text => text.split(' ')[0]))).toEqual(new Set(['text/*']));
});
