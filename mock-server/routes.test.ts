import { describe, expect, test } from 'vitest';
import type { Contract } from '../contract/model.ts';
import { contractFromValue } from '../contract/read.ts';
import { buildRoutes, type Found } from './routes.ts';

/** A contract with operations written as `GET /pets/{id}`, under some servers. */
function contractWith(operations: readonly string[], servers: readonly unknown[] = []): Contract {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const [method = '', path = ''] = operation.split(' ');
    const key = method === 'ANY' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
    paths[path] = { ...paths[path], [key]: { responses: { 200: { description: 'fine' } } } };
  }
  const value = {
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths,
    ...(servers.length > 0 ? { servers } : {}),
  };
  const { contract } = contractFromValue(value);
  if (contract === undefined) throw new Error('not a contract');
  return contract;
}

/** `GET /pets/{id} id=7`, or what else was found. */
function told(found: Found): string {
  switch (found.kind) {
    case 'operation':
      return [found.operation.key, ...[...found.variables].map(([name, value]) => `${name}=${value}`)].join(
        ' ',
      );
    case 'method':
      return `allow ${found.allow}`;
    case 'path':
      return found.nearest === undefined ? 'nothing' : `nearest ${found.nearest}`;
    default:
      return found satisfies never;
  }
}

function finder(
  operations: readonly string[],
  servers: readonly unknown[] = [],
): (method: string, path: string) => string {
  const { find } = buildRoutes([contractWith(operations, servers)]);
  return (method, path) => told(find(method, path));
}

describe('which operation a path is for', () => {
  const find = finder([
    'GET /',
    'GET /pets',
    'GET /pets/{id}',
    'GET /pets/mine',
    'GET /pets/{id}.json',
    'GET /pets/{id}/toys/{toy}',
    'GET /pets/{from}-{to}/range',
    'GET /{kind}/mine',
    'GET /files/{proxy+}',
    'GET /files/{proxy+}/never',
    'GET /files/readme',
    'GET /rest/Train+Travel/1.0',
    'GET /caf\u00e9/{name}',
  ]);

  test.each([
    ['/', 'GET /'],
    ['/pets', 'GET /pets'],
    ['/pets/7', 'GET /pets/{id} id=7'],
    ['/pets/a%2Fb', 'GET /pets/{id} id=a%2Fb'],
    ['/pets/mine', 'GET /pets/mine'],
    ['/birds/mine', 'GET /{kind}/mine kind=birds'],
    ['/pets/7.json', 'GET /pets/{id}.json id=7'],
    ['/pets/7/toys/ball', 'GET /pets/{id}/toys/{toy} id=7 toy=ball'],
    ['/pets/3-9/range', 'GET /pets/{from}-{to}/range from=3 to=9'],
    ['/files/a/b/c', 'GET /files/{proxy+} proxy=a/b/c'],
    ['/files/readme', 'GET /files/readme'],
    ['/rest/Train+Travel/1.0', 'GET /rest/Train+Travel/1.0'],
    ['/caf%C3%A9/x', 'GET /caf\u00e9/{name} name=x'],
    ['/caf%c3%a9/x', 'GET /caf\u00e9/{name} name=x'],
    ['/p%65ts', 'GET /pets'],
    ['/__proto__/mine', 'GET /{kind}/mine kind=__proto__'],
  ])('%s', (path, expected) => {
    expect(find('GET', path)).toBe(expected);
  });

  test.each([
    '/pets/',
    '/pets//toys/ball',
    '/files',
    '/files/',
    '/unknown/x',
    '//',
    '/%',
    '/pets/7/toys/ball/',
    '/{kind}/other',
  ])('%s is not there', path => {
    expect(find('GET', path)).toMatch(/^(nearest|nothing)/);
  });
});

describe('methods', () => {
  const find = finder([
    'GET /pets',
    'POST /pets',
    'HEAD /only',
    'ANY /all',
    'GET /all',
    'GET /pets/mine',
    'DELETE /pets/{id}',
  ]);

  test.each([
    ['GET', '/pets', 'GET /pets'],
    ['HEAD', '/pets', 'GET /pets'],
    ['HEAD', '/only', 'HEAD /only'],
    ['GET', '/only', 'allow HEAD, OPTIONS'],
    ['DELETE', '/pets', 'allow GET, POST, HEAD, OPTIONS'],
    ['GET', '/all', 'GET /all'],
    ['PATCH', '/all', 'ANY /all'],
    ['HEAD', '/all', 'ANY /all'],
    ['TRACE', '/all', 'ANY /all'],
  ])('%s %s', (method, path, expected) => {
    expect(find(method, path)).toBe(expected);
  });

  test('the path decides before the method does, as in API Gateway', () => {
    expect(find('DELETE', '/pets/mine')).toBe('allow GET, HEAD, OPTIONS');
  });
});

