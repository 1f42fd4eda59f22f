import {
  CreateRequestValidatorCommand,
  DeleteMethodCommand,
  GetAuthorizerCommand,
  GetAuthorizersCommand,
  GetMethodCommand,
  type PatchOperation,
  PutMethodCommand,
  type PutMethodCommandInput,
  UpdateMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control } from './control.fixture.ts';
import {
  bodyOf,
  type Connected,
  connect,
  newApi,
  newMethod,
  refusalOf,
  statusOf,
} from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

type Where = { readonly restApiId: string; readonly resourceId: string; readonly httpMethod?: string };
const put = (where: Where, input: Partial<PutMethodCommandInput> = {}) =>
  connected.client.send(
    new PutMethodCommand({ httpMethod: 'ANY', authorizationType: 'NONE', ...where, ...input }),
  );
const update = (where: Where, ...patchOperations: PatchOperation[]) =>
  connected.client.send(new UpdateMethodCommand({ httpMethod: 'ANY', ...where, patchOperations }));
const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });

test('13.3: a method is put, read and deleted', async () => {
  const { client } = connected;
  const api = await newApi(client);
  const created = put(api);
  expect(await statusOf(created)).toBe(201);
  const method = { httpMethod: 'ANY', authorizationType: 'NONE', apiKeyRequired: false };
  expect(await bodyOf(created)).toStrictEqual(method);
  const where = { ...api, httpMethod: 'ANY' };
  expect(await bodyOf(client.send(new GetMethodCommand(where)))).toStrictEqual(method);
  expect(await statusOf(client.send(new DeleteMethodCommand(where)))).toBe(204);
  const gone = 'NotFoundException: Invalid Method identifier specified';
  expect(await refusalOf(client.send(new GetMethodCommand(where)))).toBe(gone);
  expect(await refusalOf(client.send(new DeleteMethodCommand(where)))).toBe(gone);
});

test('13.3: what a method is given stands in it, and authorization types come in any case', async () => {
  const api = await newApi(connected.client);
  const { id: requestValidatorId } = await connected.client.send(
    new CreateRequestValidatorCommand({ restApiId: api.restApiId, name: 'all' }),
  );
  const given = {
    operationName: 'listPets',
    apiKeyRequired: true,
    requestParameters: {
      'method.request.querystring.q_optional': false,
      'method.request.header.h_required': true,
      'method.request.path.p.x-y': true,
    },
    requestModels: { 'application/json': 'Empty' },
    requestValidatorId,
  };
  expect(await bodyOf(put(api, { ...given, authorizationType: 'none' }))).toStrictEqual({
    httpMethod: 'ANY',
    authorizationType: 'NONE',
    ...given,
  });
});

const AUTHORIZER =
  'BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.';
test.each<[Partial<PutMethodCommandInput>, string]>([
  [
    { httpMethod: 'WRONG' },
    'BadRequestException: Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY',
  ],
  [
    { httpMethod: 'get' },
    'BadRequestException: Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY',
  ],
  [{ authorizationType: 'CUSTOM' }, AUTHORIZER],
  [{ authorizationType: 'COGNITO_USER_POOLS', authorizerId: 'abc123' }, AUTHORIZER],
  [
    { requestValidatorId: 'fake-validator' },
    'BadRequestException: Invalid Request Validator identifier specified',
  ],
  [
    { requestModels: { 'application/json': 'petModel' } },
    'BadRequestException: Invalid model identifier specified: petModel',
  ],
  [
    {
      requestParameters: {
        'method.request.querystring.optional': false,
        'method.request.header.optional': false,
      },
    },
    'BadRequestException: Parameter names must be unique across querystring, header and path',
  ],
  [
    { requestParameters: { 'method.request.cookie.a': true } },
    'BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.request.cookie.a]',
  ],
  [
    { resourceId: 'nothing', httpMethod: 'WRONG' },
    'NotFoundException: Invalid Resource identifier specified',
  ],
  [{ restApiId: 'nothing', httpMethod: 'WRONG' }, 'NotFoundException: Invalid Resource identifier specified'],
])('13.4: PutMethod refuses %j', async (input, refusal) => {
  const api = await newApi(connected.client);
  expect(await refusalOf(put(api, input))).toBe(refusal);
});

test('PutMethod makes a method, and never one that is there', async () => {
  const method = await newMethod(connected.client);
  expect(await refusalOf(put(method))).toBe('ConflictException: Method already exists for this resource');
});

