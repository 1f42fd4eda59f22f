import {
  CreateRestApiCommand,
  DeleteIntegrationCommand,
  GetIntegrationCommand,
  GetMethodCommand,
  type PatchOperation,
  PutIntegrationCommand,
  type PutIntegrationCommandInput,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  UpdateIntegrationCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, newMethod, refusalOf, statusOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

type Where = Pick<PutIntegrationCommandInput, 'restApiId' | 'resourceId' | 'httpMethod'>;
const put = (where: Where, input: Partial<PutIntegrationCommandInput>) =>
  connected.client.send(new PutIntegrationCommand({ ...where, type: 'MOCK', ...input }));
const update = (where: Where, ...patchOperations: PatchOperation[]) =>
  connected.client.send(new UpdateIntegrationCommand({ ...where, patchOperations }));
const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });

const FUNCTION =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:MyLambda/invocations';
const BUCKET = 'arn:aws:apigateway:us-east-1:s3:path/b/k';
const ROLE = 'arn:aws:iam::000000000000:role/service-role/test';

test('2.5: a mock drops what only a back end has', async () => {
  const method = await newMethod(connected.client);
  const created = put(method, {
    integrationHttpMethod: 'GET',
    uri: 'http://example.com',
    connectionType: 'INTERNET',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
  });
  expect(await statusOf(created)).toBe(201);
  const integration = await bodyOf(created);
  expect(integration).toStrictEqual({
    type: 'MOCK',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    passthroughBehavior: 'WHEN_NO_MATCH',
    timeoutInMillis: 29000,
    cacheNamespace: method.resourceId,
    cacheKeyParameters: [],
  });
  const { client } = connected;
  expect(await bodyOf(client.send(new GetIntegrationCommand(method)))).toStrictEqual(integration);
  const { methodIntegration } = await client.send(new GetMethodCommand(method));
  expect(methodIntegration).toStrictEqual(integration);
  expect(await statusOf(client.send(new DeleteIntegrationCommand(method)))).toBe(204);
  expect(await refusalOf(client.send(new GetIntegrationCommand(method)))).toBe(
    'NotFoundException: Invalid Integration identifier specified',
  );
});

test.each(['HTTP', 'HTTP_PROXY'] as const)('13.3: %s is connected by INTERNET', async type => {
  const method = await newMethod(connected.client);
  expect(
    await bodyOf(put(method, { type, uri: 'http://example.com', integrationHttpMethod: 'POST' })),
  ).toStrictEqual({
    type,
    httpMethod: 'POST',
    uri: 'http://example.com',
    connectionType: 'INTERNET',
    passthroughBehavior: 'WHEN_NO_MATCH',
    timeoutInMillis: 29000,
    cacheNamespace: method.resourceId,
    cacheKeyParameters: [],
  });
});

test('13.3: a VPC link may be named by a stage variable', async () => {
  const method = await newMethod(connected.client);
  const uri = 'http://my-nlb.example.com';
  const kept = await put(method, {
    type: 'HTTP_PROXY',
    uri,
    integrationHttpMethod: 'GET',
    connectionType: 'VPC_LINK',
    connectionId: '${stageVariables.vpcLinkId}',
  });
  expect(kept).toMatchObject({ connectionType: 'VPC_LINK', connectionId: '${stageVariables.vpcLinkId}' });
  const next = await update(method, replace('/connectionId', '${stageVariables.vpcLinkIdBeta}'));
  expect(next).toMatchObject({ connectionId: '${stageVariables.vpcLinkIdBeta}', uri });
  expect(await refusalOf(update(method, replace('/connectionId', '')))).toMatch(/^BadRequestException/);
});

test.each<[Partial<PutIntegrationCommandInput>]>([
  [{ type: 'AWS', integrationHttpMethod: 'POST', uri: BUCKET, credentials: ROLE }],
  [{ type: 'AWS', integrationHttpMethod: 'POST', uri: FUNCTION }],
  [{ type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: FUNCTION }],
])('12: %j is taken', async input => {
  const method = await newMethod(connected.client);
  const { integrationHttpMethod: httpMethod, ...kept } = input;
  const integration = await bodyOf(put(method, input));
  expect(integration).toMatchObject({ ...kept, httpMethod });
  expect(integration).not.toHaveProperty('connectionType');
});

