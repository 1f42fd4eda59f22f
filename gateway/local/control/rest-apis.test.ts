import {
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  type CreateRestApiCommandInput,
  DeleteRestApiCommand,
  type EndpointConfiguration,
  GetModelsCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  type PatchOperation,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, newApi, refusalOf, statusOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

const create = (input: Partial<CreateRestApiCommandInput>) =>
  connected.client.send(new CreateRestApiCommand({ name: 'pets', ...input }));
const update = (restApiId: string, ...patchOperations: PatchOperation[]) =>
  connected.client.send(new UpdateRestApiCommand({ restApiId, patchOperations }));

/** What the wire carries, without a client's reading of it. */
async function sent(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${connected.endpoint}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

test('13.3: an API is created with the defaults of AWS', async () => {
  const created = create({});
  expect(await statusOf(created)).toBe(201);
  expect(await bodyOf(created)).toStrictEqual({
    id: expect.stringMatching(/^[a-z0-9]{10}$/),
    name: 'pets',
    createdDate: new Date(1_700_000_000_000),
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    rootResourceId: expect.stringMatching(/^[a-z0-9]{10}$/),
  });
});

test('13.1: dates are epoch seconds and lists are `item` on the wire', async () => {
  await create({});
  const { item } = (await sent('GET', '/restapis')) as { item: { createdDate: unknown }[] };
  expect(item[0]?.createdDate).toBe(1_700_000_000);
});

test('13.3: every member that is given stands in the API, empty lists and tags do not', async () => {
  const { id = '', ...body } = await bodyOf(
    create({
      description: 'a shop',
      version: 'v1',
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 0,
      apiKeySource: 'AUTHORIZER',
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
      securityPolicy: 'TLS_1_2',
      tags: { MY_TAG1: 'MY_VALUE1' },
    }),
  );
  expect(body).toMatchObject({
    description: 'a shop',
    version: 'v1',
    binaryMediaTypes: ['image/png'],
    minimumCompressionSize: 0,
    apiKeySource: 'AUTHORIZER',
    disableExecuteApiEndpoint: true,
    endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
    securityPolicy: 'TLS_1_2',
    tags: { MY_TAG1: 'MY_VALUE1' },
  });
  expect(await bodyOf(connected.client.send(new GetRestApiCommand({ restApiId: id })))).toEqual({
    id,
    ...body,
  });
  expect(await bodyOf(create({ binaryMediaTypes: [], tags: {} }))).not.toMatchObject({
    binaryMediaTypes: expect.anything(),
  });
});

test.each<[EndpointConfiguration, EndpointConfiguration]>([
  [{ types: ['EDGE'] }, { types: ['EDGE'], ipAddressType: 'ipv4' }],
  [{ types: ['REGIONAL'] }, { types: ['REGIONAL'], ipAddressType: 'ipv4' }],
  [{ types: ['PRIVATE'] }, { types: ['PRIVATE'], ipAddressType: 'dualstack' }],
  [{}, { types: ['EDGE'], ipAddressType: 'ipv4' }],
])('13.3: endpoint configuration %j becomes %j', async (given, kept) => {
  expect((await create({ endpointConfiguration: given })).endpointConfiguration).toEqual(kept);
});

const TYPES =
  "Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]";
const IP =
  "Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]";

test.each([
  [{ description: '' }, 'BadRequestException: Description cannot be an empty string'],
  [
    { minimumCompressionSize: -1 },
    'BadRequestException: Invalid minimum compression size, must be between 0 and 10485760',
  ],
  [
    { endpointConfiguration: { types: [] } },
    'BadRequestException: REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.',
  ],
  [
    { endpointConfiguration: { types: ['EDGE', 'REGIONAL'] } },
    'BadRequestException: Cannot create an api with multiple Endpoint Types.',
  ],
  [
    { endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'ipv4' } },
    'BadRequestException: Only dualstack ipAddressType is supported for Private APIs.',
  ],
  [
    { description: '', endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'ipv4' } },
    'BadRequestException: Description cannot be an empty string',
  ],
  [
    { endpointConfiguration: { ipAddressType: 'wrong' } },
    `ValidationException: 1 validation error detected: ${IP}`,
  ],
  [
    { description: '', endpointConfiguration: { ipAddressType: 'wrong', types: ['wrong'] } },
    `ValidationException: 2 validation errors detected: ${TYPES}; ${IP}`,
  ],
  [
    { name: undefined },
    "ValidationException: 1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null",
  ],
  [{ cloneFrom: 'nothing' }, 'NotFoundException: Invalid API identifier specified 000000000000:nothing'],
  [{ policy: 'no json' }, /^BadRequestException: Invalid policy document/],
])('13.4: CreateRestApi refuses %j', async (input, refusal) => {
  expect(await refusalOf(create(input as never))).toEqual(
    typeof refusal === 'string' ? refusal : expect.stringMatching(refusal),
  );
});

test('13.1: an unknown API is named with the account, and ids are told in their case', async () => {
  const { restApiId } = await newApi(connected.client);
  const upper = restApiId.toUpperCase();
  const expected = `NotFoundException: Invalid API identifier specified 000000000000:${upper}`;
  expect(await refusalOf(connected.client.send(new GetRestApiCommand({ restApiId: upper })))).toBe(expected);
  expect(await refusalOf(update(upper, { op: 'replace', path: '/apiKeySource', value: 'AUTHORIZER' }))).toBe(
    expected,
  );
});

