import {
  DeleteGatewayResponseCommand,
  type GatewayResponseType,
  GetGatewayResponseCommand,
  GetGatewayResponsesCommand,
  type PatchOperation,
  PutGatewayResponseCommand,
  type PutGatewayResponseCommandInput,
  UpdateGatewayResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, newApi, refusalOf, statusOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

let restApiId: string;
beforeEach(async () => {
  ({ restApiId } = await newApi(connected.client));
});

const TOKEN = 'MISSING_AUTHENTICATION_TOKEN';
const get = (responseType: GatewayResponseType, api = restApiId) =>
  connected.client.send(new GetGatewayResponseCommand({ restApiId: api, responseType }));
const put = (responseType: GatewayResponseType, input: Partial<PutGatewayResponseCommandInput> = {}) =>
  connected.client.send(new PutGatewayResponseCommand({ restApiId, responseType, ...input }));
const update = (responseType: GatewayResponseType, ...patchOperations: PatchOperation[]) =>
  connected.client.send(new UpdateGatewayResponseCommand({ restApiId, responseType, patchOperations }));
const remove = (responseType: GatewayResponseType, api = restApiId) =>
  connected.client.send(new DeleteGatewayResponseCommand({ restApiId: api, responseType }));

const DEFAULT_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };
const PARAMETERS = {
  'gatewayresponse.header.x-request-path': 'method.request.path.petId',
  'gatewayresponse.header.Access-Control-Allow-Origin': "'a.b.c'",
  'gatewayresponse.header.x-request-query': 'method.request.querystring.q',
};

test('5.2: a response is put, read, deleted, and then the default again', async () => {
  const initial = {
    responseType: TOKEN,
    statusCode: '403',
    responseParameters: {},
    responseTemplates: DEFAULT_TEMPLATES,
    defaultResponse: true,
  };
  expect(await bodyOf(get(TOKEN))).toStrictEqual(initial);
  const given = {
    statusCode: '404',
    responseParameters: PARAMETERS,
    responseTemplates: { 'application/json': '{"type": "$context.error.responseType"}' },
  };
  const created = put(TOKEN, given);
  expect(await statusOf(created)).toBe(201);
  expect(await bodyOf(created)).toStrictEqual({ responseType: TOKEN, ...given, defaultResponse: false });
  expect(await bodyOf(get(TOKEN))).toStrictEqual({ responseType: TOKEN, ...given, defaultResponse: false });
  expect(await statusOf(remove(TOKEN))).toBe(202);
  expect(await bodyOf(get(TOKEN))).toStrictEqual(initial);
});

test('5.3: parameters may name paths and queries too, as the guide lists them', async () => {
  const parameters = {
    'gatewayresponse.path.id': 'method.request.path.petId',
    'gatewayresponse.querystring.q': "'a'",
    'gatewayresponse.header.X-Type': 'context.error.responseType',
    'gatewayresponse.header.X-Color': 'stageVariables.color',
  };
  expect((await put(TOKEN, { responseParameters: parameters })).responseParameters).toEqual(parameters);
});

test('5.2: what a response is not given it has from its type', async () => {
  const parameters = { 'gatewayresponse.header.x': 'method.request.header.Accept' };
  expect(await bodyOf(put(TOKEN, { statusCode: '404' }))).toMatchObject({
    statusCode: '404',
    responseParameters: {},
    responseTemplates: DEFAULT_TEMPLATES,
  });
  expect(await bodyOf(put(TOKEN, { responseParameters: parameters }))).toMatchObject({
    statusCode: '403',
    responseParameters: parameters,
    responseTemplates: DEFAULT_TEMPLATES,
  });
  expect(await bodyOf(put(TOKEN, { responseTemplates: { 'text/plain': 'a' } }))).toMatchObject({
    statusCode: '403',
    responseParameters: {},
    responseTemplates: { 'text/plain': 'a' },
  });
});

test('5.2: all 21 types are listed, with what DEFAULT_5XX gives to those that were not put', async () => {
  await put('DEFAULT_5XX', { statusCode: '599', responseParameters: PARAMETERS });
  const own = await bodyOf(
    put('AUTHORIZER_FAILURE', { responseParameters: { 'gatewayresponse.header.foo': "'bar'" } }),
  );
  expect(own).toMatchObject({ statusCode: '500', defaultResponse: false });
  const { items = [], position } = await connected.client.send(new GetGatewayResponsesCommand({ restApiId }));
  expect(position).toBeUndefined();
  expect(items).toHaveLength(21);
  const types = items.map(({ responseType }) => responseType);
  expect(types).toEqual(types.toSorted());
  const status = Object.fromEntries(items.map(({ responseType, statusCode }) => [responseType, statusCode]));
  expect(status).toMatchObject({
    API_CONFIGURATION_ERROR: '599',
    AUTHORIZER_CONFIGURATION_ERROR: '599',
    INTEGRATION_FAILURE: '599',
    INTEGRATION_TIMEOUT: '599',
    AUTHORIZER_FAILURE: '500',
    DEFAULT_5XX: '599',
    ACCESS_DENIED: '403',
    THROTTLED: '429',
  });
  expect(items.find(({ responseType }) => responseType === 'DEFAULT_4XX')).not.toHaveProperty('statusCode');
  expect(items.find(({ responseType }) => responseType === 'INTEGRATION_TIMEOUT')).toMatchObject({
    defaultResponse: true,
    responseParameters: PARAMETERS,
  });
});

