import { describe, expect, test } from 'vitest';
import { contractFromValue } from '../../contract/read.ts';
import { chosenIntegration, type IntegrationChoices } from './integration-choice.ts';

const { contract } = contractFromValue({
  openapi: '3.1.1',
  info: { title: 'T', version: '1' },
  paths: {
    '/pets': {
      get: { operationId: 'list', tags: ['pets', 'slow'], responses: { '204': { description: 'x' } } },
    },
  },
});

function chosen(choices: IntegrationChoices, hasOwn = false): unknown {
  const [operation] = contract?.operations ?? [];
  return operation && chosenIntegration(choices, operation, hasOwn);
}

describe('what was said last of an operation counts', () => {
  test.each<[string, IntegrationChoices, string]>([
    ['nothing', {}, 'mock'],
    ['of all', { all: 'aws' }, 'aws'],
    ['of its tag, over all', { all: 'aws', tags: { pets: 'http' } }, 'http'],
    ['of the first tag it has', { tags: { slow: 'http', pets: 'aws' } }, 'aws'],
    ['of another tag', { all: 'aws', tags: { others: 'http' } }, 'aws'],
    ['of itself, over its tag', { tags: { pets: 'http' }, operations: { 'GET /pets': 'aws' } }, 'aws'],
    ['of itself by its id', { operations: { list: 'aws' } }, 'aws'],
    ['of what every object has', { operations: {}, tags: {} }, 'mock'],
  ])('%s', (_about, choices, type) => {
    expect(chosen(choices)).toEqual({ type });
  });
});

test('what names no back end has that of the stage', () => {
  expect(chosen({ all: 'http', backend: 'https://a.example' })).toEqual({
    type: 'http',
    backend: 'https://a.example',
  });
  const own = { type: 'http', backend: 'https://b.example' } as const;
  expect(chosen({ all: own, backend: 'https://a.example' })).toEqual(own);
});

describe("a document's own integration", () => {
  test.each<[string, IntegrationChoices]>([
    ['nothing is said', {}],
    ['all have a back end', { all: 'http_proxy' }],
    ['its tag has one', { all: 'mock', tags: { pets: 'http_proxy' } }],
  ])('stays where %s', (_about, choices) => {
    expect(chosen(choices, true)).toBeUndefined();
  });

  test.each<[string, IntegrationChoices, string]>([
    ['all are mocks', { all: 'mock' }, 'mock'],
    ['its tag is mocked', { all: 'aws', tags: { pets: { type: 'mock' } } }, 'mock'],
    ['the operation has one in the configuration', { operations: { list: 'http' } }, 'http'],
  ])('gives way where %s', (_about, choices, type) => {
    expect(chosen(choices, true)).toEqual({ type });
  });
});