const METHOD = 'BadRequestException: Enumeration value for HttpMethod must be non-empty';
const POST = { integrationHttpMethod: 'POST' } as const;
test.each<[Partial<PutIntegrationCommandInput>, string]>([
  [{ type: 'HTTP', uri: 'http://example.com' }, METHOD],
  [{ type: 'HTTP_PROXY', uri: 'http://example.com' }, METHOD],
  [{ type: 'AWS', uri: 'http://example.com' }, METHOD],
  [{ type: 'AWS_PROXY', uri: FUNCTION }, METHOD],
  [
    { ...POST, type: 'HTTP', uri: 'non-valid-http' },
    'BadRequestException: Invalid HTTP endpoint specified for URI',
  ],
  [
    { ...POST, type: 'HTTP_PROXY', uri: 'ftp://example.com' },
    'BadRequestException: Invalid HTTP endpoint specified for URI',
  ],
  [{ ...POST, type: 'HTTP' }, 'BadRequestException: Invalid HTTP endpoint specified for URI'],
  [
    { ...POST, type: 'AWS', uri: 'non-valid-arn' },
    'BadRequestException: Invalid ARN specified in the request',
  ],
  [
    { ...POST, type: 'AWS', uri: 'arn:aws:iam::0000000000:role/service-role/asdf' },
    'BadRequestException: Invalid ARN specified in the request',
  ],
  [
    { ...POST, type: 'AWS', uri: 'arn:aws:apigateway:us-east-1:s3:b/k', credentials: ROLE },
    'BadRequestException: AWS ARN for integration must contain path or action',
  ],
  [
    { ...POST, type: 'AWS', uri: BUCKET },
    'BadRequestException: Role ARN must be specified for AWS integrations',
  ],
  [
    { ...POST, type: 'AWS_PROXY', uri: BUCKET, credentials: ROLE },
    "BadRequestException: Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
  ],
])('12: PutIntegration refuses %j', async (input, refusal) => {
  const method = await newMethod(connected.client);
  expect(await refusalOf(put(method, input))).toBe(refusal);
});

