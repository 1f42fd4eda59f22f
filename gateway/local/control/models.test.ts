import {
  CreateModelCommand,
  type CreateModelCommandInput,
  DeleteMethodCommand,
  DeleteModelCommand,
  GetModelCommand,
  GetModelsCommand,
  GetModelTemplateCommand,
  type PatchOperation,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateMethodCommand,
  UpdateModelCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, newApi, refusalOf, statusOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

const SCHEMA = '{"title": "MySchema", "type": "object"}';
const create = (restApiId: string, input: Partial<CreateModelCommandInput>) =>
  connected.client.send(
    new CreateModelCommand({
      restApiId,
      name: 'MySchema',
      contentType: 'application/json',
      schema: SCHEMA,
      ...input,
    }),
  );
const update = (restApiId: string, modelName: string, ...patchOperations: PatchOperation[]) =>
  connected.client.send(new UpdateModelCommand({ restApiId, modelName, patchOperations }));
const remove = (restApiId: string, modelName: string) =>
  connected.client.send(new DeleteModelCommand({ restApiId, modelName }));

test('4.1: a model is created, read, listed and deleted; an empty description is none', async () => {
  const { client } = connected;
  const { restApiId } = await newApi(client);
  const created = create(restApiId, { description: '' });
  expect(await statusOf(created)).toBe(201);
  const model = await bodyOf(created);
  expect(model).toStrictEqual({
    id: expect.stringMatching(/^[a-z0-9]{6}$/),
    name: 'MySchema',
    contentType: 'application/json',
    schema: SCHEMA,
  });
  expect(await bodyOf(client.send(new GetModelCommand({ restApiId, modelName: 'MySchema' })))).toEqual(model);
  const { items } = await client.send(new GetModelsCommand({ restApiId }));
  expect(items).toHaveLength(3);
  expect(await statusOf(remove(restApiId, 'MySchema'))).toBe(202);
});

const EMPTY = 'BadRequestException: Model schema must have at least 1 property or array items defined';
test.each<[Partial<CreateModelCommandInput>, string]>([
  [{ name: '' }, 'BadRequestException: Model name must be non-empty'],
  [{ name: 'my_model' }, 'BadRequestException: Model name must be alphanumeric: my_model'],
  [{ schema: '' }, EMPTY],
  [{ schema: '{}' }, EMPTY],
  [{ schema: undefined }, EMPTY],
  [{ schema: undefined, contentType: 'application/xml' }, EMPTY],
  [{ name: 'Empty' }, 'ConflictException: Model name already exists for this REST API'],
  [
    { schema: '{"type": ' },
    'BadRequestException: Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]',
  ],
])('13.4: CreateModel refuses %j', async (input, refusal) => {
  const { restApiId } = await newApi(connected.client);
  expect(await refusalOf(create(restApiId, input))).toBe(refusal);
});

test('15: a schema has at most 400 KB', async () => {
  const { restApiId } = await newApi(connected.client);
  const schema = JSON.stringify({ type: 'object', description: 'x'.repeat(400 * 1024) });
  expect(await refusalOf(create(restApiId, { schema }))).toMatch(
    /^BadRequestException: Invalid model specified/,
  );
});

test('13.4: an unknown API has no models, and only lists and creations name it', async () => {
  const { client } = connected;
  const unknown = { restApiId: 'abcde0' };
  const api = 'NotFoundException: Invalid API identifier specified 000000000000:abcde0';
  const model = 'NotFoundException: Invalid model name specified: MySchema';
  expect(await refusalOf(create('abcde0', {}))).toBe(api);
  expect(await refusalOf(client.send(new GetModelsCommand(unknown)))).toBe(api);
  expect(await refusalOf(client.send(new GetModelCommand({ ...unknown, modelName: 'MySchema' })))).toBe(
    model,
  );
  expect(await refusalOf(remove('abcde0', 'MySchema'))).toBe(model);
  expect(
    await refusalOf(update('abcde0', 'MySchema', { op: 'replace', path: '/schema', value: SCHEMA })),
  ).toBe(model);
});

test('13.4: schema and description are replaced, and nothing else', async () => {
  const { restApiId } = await newApi(connected.client);
  await create(restApiId, { description: 'first' });
  const next = await bodyOf(
    update(
      restApiId,
      'MySchema',
      { op: 'replace', path: '/schema', value: '{"title": "Updated schema"}' },
      { op: 'replace', path: '/description', value: '' },
    ),
  );
  expect(next).toStrictEqual({
    id: expect.any(String),
    name: 'MySchema',
    contentType: 'application/json',
    schema: '{"title": "Updated schema"}',
  });
  const refusals: [PatchOperation, string][] = [
    [
      { op: 'add', path: '/wrong-path', value: 'x' },
      "Invalid patch path  '/wrong-path' specified for op 'add'. Please choose supported operations",
    ],
    [
      { op: 'replace', path: '/name', value: 'x' },
      "Invalid patch path  '/name' specified for op 'replace'. Must be one of: [/description, /schema]",
    ],
    [
      { op: 'replace', path: '/schema', value: '' },
      'Model schema must have at least 1 property or array items defined',
    ],
  ];
  for (const [operation, message] of refusals) {
    expect(await refusalOf(update(restApiId, 'MySchema', operation))).toBe(`BadRequestException: ${message}`);
  }
});

test('4.1: a model in use is not deleted, and the method that was made last is told', async () => {
  const { client } = connected;
  const { restApiId, resourceId } = await newApi(client);
  await create(restApiId, {});
  await create(restApiId, { name: 'MySchemaTwo' });
  const method = { restApiId, resourceId, httpMethod: 'ANY' };
  await client.send(
    new PutMethodCommand({
      ...method,
      authorizationType: 'NONE',
      requestModels: { 'application/json': 'MySchema' },
    }),
  );
  expect(await refusalOf(remove(restApiId, 'MySchema'))).toBe(
    "ConflictException: Cannot delete model 'MySchema', is referenced in method request: //ANY",
  );
  await client.send(
    new UpdateMethodCommand({
      ...method,
      patchOperations: [{ op: 'replace', path: '/requestModels/application~1json', value: 'MySchemaTwo' }],
    }),
  );
  expect(await statusOf(remove(restApiId, 'MySchema'))).toBe(202);
  await client.send(new DeleteMethodCommand(method));
  expect(await statusOf(remove(restApiId, 'MySchemaTwo'))).toBe(202);
});

test('a model that a response or another model uses is not deleted either', async () => {
  const { client } = connected;
  const { restApiId, resourceId } = await newApi(client);
  await create(restApiId, {});
  const ref = `https://apigateway.amazonaws.com/restapis/${restApiId}/models/MySchema`;
  await create(restApiId, { name: 'Pets', schema: JSON.stringify({ type: 'array', items: { $ref: ref } }) });
  expect(await refusalOf(remove(restApiId, 'MySchema'))).toBe(
    "ConflictException: Cannot delete model 'MySchema', is referenced in model: Pets",
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await client.send(
    new PutMethodResponseCommand({ ...method, statusCode: '200', responseModels: { 'text/a': 'Pets' } }),
  );
  expect(await refusalOf(remove(restApiId, 'Pets'))).toBe(
    "ConflictException: Cannot delete model 'Pets', is referenced in method response: //GET/200",
  );
});

test('a flattened model has the models it refers to inside it, circles too', async () => {
  const { client } = connected;
  const { restApiId } = await newApi(client);
  const ref = (name: string) => ({
    $ref: `https://apigateway.amazonaws.com/restapis/${restApiId}/models/${name}`,
  });
  await create(restApiId, {
    name: 'Person',
    schema: JSON.stringify({ type: 'object', properties: { house: ref('House') } }),
  });
  await create(restApiId, {
    name: 'House',
    schema: JSON.stringify({ type: 'object', properties: { owner: ref('Person') } }),
  });
  const { schema = '' } = await client.send(
    new GetModelCommand({ restApiId, modelName: 'Person', flatten: true }),
  );
  expect(JSON.parse(schema)).toEqual({
    type: 'object',
    properties: { house: { $ref: '#/definitions/House' } },
    definitions: {
      House: { type: 'object', properties: { owner: { $ref: '#/definitions/Person' } } },
      Person: { type: 'object', properties: { house: { $ref: '#/definitions/House' } } },
    },
  });
  const template = await client.send(new GetModelTemplateCommand({ restApiId, modelName: 'Person' }));
  expect(template.value?.length).toBeLessThan(2000);
});

test('the default template prints a value of the shape of the model', async () => {
  const { client } = connected;
  const { restApiId } = await newApi(client);
  const schema = {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      price: { type: 'number' },
      name: { type: ['string', 'null'] },
      sold: { type: 'boolean' },
      tags: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
    },
  };
  await create(restApiId, { schema: JSON.stringify(schema) });
  const { value } = await client.send(new GetModelTemplateCommand({ restApiId, modelName: 'MySchema' }));
  expect(value).toBe(`#set($inputRoot = $input.path('$'))
{
  "id" : 42,
  "price" : 42.42,
  "name" : "foo",
  "sold" : true,
  "tags" : [
##TODO: Update this foreach loop to reference array from input json
#foreach($elem in $inputRoot.tags)
    {
      "name" : "foo"
    } 
#if($foreach.hasNext),#end
#end
  ]
}`);
});
