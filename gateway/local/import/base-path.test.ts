import { expect, test } from 'vitest';
import type { BasePathMode } from './base-path.ts';
import { imported, mockOperation, oas30, swagger } from './import.fixture.ts';

const PATHS = { '/e': { get: mockOperation() } };

function paths(document: object, basePath: BasePathMode): readonly string[] {
  return imported(document, { basePath }).snapshot.resources.map(({ path }) => path);
}

test('6.3 a base path is ignored, prepended, or prepended without its first segment', () => {
  const document = swagger(PATHS, { basePath: '/a/b/c' });
  expect(paths(document, 'ignore')).toEqual(['/', '/e']);
  expect(paths(document, 'prepend')).toEqual(['/', '/a', '/a/b', '/a/b/c', '/a/b/c/e']);
  expect(paths(document, 'split')).toEqual(['/', '/b', '/b/c', '/b/c/e']);
});

test('6.3 without a base path the three are one', () => {
  for (const mode of ['ignore', 'prepend', 'split'] as const)
    expect(paths(swagger(PATHS), mode)).toEqual(['/', '/e']);
});

test('6.3 of an OpenAPI 3 document it is the path of the first server', () => {
  const servers = [{ url: 'https://pets.example/base-url/part/' }, { url: 'https://pets.example/other' }];
  expect(paths(oas30(PATHS, { servers }), 'prepend')).toEqual([
    '/',
    '/base-url',
    '/base-url/part',
    '/base-url/part/e',
  ]);
  expect(paths(oas30(PATHS, { servers }), 'split')).toEqual(['/', '/part', '/part/e']);
  expect(paths(oas30(PATHS, { servers: [{ url: '/v1?x#y' }] }), 'prepend')).toEqual(['/', '/v1', '/v1/e']);
  expect(paths(oas30(PATHS, { servers: [{ url: 'https://pets.example' }] }), 'prepend')).toEqual(['/', '/e']);
});

test('6.3 a server variable named basePath wins, even where the URL does not use it', () => {
  const variable = (value: string): object => ({ basePath: { default: value } });
  const servers = [
    { url: 'https://pets.example/never' },
    { url: 'https://pets.example/never', variables: variable('/base-var') },
    { url: 'https://pets.example/{basePath}', variables: variable('second') },
  ];
  expect(paths(oas30(PATHS, { servers }), 'prepend')).toEqual(['/', '/base-var', '/base-var/e']);
  expect(paths(oas30(PATHS, { servers }), 'split')).toEqual(['/', '/e']);
});

test('other variables of the URL count with their defaults', () => {
  const servers = [{ url: 'https://pets.example/{version}/x', variables: { version: { default: 'v2' } } }];
  expect(paths(oas30(PATHS, { servers }), 'prepend')).toEqual(['/', '/v2', '/v2/x', '/v2/x/e']);
});

test('6.5 warnings name the path with its base path', () => {
  const get = mockOperation({
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestParameters: {
        'integration.request.header.X-Amz-Invocation-Type': "'Event'",
        'integration.request.header.nothing': true,
        'integration.request.header.double-single': "'True'",
      },
      responses: { default: { statusCode: 200 } },
    },
  });
  const { snapshot, warnings } = imported(
    oas30({ '/test': { get } }, { servers: [{ url: '/base/part/' }] }),
    {
      basePath: 'split',
    },
  );
  expect(warnings).toEqual([
    "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' of resource '/part/test' and method 'GET' but got 'true'",
  ]);
  expect(snapshot.resources.at(-1)?.resourceMethods?.['GET']?.methodIntegration?.requestParameters).toEqual({
    'integration.request.header.X-Amz-Invocation-Type': "'Event'",
    'integration.request.header.double-single': "'True'",
  });
});
