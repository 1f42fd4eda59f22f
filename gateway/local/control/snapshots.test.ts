/** What a deployment has frozen, and what an import leaves alone (apigateway.md 8.1, 6.1). */
import {
  CreateDeploymentCommand,
  GetDeploymentsCommand,
  GetRequestValidatorsCommand,
  GetStageCommand,
  ImportRestApiCommand,
  PutGatewayResponseCommand,
  PutRestApiCommand,
  UpdateModelCommand,
  UpdateRequestValidatorCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mockOperation, oas30 } from '../import/import.fixture.ts';
import { type Connected, connect } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

const DOCUMENT = oas30(
  {
    '/pets': {
      post: mockOperation({
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
      }),
    },
  },
  {
    components: { schemas: { Pet: { type: 'object', required: ['name'] } } },
    'x-amazon-apigateway-request-validators': {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
    'x-amazon-apigateway-request-validator': 'all',
  },
);
const bytes = (document: object): Uint8Array => Buffer.from(JSON.stringify(document));

async function imported(): Promise<string> {
  const { id = '' } = await connected.client.send(new ImportRestApiCommand({ body: bytes(DOCUMENT) }));
  const variables = { color: 'red' };
  await connected.client.send(
    new CreateDeploymentCommand({ restApiId: id, stageName: 'v1', variables, cacheClusterEnabled: true }),
  );
  return id;
}

async function post(restApiId: string, path: string, body: string): Promise<string> {
  const address = `${connected.endpoint}/restapis/${restApiId}/v1/_user_request_${path}`;
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(address, { method: 'POST', headers, body });
  return `${answer.status} ${await answer.text()}`;
}

test('8.1: models, validators, gateway responses and the API itself are served as they were', async () => {
  const { client } = connected;
  const restApiId = await imported();
  const served = async (): Promise<readonly string[]> => [
    await post(restApiId, '/pets', '{}'),
    await post(restApiId, '/pets', '{"name": "Rex"}'),
    await post(restApiId, '/nowhere', ''),
  ];
  const before = await served();
  expect(before).toEqual([
    '400 {"message": "Invalid request body"}',
    '200 ',
    '403 {"message":"Missing Authentication Token"}',
  ]);
  const { items: validators = [] } = await client.send(new GetRequestValidatorsCommand({ restApiId }));
  await client.send(
    new UpdateModelCommand({
      restApiId,
      modelName: 'Pet',
      patchOperations: [{ op: 'replace', path: '/schema', value: '{"required": ["other"]}' }],
    }),
  );
  await client.send(
    new PutGatewayResponseCommand({
      restApiId,
      responseType: 'MISSING_AUTHENTICATION_TOKEN',
      statusCode: '418',
    }),
  );
  await client.send(
    new UpdateRestApiCommand({
      restApiId,
      patchOperations: [
        { op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' },
        { op: 'add', path: '/binaryMediaTypes/*~1*' },
      ],
    }),
  );
  expect(await served()).toEqual(before);
  // What is deployed next has all of it.
  await client.send(
    new UpdateRestApiCommand({
      restApiId,
      patchOperations: [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: 'false' }],
    }),
  );
  await client.send(
    new UpdateRequestValidatorCommand({
      restApiId,
      requestValidatorId: validators[0]?.id,
      patchOperations: [{ op: 'replace', path: '/validateRequestBody', value: 'false' }],
    }),
  );
  expect(await served()).toEqual(before);
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  expect((await post(restApiId, '/nowhere', '')).slice(0, 3)).toBe('418');
  // Every type is binary now, so that no template reads the body.
  expect((await post(restApiId, '/pets', '{}')).slice(0, 3)).toBe('500');
});

test('6.1: an API that is put leaves stages, variables, deployments, settings and endpoint as they are', async () => {
  const { client } = connected;
  const restApiId = await imported();
  const stage = { restApiId, stageName: 'v1' };
  const before = await client.send(new GetStageCommand(stage));
  expect(before).toMatchObject({ variables: { color: 'red' }, cacheClusterEnabled: true });
  const deployments = await client.send(new GetDeploymentsCommand({ restApiId }));
  const next = oas30({ '/cats': { post: mockOperation() } });
  for (const mode of ['merge', 'overwrite'] as const) {
    const { endpointConfiguration } = await client.send(
      new PutRestApiCommand({
        restApiId,
        mode,
        body: bytes(next),
        parameters: { endpointConfigurationTypes: 'REGIONAL' },
      }),
    );
    expect(endpointConfiguration?.types).toEqual(['EDGE']);
    const { $metadata: _after, ...after } = await client.send(new GetStageCommand(stage));
    const { $metadata: _before, ...kept } = before;
    expect(after).toEqual(kept);
    expect((await client.send(new GetDeploymentsCommand({ restApiId }))).items).toEqual(deployments.items);
    expect(await post(restApiId, '/pets', '{"name": "Rex"}')).toBe('200 ');
    expect((await post(restApiId, '/cats', '')).slice(0, 3)).toBe('403');
  }
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  expect((await post(restApiId, '/cats', '')).slice(0, 3)).toBe('200');
  expect((await post(restApiId, '/pets', '')).slice(0, 3)).toBe('403');
});
