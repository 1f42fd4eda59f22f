import {
  DeleteIntegrationResponseCommand,
  GetIntegrationCommand,
  GetIntegrationResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  type PutIntegrationResponseCommandInput,
  PutMethodResponseCommand,
  UpdateIntegrationResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, newMethod, refusalOf, statusOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

type Where = Pick<PutIntegrationResponseCommandInput, 'restApiId' | 'resourceId' | 'httpMethod'>;
const put = (where: Where, input: Partial<PutIntegrationResponseCommandInput> = {}) =>
  connected.client.send(
    new PutIntegrationResponseCommand({ ...where, statusCode: '200', selectionPattern: '', ...input }),
  );

/** `GET /` with a mock behind it. */
async function newMock(): Promise<Where> {
  const method = await newMethod(connected.client);
  await connected.client.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  return method;
}

test('13.3: a response is put, read, patched, put over and deleted; its empty pattern stands', async () => {
  const { client } = connected;
  const method = await newMock();
  const where = { ...method, statusCode: '200' };
  const created = put(method, { responseTemplates: { 'application/json': '"created"' } });
  expect(await statusOf(created)).toBe(201);
  const response = {
    statusCode: '200',
    selectionPattern: '',
    responseTemplates: { 'application/json': '"created"' },
  };
  expect(await bodyOf(created)).toStrictEqual(response);
  expect(await bodyOf(client.send(new GetIntegrationResponseCommand(where)))).toStrictEqual(response);
  const updated = client.send(
    new UpdateIntegrationResponseCommand({
      ...where,
      patchOperations: [
        { op: 'replace', path: '/selectionPattern', value: 'updated-pattern' },
        { op: 'replace', path: '/contentHandling', value: 'CONVERT_TO_BINARY' },
        { op: 'add', path: '/responseTemplates/text~1plain', value: 'plain' },
      ],
    }),
  );
  expect(await bodyOf(updated)).toStrictEqual({
    statusCode: '200',
    selectionPattern: 'updated-pattern',
    contentHandling: 'CONVERT_TO_BINARY',
    responseTemplates: { 'application/json': '"created"', 'text/plain': 'plain' },
  });
  const overwritten = { selectionPattern: 'other', responseTemplates: { 'application/json': 'overwrite' } };
  expect(await bodyOf(put(method, overwritten))).toStrictEqual({ statusCode: '200', ...overwritten });
  const { integrationResponses } = await client.send(new GetIntegrationCommand(method));
  expect(integrationResponses).toStrictEqual({ '200': { statusCode: '200', ...overwritten } });
  expect(await statusOf(client.send(new DeleteIntegrationResponseCommand(where)))).toBe(204);
  expect(await bodyOf(client.send(new GetIntegrationCommand(method)))).not.toHaveProperty(
    'integrationResponses',
  );
});

test('13.3: an empty template is echoed as null, an empty map as it is, and none not at all', async () => {
  const { restApiId, resourceId } = await newMock();
  const target = `${connected.endpoint}/restapis/${restApiId}/resources/${resourceId}/methods/GET/integration/responses/200`;
  const sent = async (responseTemplates?: unknown): Promise<unknown> =>
    (await fetch(target, { method: 'PUT', body: JSON.stringify({ responseTemplates }) })).json();
  const empty = { statusCode: '200', responseTemplates: { 'application/json': null } };
  expect(await sent({ 'application/json': '' })).toStrictEqual(empty);
  expect(await sent({ 'application/json': null })).toStrictEqual(empty);
  expect(await sent({})).toStrictEqual({ statusCode: '200', responseTemplates: {} });
  expect(await sent()).toStrictEqual({ statusCode: '200' });
  expect(await sent({ 'application/json': 123 })).toEqual({
    message:
      'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String',
  });
  expect(await sent({ '123': '{}' })).toEqual({
    message: 'Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
  });
});

test('2.5: a template has 300 KB at most, put or patched', async () => {
  const method = await newMock();
  const template = (bytes: number): Record<string, string> => ({ 'application/json': 'x'.repeat(bytes) });
  expect((await put(method, { responseTemplates: template(300 * 1024) })).statusCode).toBe('200');
  const refusal = /^BadRequestException: Validation Result: .* exceeds the limit of 300 KB\]$/;
  expect(await refusalOf(put(method, { responseTemplates: template(300 * 1024 + 1) }))).toMatch(refusal);
  const update = new UpdateIntegrationResponseCommand({
    ...method,
    statusCode: '200',
    patchOperations: [
      { op: 'add', path: '/responseTemplates/text~1plain', value: 'x'.repeat(300 * 1024 + 1) },
    ],
  });
  expect(await refusalOf(connected.client.send(update))).toMatch(refusal);
});

