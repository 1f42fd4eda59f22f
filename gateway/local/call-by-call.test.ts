import {
  CreateDeploymentCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateIntegrationResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connected, connect, newApi } from './control/control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

test('an API that is made call by call answers what it was told, once it is deployed', async () => {
  const { client, endpoint } = connected;
  const { restApiId, resourceId } = await newApi(client);
  const pets = await client.send(
    new CreateResourceCommand({ restApiId, parentId: resourceId, pathPart: 'pets' }),
  );
  const pet = await client.send(
    new CreateResourceCommand({ restApiId, parentId: pets.id, pathPart: '{petId}' }),
  );
  const { id: requestValidatorId } = await client.send(
    new CreateRequestValidatorCommand({
      restApiId,
      name: 'all',
      validateRequestBody: true,
      validateRequestParameters: true,
    }),
  );
  await client.send(
    new CreateModelCommand({
      restApiId,
      name: 'Pet',
      contentType: 'application/json',
      schema: '{"type": "object", "required": ["name"]}',
    }),
  );
  const method = { restApiId, resourceId: pet.id, httpMethod: 'PUT' };
  await client.send(
    new PutMethodCommand({
      ...method,
      authorizationType: 'NONE',
      requestValidatorId,
      requestParameters: { 'method.request.path.petId': true, 'method.request.querystring.dry': true },
      requestModels: { 'application/json': 'Pet' },
    }),
  );
  await client.send(
    new PutMethodResponseCommand({
      ...method,
      statusCode: '202',
      responseParameters: { 'method.response.header.X-Kept': false },
    }),
  );
  await client.send(
    new PutIntegrationCommand({
      ...method,
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode": 202}' },
    }),
  );
  const response = { ...method, statusCode: '202' };
  await client.send(
    new PutIntegrationResponseCommand({
      ...response,
      responseParameters: { 'method.response.header.X-Kept': "'yes'" },
      responseTemplates: { 'application/json': `{"id": "$input.params('petId')"}` },
    }),
  );
  await client.send(
    new PutGatewayResponseCommand({
      restApiId,
      responseType: 'DEFAULT_4XX',
      responseParameters: { 'gatewayresponse.header.X-Refused': "'by the gateway'" },
    }),
  );
  const deploy = () => client.send(new CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
  const put = (path: string, body: string) =>
    fetch(`${endpoint}/restapis/${restApiId}/v1/_user_request_${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
    });

  await deploy();
  const answer = await put('/pets/7?dry=1', '{"name": "Rex"}');
  expect(answer.status).toBe(202);
  expect(answer.headers.get('x-kept')).toBe('yes');
  expect(await answer.json()).toEqual({ id: '7' });

  const refusals = [
    ['/pets/7', '{"name": "Rex"}', 'Missing required request parameters: [dry]'],
    ['/pets/7?dry=1', '{}', 'Invalid request body'],
  ] as const;
  for (const [path, body, message] of refusals) {
    const refused = await put(path, body);
    expect(refused.status).toBe(400);
    expect(refused.headers.get('x-refused')).toBe('by the gateway');
    expect(await refused.json()).toEqual({ message });
  }

  // What is changed later is not served before it is deployed again.
  await client.send(
    new UpdateIntegrationResponseCommand({
      ...response,
      patchOperations: [
        { op: 'replace', path: '/responseTemplates/application~1json', value: '{"changed": true}' },
      ],
    }),
  );
  expect(await (await put('/pets/7?dry=1', '{"name": "Rex"}')).json()).toEqual({ id: '7' });
  await deploy();
  expect(await (await put('/pets/7?dry=1', '{"name": "Rex"}')).json()).toEqual({ changed: true });
});