test('5.2: updating a type that was never put makes it', async () => {
  const updated = update('DEFAULT_4XX', { op: 'replace', path: '/statusCode', value: '444' });
  const expected = {
    responseType: 'DEFAULT_4XX',
    statusCode: '444',
    responseParameters: {},
    responseTemplates: DEFAULT_TEMPLATES,
    defaultResponse: false,
  };
  expect(await bodyOf(updated)).toStrictEqual(expected);
  expect(await bodyOf(get('DEFAULT_4XX'))).toStrictEqual(expected);
});

test('5.2: status, parameters and templates are patched', async () => {
  await put('DEFAULT_4XX', { statusCode: '404', responseParameters: PARAMETERS });
  const origin = '/responseParameters/gatewayresponse.header.Access-Control-Allow-Origin';
  const updated = await update(
    'DEFAULT_4XX',
    { op: 'replace', path: '/statusCode', value: '444' },
    { op: 'replace', path: origin, value: "'example.com'" },
    { op: 'add', path: '/responseTemplates/application~1xml', value: '<a/>' },
    { op: 'remove', path: '/responseParameters/gatewayresponse.header.x-request-path' },
  );
  expect(updated).toMatchObject({
    statusCode: '444',
    responseTemplates: { ...DEFAULT_TEMPLATES, 'application/xml': '<a/>' },
  });
  expect(updated.responseParameters).toStrictEqual({
    'gatewayresponse.header.Access-Control-Allow-Origin': "'example.com'",
    'gatewayresponse.header.x-request-query': 'method.request.querystring.q',
  });
});

const ORIGIN = '/responseParameters/gatewayresponse.header.Access-Control-Allow-Origin';
test.each<[PatchOperation, string]>([
  [{ op: 'add', path: '/statusCode', value: '444' }, 'BadRequestException: Invalid patch path /statusCode'],
  [{ op: 'remove', path: '/statusCode' }, 'BadRequestException: Invalid patch path /statusCode'],
  [
    { op: 'replace', path: '/responseParameters/gatewayresponse.header.unknown', value: "'a'" },
    'NotFoundException: Invalid parameter name specified',
  ],
  [{ op: 'add', value: "'a'" }, 'BadRequestException: Invalid patch path null'],
  [{ op: 'add', path: '/wrongPath', value: "'a'" }, 'BadRequestException: Invalid patch path /wrongPath'],
  [
    { op: 'replace', path: '/responseTemplates/application~1json' },
    'BadRequestException: Invalid null or empty value in responseTemplates',
  ],
  [
    { op: 'add', path: '/responseTemplates/text~1a', value: '' },
    'BadRequestException: Invalid null or empty value in responseTemplates',
  ],
  [
    { op: 'add', path: ORIGIN, value: '' },
    'BadRequestException: Invalid null or empty value in responseParameters',
  ],
  [{ op: 'replace', path: ORIGIN }, 'BadRequestException: Invalid null or empty value in responseParameters'],
  [
    { op: 'wrong-op' as never, path: '/statusCode', value: "'a'" },
    "ValidationException: 1 validation error detected: Value 'wrong-op' at 'updateGatewayResponseInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
  ],
])('5.2: UpdateGatewayResponse refuses %j', async (operation, refusal) => {
  await put('DEFAULT_4XX', { responseParameters: PARAMETERS });
  expect(await refusalOf(update('DEFAULT_4XX', operation))).toBe(refusal);
});

test('13.4: unknown APIs, types, statuses and what was never put', async () => {
  const api = 'NotFoundException: Invalid API identifier specified 000000000000:nothing';
  expect(await refusalOf(get('DEFAULT_4XX', 'nothing'))).toBe(api);
  expect(await refusalOf(remove('DEFAULT_4XX', 'nothing'))).toBe(api);
  expect(await refusalOf(remove('DEFAULT_4XX'))).toBe(
    'NotFoundException: Gateway response type not defined on api',
  );
  const fake = 'FAKE_RESPONSE_TYPE' as GatewayResponseType;
  const type =
    "ValidationException: 1 validation error detected: Value 'FAKE_RESPONSE_TYPE' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: [REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, MISSING_AUTHENTICATION_TOKEN, BAD_REQUEST_BODY, INVALID_SIGNATURE, INVALID_API_KEY, BAD_REQUEST_PARAMETERS, AUTHORIZER_FAILURE, UNAUTHORIZED, INTEGRATION_TIMEOUT, ACCESS_DENIED, DEFAULT_4XX, DEFAULT_5XX, WAF_FILTERED, QUOTA_EXCEEDED, THROTTLED, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, INTEGRATION_FAILURE, EXPIRED_TOKEN]";
  for (const answer of [() => get(fake), () => remove(fake), () => put(fake), () => update(fake)]) {
    expect(await refusalOf(answer())).toBe(type);
  }
  expect(await refusalOf(put(TOKEN, { statusCode: '99' }))).toMatch(
    /^ValidationException: .*'99' at 'putGatewayResponseInput\.statusCode'/,
  );
  expect(await refusalOf(put(TOKEN, { responseParameters: { 'header.a': "'a'" } }))).toMatch(
    /^BadRequestException: Invalid mapping expression specified/,
  );
});
