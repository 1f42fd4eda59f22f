import type { AddressInfo } from 'node:net';
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetExportCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONSOLE_PETSTORE, filledCorpusText } from '../export/corpus.fixture.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import { mockOperation, oas30, swagger } from '../import/import.fixture.ts';

let gateway: Gateway;
let client: APIGatewayClient;
let endpoint: string;

beforeAll(async () => {
  gateway = createGateway({ seed: 1, clock: () => 1_700_000_000_000 });
  await new Promise<void>(resolve => {
    gateway.server.listen(0, '127.0.0.1', resolve);
  });
  endpoint = `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
  client = new APIGatewayClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  });
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
});

const bytes = (document: unknown): Uint8Array =>
  Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));

/** Name, status and message of the refusal that a client meets. */
async function refused(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
  } catch (error) {
    const { name, message, $metadata } = error as Error & {
      readonly $metadata: { readonly httpStatusCode: number };
    };
    return `${$metadata.httpStatusCode} ${name}: ${message}`;
  }
  throw new Error('The operation was not refused.');
}

const DOCUMENT = oas30(
  { '/e': { get: mockOperation() } },
  { servers: [{ url: 'https://pets.example/a/b' }], 'x-amazon-apigateway-binary-media-types': ['image/png'] },
);

test('6.1 ImportRestApi answers 201 with the API, which has no tags', async () => {
  const { $metadata, createdDate, ...api } = await client.send(
    new ImportRestApiCommand({
      body: bytes(DOCUMENT),
      failOnWarnings: true,
      parameters: { basepath: 'prepend', endpointConfigurationTypes: 'REGIONAL', ignore: 'documentation' },
    }),
  );
  expect($metadata.httpStatusCode).toBe(201);
  expect(createdDate).toEqual(new Date(1_700_000_000_000));
  expect(api).toEqual({
    id: expect.any(String),
    name: 'pets',
    version: '1.0',
    apiKeySource: 'HEADER',
    binaryMediaTypes: ['image/png'],
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
    rootResourceId: expect.any(String),
  });
});

test('6.1 and 6.4 PutRestApi answers 200 with tags, merges unless told, and shows warnings', async () => {
  const { id: restApiId = '' } = await client.send(new CreateRestApiCommand({ name: 'old' }));
  const put = (document: unknown, mode?: 'merge' | 'overwrite') =>
    client.send(new PutRestApiCommand({ restApiId, body: bytes(document), ...(mode && { mode }) }));
  const first = await put(
    swagger({ '/a': { get: mockOperation() } }, { 'x-amazon-apigateway-binary-media-types': ['a/b'] }),
  );
  expect(first.$metadata.httpStatusCode).toBe(200);
  expect(first).toMatchObject({ id: restApiId, name: 'pets', tags: {} });
  expect(first).not.toHaveProperty('warnings');
  const unclear = swagger({ '/b': { get: mockOperation({ security: [{ nobody: [] }] }) } });
  expect(await put(unclear)).toMatchObject({
    binaryMediaTypes: ['a/b'],
    warnings: [expect.stringContaining("Security definition 'nobody'")],
  });
  expect(await put(unclear, 'overwrite')).not.toHaveProperty('binaryMediaTypes');
});

test('6.5 what is refused changes nothing, and says so with 400', async () => {
  const { id: restApiId = '' } = await client.send(new ImportRestApiCommand({ body: bytes(DOCUMENT) }));
  const import_ = (body: string) => client.send(new ImportRestApiCommand({ body: bytes(body) }));
  const put = (document: unknown, more: object = {}) =>
    client.send(new PutRestApiCommand({ restApiId, mode: 'overwrite', body: bytes(document), ...more }));
  expect(await refused(import_('{'))).toBe('400 BadRequestException: Invalid OpenAPI input.');
  expect(await refused(put('{'))).toBe('400 BadRequestException: Invalid OpenAPI input.');
  const unclear = oas30({ '/b': { get: mockOperation({ security: [{ nobody: [] }] }) } });
  expect(await refused(put(unclear, { failOnWarnings: true }))).toMatch(
    /^400 BadRequestException: Warnings found during import:\n\t/,
  );
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  const { body } = await client.send(
    new GetExportCommand({ restApiId, stageName: 'v1', exportType: 'oas30' }),
  );
  expect(Object.keys(JSON.parse(Buffer.from(body ?? []).toString()).paths)).toEqual(['/e']);
});

test('13.3 the quotes of a policy are escaped once more', async () => {
  const policy = { 'x-amazon-apigateway-policy': { Version: '2012-10-17', Statement: [] } };
  const answer = await client.send(new ImportRestApiCommand({ body: bytes(swagger({}, policy)) }));
  expect(answer.policy).toBe('{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[]}');
});

test('13.4 an API that is not there cannot be changed', async () => {
  expect(
    await refused(client.send(new PutRestApiCommand({ restApiId: 'nobody', body: bytes(DOCUMENT) }))),
  ).toBe('404 NotFoundException: Invalid API identifier specified 000000000000:nobody');
});

test('13.1 unknown modes are refused by the framework', async () => {
  const { id: restApiId = '' } = await client.send(new ImportRestApiCommand({ body: bytes(DOCUMENT) }));
  const mode = 'replace' as 'merge';
  expect(
    await refused(client.send(new PutRestApiCommand({ restApiId, mode, body: bytes(DOCUMENT) }))),
  ).toContain(
    "400 ValidationException: 1 validation error detected: Value 'replace' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [merge, overwrite]",
  );
});

test('7 GetExport answers bytes with a file name, in JSON and in YAML', async () => {
  const { id: restApiId = '' } = await client.send(
    new ImportRestApiCommand({
      body: bytes(
        swagger({ '/pets': { get: mockOperation() } }, { info: { title: 'pets', version: '1.0.0' } }),
      ),
    }),
  );
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'local' }));
  const asked = { restApiId, stageName: 'local', exportType: 'swagger' };
  const json = await client.send(new GetExportCommand(asked));
  expect(json).toMatchObject({
    contentType: 'application/octet-stream',
    contentDisposition: 'attachment; filename="swagger_1.0.0.json"',
  });
  expect(JSON.parse(Buffer.from(json.body ?? []).toString())).toMatchObject({
    swagger: '2.0',
    basePath: '/local',
  });
  const yaml = await client.send(
    new GetExportCommand({
      ...asked,
      exportType: 'oas30',
      accepts: 'application/yaml',
      parameters: { extensions: 'integrations,authorizers' },
    }),
  );
  expect(yaml.contentDisposition).toBe('attachment; filename="oas30_1.0.0.yaml"');
  expect(Buffer.from(yaml.body ?? []).toString()).toContain(
    '      x-amazon-apigateway-integration:\n        type: "mock"\n',
  );
});

test('7 an export shows what the stage serves, not what the API is by now', async () => {
  const { id: restApiId = '' } = await client.send(
    new ImportRestApiCommand({ body: bytes(filledCorpusText(CONSOLE_PETSTORE)) }),
  );
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  await client.send(new PutRestApiCommand({ restApiId, mode: 'overwrite', body: bytes(DOCUMENT) }));
  const { body, contentDisposition } = await client.send(
    new GetExportCommand({ restApiId, stageName: 'v1', exportType: 'swagger' }),
  );
  const document = JSON.parse(Buffer.from(body ?? []).toString());
  expect(document.info).toMatchObject({ title: 'PetStore', version: '2023-11-14T22:13:20Z' });
  expect(contentDisposition).toBe('attachment; filename="swagger_2023-11-14T22:13:20Z.json"');
});

test('4.1 models that refer to each other in a circle are imported, and hold bodies to them', async () => {
  const schemas = {
    Person: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        b: { type: 'number' },
        house: { $ref: '#/components/schemas/House' },
      },
      required: ['name', 'b'],
    },
    House: {
      type: 'object',
      properties: {
        contains: { type: 'array', items: { $ref: '#/components/schemas/Person' }, minItems: 1 },
      },
    },
  };
  const post = mockOperation({
    requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Person' } } } },
  });
  const document = oas30(
    { '/person': { post } },
    {
      components: { schemas },
      'x-amazon-apigateway-request-validators': {
        basic: { validateRequestBody: true, validateRequestParameters: true },
      },
      'x-amazon-apigateway-request-validator': 'basic',
    },
  );
  const { id: restApiId = '' } = await client.send(
    new ImportRestApiCommand({ body: bytes(document), failOnWarnings: true }),
  );
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  const send = async (body: object): Promise<string> => {
    const address = `${endpoint}/restapis/${restApiId}/dev/_user_request_/person`;
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return `${answer.status} ${await answer.text()}`;
  };
  const invalid = '400 {"message": "Invalid request body"}';
  expect(await send({ name: 'Person1', b: 2, house: { contains: [{ name: 'Person2', b: 3 }] } })).toBe(
    '200 ',
  );
  expect(await send({ random: 'blabla' })).toBe(invalid);
  expect(await send({ name: 'Person1', b: 2, house: { contains: [{ random: 'no person' }] } })).toBe(invalid);
});

test('7 a version that no header can hold does not break the file name', async () => {
  const version = '1"\r\nX-Evil: 1\u{1f408}';
  const { id: restApiId = '' } = await client.send(
    new ImportRestApiCommand({
      body: bytes(swagger({ '/pets': { get: mockOperation() } }, { info: { title: 'pets', version } })),
    }),
  );
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  const { body, contentDisposition } = await client.send(
    new GetExportCommand({ restApiId, stageName: 'v1', exportType: 'swagger' }),
  );
  expect(contentDisposition).toBe('attachment; filename="swagger_1___X-Evil:_1__.json"');
  expect(JSON.parse(Buffer.from(body ?? []).toString()).info.version).toBe(version);
});

test('7 stages, types and extensions that are not there are refused', async () => {
  const { id: restApiId = '' } = await client.send(new ImportRestApiCommand({ body: bytes(DOCUMENT) }));
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  const asked = { restApiId, stageName: 'v1', exportType: 'swagger' };
  expect(await refused(client.send(new GetExportCommand({ ...asked, stageName: 'v2' })))).toBe(
    '404 NotFoundException: Invalid Stage identifier specified',
  );
  expect(await refused(client.send(new GetExportCommand({ ...asked, exportType: 'raml' })))).toContain(
    '400 BadRequestException',
  );
  expect(
    await refused(client.send(new GetExportCommand({ ...asked, parameters: { extensions: 'all' } }))),
  ).toContain('400 BadRequestException');
});

test('a definition of 6 MB and more, of ten, and one that is no text are answered over the wire', async () => {
  const send = async (body: Uint8Array): Promise<string> => {
    const answer = await fetch(`${endpoint}/restapis?mode=import`, { method: 'POST', body });
    return `${answer.status} ${await answer.text()}`;
  };
  expect(await send(Buffer.alloc(6 * 1024 * 1024 + 1, ' '))).toContain('400 ');
  expect(await send(Buffer.alloc(10 * 1024 * 1024 + 1, ' '))).toContain('413 ');
  const broken = await fetch(`${endpoint}/restapis?mode=import`, {
    method: 'POST',
    body: '{"swagger": "2.0",\n "info": ä}',
  });
  // AWS says no more than that; where it is stands beside the answer.
  expect(broken.headers.get('x-rehearsal-reason')).toMatch(/^line 2, column 10: /);
  expect(await send(Buffer.alloc(1000, 0xff))).toBe('400 {"message":"Invalid OpenAPI input."}');
});

test('6.5 and 6.6 each broken kind of definition is answered with 400 over the wire, and the gateway goes on', async () => {
  const start = '{"openapi": "3.0.1", "info": {"title": "x", "version": "1"}, "paths": ';
  const broken: Readonly<Record<string, string>> = {
    nothing: '',
    'a truncated document': start,
    'tabs in YAML': 'swagger: "2.0"\n\tinfo: {title: x}',
    'two YAML documents': 'swagger: "2.0"\n---\nswagger: "2.0"',
    'an alias bomb': `a: &a [x]\n${Array.from({ length: 12 }, (_item, at) => `k${at}: &${String.fromCharCode(98 + at)} [${`*${String.fromCharCode(97 + at)},`.repeat(20)}]`).join('\n')}`,
    'an alias in its own anchor': 'swagger: "2.0"\nx: &x [*x]',
    'deep nesting': `${start}${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
    'deep nesting in YAML': `swagger: "2.0"\nx: ${'['.repeat(20_000)}`,
    'an array': '[]',
    'a version to come': '{"openapi": "3.2.0", "info": {"title": "x", "version": "1"}, "paths": {}}',
    'another kind of document':
      '{"asyncapi": "3.0.0", "info": {"title": "x", "version": "1"}, "channels": {}}',
    'paths as an array': `${start}[]}`,
    'an operation as a number': `${start}{"/a": {"get": 7}}}`,
    'an integration as an array': `${start}{"/a": {"get": {"responses": {}, "x-amazon-apigateway-integration": []}}}}`,
    'components as a text': `${start}{}, "components": "none"}`,
    'an info called __proto__': '{"openapi": "3.0.1", "__proto__": {"title": "x"}, "paths": {}}',
    'a schema that is itself': `${start}{}, "components": {"schemas": {"A": {"$ref": "#/components/schemas/A", "properties": []}, "B": []}}}`,
  };
  for (const [kind, definition] of Object.entries(broken)) {
    const answer = await fetch(`${endpoint}/restapis?mode=import`, { method: 'POST', body: definition });
    expect([answer.status, answer.headers.get('x-amzn-errortype')], kind).toEqual([
      400,
      'BadRequestException',
    ]);
    expect((await answer.json()) as object, kind).toEqual({
      message: expect.stringMatching(/^(Invalid|Errors|Unable) /),
    });
  }
  expect((await fetch(`${endpoint}/restapis`)).status).toBe(200);
});
