import { expect, it } from 'vitest';
import { contractFromText } from '../read.ts';
import { lintContract } from './lint.ts';
import { sampleDocument } from './rule.ts';

const CONTRADICTION = '{type: object, required: [a], properties: {a: false}}';

it.each([
  [
    'a response',
    `paths: {/a: {get: {responses: {'200': {description: x, content: {application/json: {schema: ${CONTRADICTION}}}}}}}}\n`,
    ['sample-impossible', 'answer-breaks-schema'],
  ],
  [
    'a request body',
    `paths: {/a: {post: {requestBody: {content: {application/json: {schema: ${CONTRADICTION}}}}, responses: {'204': {description: x}}}}}\n`,
    ['sample-impossible'],
  ],
  [
    'a parameter',
    `paths: {/a: {get: {parameters: [{name: q, in: query, schema: {allOf: [{enum: [a]}, {enum: [b]}]}}], responses: {'204': {description: x}}}}}\n`,
    ['sample-impossible'],
  ],
  ['a schema that nobody uses', `paths: {}\ncomponents: {schemas: {A: ${CONTRADICTION}}}\n`, []],
])('tells that %s can never be sent', async (_what, text, expected) => {
  const { contract, problems } = contractFromText(sampleDocument(text));
  const found = await lintContract(contract, problems);
  expect(found.map(({ rule }) => rule).toSorted()).toEqual(expected.toSorted());
});