describe('two names for one variable', () => {
  test('each operation has its own', () => {
    const find = finder(['GET /a/{x}', 'PUT /a/{y}', 'GET /a/{z}/b']);
    expect(find('GET', '/a/1')).toBe('GET /a/{x} x=1');
    expect(find('PUT', '/a/1')).toBe('PUT /a/{y} y=1');
    expect(find('GET', '/a/1/b')).toBe('GET /a/{z}/b z=1');
  });

  test('the same method twice: the first is served, and a problem tells', () => {
    const { find, problems } = buildRoutes([contractWith(['GET /a/{x}', 'GET /a/{y}'])]);
    expect(told(find('GET', '/a/1'))).toBe('GET /a/{x} x=1');
    expect(problems.map(problem => problem.message)).toEqual([
      'GET /a/{y} is not served, because /a/{x} has it already.',
    ]);
  });
});

describe('base paths', () => {
  test('every distinct base path of the servers is served', () => {
    const contract = contractWith(
      ['GET /pets', 'GET /'],
      [
        { url: 'https://api.example.com/v1/' },
        { url: 'http://localhost:3000/v1' },
        {
          url: 'https://{region}.example.com/{stage}',
          variables: { region: { default: 'eu' }, stage: { default: 'beta' } },
        },
      ],
    );
    const { find, basePaths } = buildRoutes([contract]);
    expect(basePaths.get(contract)).toEqual(['/v1', '/beta']);
    expect(told(find('GET', '/v1/pets'))).toBe('GET /pets');
    expect(told(find('GET', '/beta/pets'))).toBe('GET /pets');
    expect(told(find('GET', '/v1/'))).toBe('GET /');
    expect(told(find('GET', '/v1'))).toBe('GET /');
    expect(told(find('GET', '/pets'))).toBe('nearest /v1/pets');
  });

  test('a path of every listed value of a variable is served, that of the default first', () => {
    const contract = contractWith(
      ['GET /pets'],
      [
        {
          url: 'https://{region}.example.com/{stage}/{version}',
          variables: {
            region: { default: 'eu', enum: ['eu', 'us'] },
            stage: { default: 'prod', enum: ['beta', 'prod'] },
            version: { default: 'v1', enum: ['v1', 'v2'] },
          },
        },
        {
          url: '/{any}',
          variables: { any: { default: 'x', enum: Array.from({ length: 99 }, (_, at) => `x${at}`) } },
        },
      ],
    );
    const bases = buildRoutes([contract]).basePaths.get(contract) ?? [];
    expect(bases.slice(0, 4)).toEqual(['/prod/v1', '/beta/v1', '/prod/v2', '/beta/v2']);
    expect([bases[4], bases.length]).toEqual(['/x', 36]);
  });

  test('an operation may have servers of its own', () => {
    const { contract } = contractFromValue({
      openapi: '3.1.1',
      servers: [{ url: '/v1' }],
      paths: {
        '/a': { servers: [{ url: '/v2' }], get: {}, put: { servers: [{ url: '/v3' }] } },
        '/b': { get: {} },
      },
    });
    const { find, basePaths } = buildRoutes(contract === undefined ? [] : [contract]);
    expect(contract && basePaths.get(contract)).toEqual(['/v2', '/v3', '/v1']);
    expect(['/v1/b', '/v2/a', '/v3/a'].map(path => told(find('GET', path)))).toEqual([
      'GET /b',
      'GET /a',
      'allow PUT, OPTIONS',
    ]);
  });

  test('of two contracts that want the same, the first has it', () => {
    const first = contractWith(['GET /pets']);
    const second = contractWith(['GET /pets', 'POST /pets']);
    const { find, problems } = buildRoutes([first, second]);
    const found = find('GET', '/pets');
    expect(found.kind === 'operation' && found.operation.contract === first).toBe(true);
    expect(told(find('POST', '/pets'))).toBe('POST /pets');
    expect(told(find('PUT', '/pets'))).toBe('allow GET, POST, HEAD, OPTIONS');
    expect(problems).toHaveLength(1);
  });
});

describe('the path that was probably meant', () => {
  const find = finder(['GET /pets', 'GET /pets/{id}', 'GET /stores/{id}/orders']);
  test.each([
    ['/pets/', '/pets'],
    ['/Pets', '/pets'],
    ['/petz', '/pets'],
    ['/stores/7/order', '/stores/{id}/orders'],
    ['/a/b/c/d/e', 'nothing'],
  ])('%s', (path, expected) => {
    expect(find('GET', path)).toBe(expected === 'nothing' ? expected : `nearest ${expected}`);
  });
});