test('13.4: statuses, integrations, methods and resources that are not there', async () => {
  const { client } = connected;
  const mock = await newMock();
  await put(mock);
  const bare = await newMethod(client);
  const resource = 'NotFoundException: Invalid Resource identifier specified';
  const method = 'NotFoundException: Invalid Method identifier specified';
  const integration = 'NotFoundException: Invalid Integration identifier specified';
  const status = 'NotFoundException: Invalid Response status code specified';
  // Deleting alone takes an unknown method for one without an integration.
  const cases: [Where & { statusCode?: string }, string, string][] = [
    [{ ...mock, restApiId: 'nothing' }, resource, resource],
    [{ ...mock, resourceId: 'nothing' }, resource, resource],
    [{ ...mock, httpMethod: 'wrong-method' }, method, integration],
    [bare, integration, integration],
    [{ ...mock, statusCode: '201' }, status, status],
  ];
  for (const [where, refusal, deletion] of cases) {
    const at = { statusCode: '200', ...where };
    expect(await refusalOf(client.send(new GetIntegrationResponseCommand(at)))).toBe(refusal);
    expect(await refusalOf(client.send(new UpdateIntegrationResponseCommand(at)))).toBe(refusal);
    expect(await refusalOf(client.send(new DeleteIntegrationResponseCommand(at)))).toBe(deletion);
    if (refusal !== status) expect(await refusalOf(put(at))).toBe(refusal);
  }
  const wrong =
    "ValidationException: 1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d";
  expect(await refusalOf(put(bare, { statusCode: 'wrong' }))).toBe(wrong);
  expect(
    await refusalOf(client.send(new GetIntegrationResponseCommand({ ...bare, statusCode: 'wrong' }))),
  ).toBe(wrong);
});

test('16.1: response parameters map to headers that the method response declares', async () => {
  const method = await newMock();
  expect(
    await refusalOf(put(method, { responseParameters: { 'method.response.header.X-A': "'a'" } })),
  ).toMatch(/^BadRequestException: .*\[No method response exists for method\.\]$/);
  await connected.client.send(
    new PutMethodResponseCommand({
      ...method,
      statusCode: '200',
      responseParameters: { 'method.response.header.X-A': false },
    }),
  );
  for (const source of [
    "'a'",
    'integration.response.header.a',
    'integration.response.multivalueheader.a',
    'integration.response.body.a.b',
    'integration.response.body',
    'stageVariables.a',
    'context.requestId',
  ]) {
    const responseParameters = { 'method.response.header.X-A': source };
    expect((await put(method, { responseParameters })).responseParameters).toEqual(responseParameters);
  }
  const wrapper = 'Invalid mapping expression specified: Validation Result: warnings : [], errors :';
  expect(await refusalOf(put(method, { responseParameters: { 'method.response.header.X-B': "'b'" } }))).toBe(
    `BadRequestException: ${wrapper} [Invalid mapping expression parameter specified: method.response.header.X-B]`,
  );
  expect(
    await refusalOf(
      put(method, { responseParameters: { 'method.response.header.X-A': 'method.request.body' } }),
    ),
  ).toBe(`BadRequestException: ${wrapper} [Invalid mapping expression specified: method.request.body]`);
  const patchOperations = [
    { op: 'replace', path: '/responseParameters/method.response.header.X-A', value: 'true' },
  ] as const;
  expect(
    await refusalOf(
      connected.client.send(
        new UpdateIntegrationResponseCommand({
          ...method,
          statusCode: '200',
          patchOperations: [...patchOperations],
        }),
      ),
    ),
  ).toBe(`BadRequestException: ${wrapper} [Invalid mapping expression specified: true]`);
});