test('4.1: the default models come with CreateRestApi', async () => {
  const { restApiId } = await newApi(connected.client);
  const { items = [] } = await connected.client.send(new GetModelsCommand({ restApiId }));
  expect(items).toMatchObject([
    { name: 'Empty', contentType: 'application/json', description: 'This is a default empty schema model' },
    { name: 'Error', contentType: 'application/json', description: 'This is a default error schema model' },
  ]);
  expect(items.map(({ schema = '' }) => JSON.parse(schema))).toEqual([
    { $schema: 'http://json-schema.org/draft-04/schema#', title: 'Empty Schema', type: 'object' },
    {
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'Error Schema',
      type: 'object',
      properties: { message: { type: 'string' } },
    },
  ]);
});

test('6.4: tags stand empty in what Get and Update answer, and are absent from Create and lists', async () => {
  const gateway = await connect();
  try {
    const { client } = gateway;
    const { restApiId } = await newApi(client);
    expect((await client.send(new GetRestApiCommand({ restApiId }))).tags).toEqual({});
    const { items = [] } = await client.send(new GetRestApisCommand({}));
    expect(items[0]).not.toHaveProperty('tags');
  } finally {
    await gateway.close();
  }
});

test('13.3: the quotes of a policy are escaped, and execute-api:/ is the API', async () => {
  const policy = '{"Statement":[{"Effect":"Allow","Resource":"execute-api:/*"}]}';
  const created = await create({ policy });
  expect(created.policy).toContain('{\\"Statement\\"');
  expect(JSON.parse(`"${created.policy}"`)).toBe(
    `{"Statement":[{"Effect":"Allow","Resource":"arn:aws:execute-api:us-east-1:000000000000:${created.id}/*"}]}`,
  );
  const gone = await update(created.id ?? '', { op: 'replace', path: '/policy', value: '' });
  expect(gone.policy).toBeUndefined();
});

test('a clone has everything of its source under ids of its own', async () => {
  const { client } = connected;
  const { restApiId, resourceId } = await newApi(client);
  const { id: validator = '' } = await client.send(
    new CreateRequestValidatorCommand({ restApiId, name: 'all', validateRequestBody: true }),
  );
  const ref = `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Error`;
  await client.send(
    new CreateModelCommand({
      restApiId,
      name: 'Fault',
      contentType: 'application/json',
      schema: JSON.stringify({ $ref: ref }),
    }),
  );
  const pets = await client.send(
    new CreateResourceCommand({ restApiId, parentId: resourceId, pathPart: 'pets' }),
  );
  const method = { restApiId, resourceId: pets.id, httpMethod: 'POST' };
  await client.send(
    new PutMethodCommand({
      ...method,
      authorizationType: 'NONE',
      requestValidatorId: validator,
      requestModels: { 'application/json': 'Fault' },
    }),
  );
  await client.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));

  const clone = await create({ name: 'clone', cloneFrom: restApiId });
  const { items = [] } = await client.send(
    new GetResourcesCommand({ restApiId: clone.id, embed: ['methods'] }),
  );
  const [root, copy] = items;
  expect(root).toMatchObject({ id: clone.rootResourceId, path: '/' });
  expect(copy).toMatchObject({ path: '/pets', parentId: clone.rootResourceId });
  expect(copy?.id).not.toBe(pets.id);
  const cloned = copy?.resourceMethods?.['POST'];
  expect(cloned).toMatchObject({
    requestModels: { 'application/json': 'Fault' },
    methodIntegration: { type: 'MOCK', cacheNamespace: copy?.id },
  });
  expect(cloned?.requestValidatorId).not.toBe(validator);
  const { items: models = [] } = await client.send(new GetModelsCommand({ restApiId: clone.id }));
  expect(models.find(({ name }) => name === 'Fault')?.schema).toBe(
    JSON.stringify({ $ref: ref.replace(restApiId, clone.id ?? '') }),
  );
});

test('13.1: a deleted API is gone with everything in it', async () => {
  const { client } = connected;
  const { restApiId } = await newApi(client);
  expect(await statusOf(client.send(new DeleteRestApiCommand({ restApiId })))).toBe(202);
  expect(await refusalOf(client.send(new GetModelsCommand({ restApiId })))).toBe(
    `NotFoundException: Invalid API identifier specified 000000000000:${restApiId}`,
  );
  expect(await refusalOf(client.send(new DeleteRestApiCommand({ restApiId })))).toMatch(/^NotFoundException/);
});

test('13.1: values of the wrong type are told in the names of Java classes', async () => {
  expect(await sent('POST', '/restapis', { name: true })).toEqual({
    message: 'class java.lang.Boolean can not be converted to an String',
  });
  expect(await sent('POST', '/restapis', { name: 5 })).toEqual({
    message:
      'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String',
  });
  for (const input of [
    { name: [] },
    { name: {} },
    { name: 'a', tags: [] },
    { name: 'a', binaryMediaTypes: {} },
  ]) {
    expect(await sent('POST', '/restapis', input)).toEqual({
      message: expect.stringContaining('not expected'),
    });
  }
});
