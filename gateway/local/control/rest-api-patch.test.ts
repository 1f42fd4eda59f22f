import { GetRestApiCommand, type PatchOperation, UpdateRestApiCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, newApi, refusalOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

const update = (restApiId: string, ...patchOperations: PatchOperation[]) =>
  connected.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));

test('13.4: binary media types are patched like a map, and a replaced one moves to the end', async () => {
  const { restApiId } = await newApi(connected.client);
  const added = await update(
    restApiId,
    { op: 'add', path: '/binaryMediaTypes/image~1png' },
    { op: 'add', path: '/binaryMediaTypes/image~1jpeg' },
  );
  expect(added.binaryMediaTypes).toEqual(['image/png', 'image/jpeg']);
  expect(added.tags).toEqual({});
  const replaced = await update(restApiId, {
    op: 'replace',
    path: '/binaryMediaTypes/image~1png',
    value: 'image/gif',
  });
  expect(replaced.binaryMediaTypes).toEqual(['image/jpeg', 'image/gif']);
  const removed = await update(
    restApiId,
    { op: 'remove', path: '/binaryMediaTypes/image~1gif' },
    { op: 'remove', path: '/description' },
  );
  expect(removed.binaryMediaTypes).toEqual(['image/jpeg']);
  const dash = await update(
    restApiId,
    { op: 'remove', path: '/binaryMediaTypes/image~1jpeg' },
    { op: 'add', path: '/binaryMediaTypes/-', value: 'image/png' },
  );
  expect(dash.binaryMediaTypes).toEqual(['-']);
});

test('13.4: compression is replaced, and taken away by an empty or missing value', async () => {
  const { restApiId } = await newApi(connected.client);
  const size = async (value: string | undefined) =>
    (
      await update(restApiId, {
        op: 'replace',
        path: '/minimumCompressionSize',
        ...(value === undefined ? {} : { value }),
      })
    ).minimumCompressionSize;
  expect(await size('10')).toBe(10);
  expect(await size('')).toBeUndefined();
  expect(await size('0')).toBe(0);
  expect(await size(undefined)).toBeUndefined();
});

test('13.4: each member of an API is replaced at its path', async () => {
  const { restApiId } = await newApi(connected.client);
  const patches = {
    '/name': 'dogs',
    '/description': 'all dogs',
    '/version': '2',
    '/apiKeySource': 'AUTHORIZER',
    '/disableExecuteApiEndpoint': 'true',
    '/securityPolicy': 'SecurityPolicy_TLS13_1_3_2025_09',
    '/endpointAccessMode': 'STRICT',
    '/endpointConfiguration/types/EDGE': 'REGIONAL',
    '/endpointConfiguration/ipAddressType': 'dualstack',
  };
  const next = await update(
    restApiId,
    ...Object.entries(patches).map(([path, value]): PatchOperation => ({ op: 'replace', path, value })),
  );
  expect(next).toMatchObject({
    name: 'dogs',
    description: 'all dogs',
    version: '2',
    apiKeySource: 'AUTHORIZER',
    disableExecuteApiEndpoint: true,
    securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
    endpointAccessMode: 'STRICT',
    endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
  });
});

test('13.4: an API that becomes PRIVATE becomes dualstack, and then has VPC endpoints', async () => {
  const { restApiId } = await newApi(connected.client);
  const isPrivate = await update(restApiId, {
    op: 'replace',
    path: '/endpointConfiguration/types/EDGE',
    value: 'PRIVATE',
  });
  expect(isPrivate.endpointConfiguration).toEqual({ types: ['PRIVATE'], ipAddressType: 'dualstack' });
  const path = '/endpointConfiguration/vpcEndpointIds';
  const added = await update(
    restApiId,
    { op: 'add', path, value: 'vpce-1' },
    { op: 'add', path, value: 'vpce-2' },
  );
  expect(added.endpointConfiguration?.vpcEndpointIds).toEqual(['vpce-1', 'vpce-2']);
  const removed = await update(restApiId, { op: 'remove', path, value: 'vpce-1' });
  expect(removed.endpointConfiguration?.vpcEndpointIds).toEqual(['vpce-2']);
  expect(
    await refusalOf(
      update(restApiId, { op: 'replace', path: '/endpointConfiguration/ipAddressType', value: 'ipv4' }),
    ),
  ).toBe('BadRequestException: Only dualstack ipAddressType is supported for Private APIs.');
});

test.each([
  ['add', '/minimumCompressionSize', '10', 'Invalid patch operation specified. Must be one of: [replace]'],
  [
    'replace',
    '/minimumCompressionSize',
    '-1',
    'Invalid minimum compression size, must be between 0 and 10485760',
  ],
  [
    'replace',
    '/minimumCompressionSize',
    'test',
    'Invalid minimum compression size, must be between 0 and 10485760',
  ],
  ['add', '/binaryMediaTypes', 'image/gif', 'Invalid patch path /binaryMediaTypes'],
  ['replace', '/binaryMediaTypes', 'image/gif', 'Invalid patch path /binaryMediaTypes'],
  ['remove', '/binaryMediaTypes', undefined, 'Invalid patch path /binaryMediaTypes'],
  [
    'replace',
    '/endpointConfiguration/ipAddressType',
    'wrong',
    'ipAddressType must be either ipv4 or dualstack.',
  ],
  [
    'remove',
    '/endpointConfiguration/ipAddressType',
    'ipv4',
    'Invalid patch operation specified. Must be one of: [replace]',
  ],
  [
    'replace',
    '/endpointConfiguration/types/EDGE',
    'wrong',
    'Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE',
  ],
  [
    'test',
    '/endpointConfiguration/types/EDGE',
    'REGIONAL',
    "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
  ],
] as const)('13.4: UpdateRestApi refuses %s of %s to %s', async (op, path, value, message) => {
  const { restApiId } = await newApi(connected.client);
  const before = await bodyOf(connected.client.send(new GetRestApiCommand({ restApiId })));
  const refusal = refusalOf(
    update(
      restApiId,
      { op: 'replace', path: '/name', value: 'undone' },
      { op, path, ...(value === undefined ? {} : { value }) },
    ),
  );
  expect(await refusal).toBe(`BadRequestException: ${message}`);
  expect(await bodyOf(connected.client.send(new GetRestApiCommand({ restApiId })))).toEqual(before);
});

test('13.4: unknown ops are told all together', async () => {
  const wrong: PatchOperation = { op: 'wrong' as never, path: '/name', value: 'x' };
  const { restApiId } = await newApi(connected.client);
  expect(await refusalOf(update(restApiId, wrong, wrong, wrong))).toMatch(
    /^ValidationException: 3 validation errors detected: Value 'wrong' at 'updateRestApiInput\.patchOperations\.1\.member\.op' .*: \[add, remove, move, test, replace, copy\]; .*\.3\.member\.op'/,
  );
});