test('13.4: each member of a method is patched', async () => {
  const api = await newApi(connected.client);
  await put(api);
  const parameter = '/requestParameters/method.request.querystring.optional';
  const added = await update(
    api,
    { op: 'add', path: parameter, value: 'true' },
    { op: 'add', path: '/requestModels/application~1json', value: 'Empty' },
  );
  expect(added).toMatchObject({
    requestModels: { 'application/json': 'Empty' },
    requestParameters: { 'method.request.querystring.optional': true },
  });
  const replaced = await update(
    api,
    replace('/operationName', 'ReplacedOperationName'),
    replace('/apiKeyRequired', 'true'),
    replace('/authorizationType', 'AWS_IAM'),
    replace(parameter, 'false'),
  );
  expect(replaced).toMatchObject({
    operationName: 'ReplacedOperationName',
    apiKeyRequired: true,
    authorizationType: 'AWS_IAM',
    requestParameters: { 'method.request.querystring.optional': false },
  });
  const removed = await bodyOf(
    update(
      api,
      { op: 'remove', path: parameter, value: 'true' },
      { op: 'remove', path: '/requestModels/application~1json', value: 'Empty' },
    ),
  );
  expect(removed).toStrictEqual({
    httpMethod: 'ANY',
    authorizationType: 'AWS_IAM',
    apiKeyRequired: true,
    operationName: 'ReplacedOperationName',
  });
  expect((await update(api, replace('/apiKeyRequired', 'whatever'))).apiKeyRequired).toBe(false);
});

test.each<[PatchOperation[], string]>([
  [
    [{ op: 'add', path: '/operationName', value: 'x' }],
    'Invalid patch operation specified. Must be one of: [replace]',
  ],
  [
    [{ op: 'add', path: '/requestValidatorId', value: 'x' }],
    'Invalid patch operation specified. Must be one of: [replace]',
  ],
  [[{ op: 'add', path: '/httpMethod', value: 'PUT' }], 'Invalid patch path /httpMethod'],
  [[replace('/requestParameters', 'a=false')], 'Invalid patch path /requestParameters'],
  [
    [{ op: 'add', path: '/requestModels/application/json', value: 'Empty' }],
    'Invalid patch path /requestModels/application/json',
  ],
  [
    [replace('/authorizationType', 'CUSTOM')],
    'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
  ],
  [
    [replace('/authorizationType', 'CUSTOM'), replace('/authorizerId', 'abc123')],
    'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
  ],
  [[replace('/requestValidatorId', 'fake-id')], 'Invalid Request Validator identifier specified'],
  [
    [{ op: 'add', path: '/requestModels/text~1a', value: 'Unknown' }],
    'Invalid model identifier specified: Unknown',
  ],
])('13.4: UpdateMethod refuses %j', async (operations, message) => {
  const api = await newApi(connected.client);
  await put(api);
  expect(await refusalOf(update(api, ...operations))).toBe(`BadRequestException: ${message}`);
});

test('13.4: an unknown method is told from an unknown resource, not an unknown API from it', async () => {
  const api = await newApi(connected.client);
  const resource = 'NotFoundException: Invalid Resource identifier specified';
  expect(await refusalOf(update({ ...api, restApiId: 'nothing' }))).toBe(resource);
  expect(await refusalOf(update({ ...api, resourceId: 'nothing' }))).toBe(resource);
  expect(await refusalOf(update({ ...api, httpMethod: 'GET' }, replace('/operationName', 'x')))).toBe(
    'NotFoundException: Invalid Method identifier specified',
  );
  expect(await refusalOf(update({ ...api, httpMethod: 'constructor' }))).toBe(
    'NotFoundException: Invalid Method identifier specified',
  );
});

test('13.4: an authorizer that no type asks for is passed over, and one that was imported is taken', async () => {
  const api = await newApi(connected.client);
  await put(api);
  expect(await bodyOf(update(api, replace('/authorizerId', 'abc123')))).not.toHaveProperty('authorizerId');

  const { store, ask, api: apiIn } = control();
  const id = apiIn();
  const root = ask('GET', `/restapis/${id}`).body.rootResourceId;
  store.put('authorizer', id, 'auth01', { id: 'auth01', name: 'keys', type: 'TOKEN' });
  const patchOperations = [
    { op: 'replace', path: '/authorizerId', value: 'auth01' },
    { op: 'replace', path: '/authorizationType', value: 'CUSTOM' },
    { op: 'add', path: '/authorizationScopes', value: 'read' },
  ];
  const target = `/restapis/${id}/resources/${root}/methods/GET`;
  expect(ask('PATCH', target, { patchOperations }).body).toMatchObject({
    authorizationType: 'CUSTOM',
    authorizerId: 'auth01',
    authorizationScopes: ['read'],
  });
  expect(ask('GET', `/restapis/${id}/authorizers`).body.item).toHaveLength(1);
  expect(ask('GET', `/restapis/${id}/authorizers/auth01`).body.name).toBe('keys');
});

test('13.4: an unknown authorizer is not found', async () => {
  const { client } = connected;
  const { restApiId } = await newApi(client);
  expect((await client.send(new GetAuthorizersCommand({ restApiId }))).items).toEqual([]);
  expect(await refusalOf(client.send(new GetAuthorizersCommand({ restApiId: 'nothing' })))).toBe(
    'NotFoundException: Invalid API identifier specified 000000000000:nothing',
  );
  expect(await refusalOf(client.send(new GetAuthorizerCommand({ restApiId, authorizerId: 'x' })))).toBe(
    'NotFoundException: Invalid Authorizer identifier specified',
  );
});