test('13.4: types, media types and timeouts that cannot be', async () => {
  const method = await newMethod(connected.client);
  const cases: [Partial<PutIntegrationCommandInput>, string][] = [
    [
      { type: 'HTTPS_PROXY' as never },
      "ValidationException: 1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
    ],
    [
      { requestTemplates: { '123': '{}' } },
      'BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    ],
    [{ timeoutInMillis: 49 }, 'BadRequestException: Timeout should be between 50 ms and 29000 ms'],
    [{ timeoutInMillis: 29_001 }, 'BadRequestException: Timeout should be between 50 ms and 29000 ms'],
  ];
  for (const [input, refusal] of cases) expect(await refusalOf(put(method, input))).toBe(refusal);
  const template = { 'application/json': 'x'.repeat(300 * 1024 + 1) };
  expect(await refusalOf(put(method, { requestTemplates: template }))).toMatch(/^BadRequestException/);
});

test('1.2: the timeout of a regional API may be raised', async () => {
  const { client } = connected;
  const { id: restApiId, rootResourceId: resourceId } = await client.send(
    new CreateRestApiCommand({ name: 'slow', endpointConfiguration: { types: ['REGIONAL'] } }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  expect((await put(method, { timeoutInMillis: 60_000 })).timeoutInMillis).toBe(60_000);
});

test('13.4: an integration of what is not there', async () => {
  const method = await newMethod(connected.client);
  const resource = 'NotFoundException: Invalid Resource identifier specified';
  const cases: [Partial<Where>, string, string][] = [
    [{ restApiId: 'nothing' }, resource, resource],
    [{ resourceId: 'nothing' }, resource, resource],
    [
      { httpMethod: 'POST' },
      'NotFoundException: Invalid Method identifier specified',
      'NotFoundException: Invalid Method identifier specified',
    ],
    [{}, '', 'NotFoundException: Invalid Integration identifier specified'],
  ];
  for (const [where, putRefusal, getRefusal] of cases) {
    const at = { ...method, ...where };
    expect(await refusalOf(connected.client.send(new GetIntegrationCommand(at)))).toBe(getRefusal);
    if (putRefusal !== '') expect(await refusalOf(put(at, {}))).toBe(putRefusal);
  }
});

test('16.1: request parameters map from what the method declares, and from nothing else', async () => {
  const { client } = connected;
  const { restApiId, resourceId } = await newMethod(client);
  const method = { restApiId, resourceId, httpMethod: 'POST' };
  await client.send(
    new PutMethodCommand({
      ...method,
      authorizationType: 'NONE',
      requestParameters: { 'method.request.path.petId': true, 'method.request.querystring.q': false },
    }),
  );
  const requestParameters = {
    'integration.request.path.id': 'method.request.path.petId',
    'integration.request.querystring.q': 'method.request.multivaluequerystring.q',
    'integration.request.header.X-Body': 'method.request.body.pet.id',
    'integration.request.header.X-Stage': 'stageVariables.stage',
    'integration.request.header.X-Id': 'context.requestId',
    'integration.request.header.X-Literal': "'a literal with 'quotes''",
  };
  expect((await put(method, { requestParameters })).requestParameters).toEqual(requestParameters);

  const expression = (text: string): string =>
    `BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${text}]`;
  const parameter = (text: string): string =>
    `BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${text}]`;
  const target = 'integration.request.header.a';
  const cases: [Record<string, string>, string][] = [
    [{ 'integration.request.path.testPath': 'true' }, expression('true')],
    [{ [target]: "'unclosed" }, expression("'unclosed")],
    [{ [target]: 'context.a + context.b' }, expression('context.a + context.b')],
    [{ [target]: 'method.request.header.undeclared' }, parameter('method.request.header.undeclared')],
    [{ 'header.a': "'a'" }, parameter('header.a')],
  ];
  for (const [mapping, refusal] of cases) {
    expect(await refusalOf(put(method, { requestParameters: mapping }))).toBe(refusal);
  }
});

test('13.1: a boolean where a mapping belongs cannot be deserialised', async () => {
  const { restApiId, resourceId } = await newMethod(connected.client);
  const answer = await fetch(
    `${connected.endpoint}/restapis/${restApiId}/resources/${resourceId}/methods/GET/integration`,
    {
      method: 'PUT',
      body: JSON.stringify({ type: 'MOCK', requestParameters: { 'integration.request.path.a': true } }),
    },
  );
  expect(answer.status).toBe(400);
  expect(answer.headers.get('x-amzn-errortype')).toBe('SerializationException');
  expect(await answer.json()).toEqual({
    message: 'class java.lang.Boolean can not be converted to an String',
  });
});

test('13.4: each member of an integration is patched', async () => {
  const method = await newMethod(connected.client);
  await put(method, { ...POST, type: 'HTTP', uri: 'http://example.com' });
  const patched = await bodyOf(
    update(
      method,
      replace('/uri', 'https://example.org/pets'),
      replace('/httpMethod', 'PUT'),
      replace('/credentials', ROLE),
      replace('/timeoutInMillis', '1000'),
      replace('/passthroughBehavior', 'NEVER'),
      replace('/contentHandling', 'CONVERT_TO_TEXT'),
      replace('/cacheNamespace', 'pets'),
      replace('/tlsConfig/insecureSkipVerification', 'true'),
      { op: 'add', path: '/requestTemplates/application~1json', value: '{"a": 1}' },
      { op: 'add', path: '/requestTemplates/text~1plain', value: '' },
      { op: 'add', path: '/requestParameters/integration.request.header.a', value: "'b'" },
      { op: 'add', path: '/cacheKeyParameters/method.request.querystring.q' },
    ),
  );
  expect(patched).toStrictEqual({
    type: 'HTTP',
    httpMethod: 'PUT',
    uri: 'https://example.org/pets',
    credentials: ROLE,
    connectionType: 'INTERNET',
    requestParameters: { 'integration.request.header.a': "'b'" },
    requestTemplates: { 'application/json': '{"a": 1}', 'text/plain': null },
    passthroughBehavior: 'NEVER',
    contentHandling: 'CONVERT_TO_TEXT',
    timeoutInMillis: 1000,
    cacheNamespace: 'pets',
    cacheKeyParameters: ['method.request.querystring.q'],
    tlsConfig: { insecureSkipVerification: true },
  });
  const removed = await update(
    method,
    { op: 'remove', path: '/requestTemplates/application~1json' },
    { op: 'remove', path: '/requestTemplates/text~1plain' },
    { op: 'remove', path: '/cacheKeyParameters/method.request.querystring.q' },
    replace('/contentHandling', ''),
    replace('/cacheNamespace', ''),
  );
  expect(removed).toMatchObject({ cacheKeyParameters: [], cacheNamespace: method.resourceId });
  expect(removed).not.toHaveProperty('requestTemplates');
  expect(removed).not.toHaveProperty('contentHandling');
});

test.each<[PatchOperation, string]>([
  [replace('/type', 'HTTP'), 'BadRequestException: Invalid patch path /type'],
  [
    { op: 'remove', path: '/uri' },
    'BadRequestException: Invalid patch operation specified. Must be one of: [replace]',
  ],
  [replace('/uri', 'nowhere'), 'BadRequestException: Invalid HTTP endpoint specified for URI'],
  [replace('/httpMethod', ''), METHOD],
  [replace('/timeoutInMillis', 'soon'), 'BadRequestException: Timeout should be between 50 ms and 29000 ms'],
  [
    { op: 'remove', path: '/requestTemplates/text~1a' },
    'NotFoundException: Content-Type specified was not found',
  ],
  [
    replace('/requestParameters/integration.request.header.a', "'b'"),
    'NotFoundException: Invalid parameter name specified',
  ],
])('13.4: UpdateIntegration refuses %j', async (operation, refusal) => {
  const method = await newMethod(connected.client);
  await put(method, { ...POST, type: 'HTTP', uri: 'http://example.com' });
  expect(await refusalOf(update(method, operation))).toBe(refusal);
});

test('an integration that is put anew has none of the responses of the old one', async () => {
  const { client } = connected;
  const method = await newMethod(client);
  await put(method, {});
  await client.send(new PutIntegrationResponseCommand({ ...method, statusCode: '200' }));
  await put(method, {});
  expect(await bodyOf(client.send(new GetIntegrationCommand(method)))).not.toHaveProperty(
    'integrationResponses',
  );
});
