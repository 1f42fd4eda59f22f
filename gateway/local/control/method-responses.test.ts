import {
  DeleteMethodResponseCommand,
  GetMethodCommand,
  GetMethodResponseCommand,
  type PatchOperation,
  PutMethodResponseCommand,
  type PutMethodResponseCommandInput,
  UpdateMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, newMethod, refusalOf, statusOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

type Where = Pick<PutMethodResponseCommandInput, 'restApiId' | 'resourceId' | 'httpMethod'>;
const put = (where: Where, input: Partial<PutMethodResponseCommandInput> = {}) =>
  connected.client.send(new PutMethodResponseCommand({ ...where, statusCode: '200', ...input }));
const update = (where: Where, statusCode: string, ...patchOperations: PatchOperation[]) =>
  connected.client.send(new UpdateMethodResponseCommand({ ...where, statusCode, patchOperations }));

const PARAMETER = '/responseParameters/method.response.header.my-header';
const MODEL = '/responseModels/application~1json';
const add: PatchOperation[] = [
  { op: 'add', path: PARAMETER, value: 'true' },
  { op: 'add', path: MODEL, value: 'Empty' },
];
const remove: PatchOperation[] = [
  { op: 'remove', path: PARAMETER, value: 'true' },
  { op: 'remove', path: MODEL, value: 'Empty' },
];

test('13.3: a method response is put, patched with 201, embedded and deleted', async () => {
  const { client } = connected;
  const method = await newMethod(client);
  const created = put(method, { responseParameters: {}, responseModels: {} });
  expect(await statusOf(created)).toBe(201);
  const empty = { statusCode: '200', responseParameters: {}, responseModels: {} };
  expect(await bodyOf(created)).toStrictEqual(empty);
  const where = { ...method, statusCode: '200' };
  expect(await bodyOf(client.send(new GetMethodResponseCommand(where)))).toStrictEqual(empty);

  const updated = update(method, '200', ...add);
  expect(await statusOf(updated)).toBe(201);
  const full = {
    statusCode: '200',
    responseParameters: { 'method.response.header.my-header': true },
    responseModels: { 'application/json': 'Empty' },
  };
  expect(await bodyOf(updated)).toStrictEqual(full);
  const { methodResponses } = await client.send(new GetMethodCommand(method));
  expect(methodResponses).toStrictEqual({ '200': full });

  expect(await bodyOf(update(method, '200', ...remove))).toStrictEqual({ statusCode: '200' });
  expect(await statusOf(client.send(new DeleteMethodResponseCommand(where)))).toBe(204);
  expect(await bodyOf(client.send(new GetMethodCommand(method)))).not.toHaveProperty('methodResponses');
});

test('13.4: what is replaced or removed has to be there', async () => {
  const method = await newMethod(connected.client);
  await put(method);
  const parameter = 'NotFoundException: Invalid parameter name specified';
  const contentType = 'NotFoundException: Content-Type specified was not found';
  for (const op of ['replace', 'remove'] as const) {
    for (const [path, refusal] of [
      [PARAMETER, parameter],
      ['/responseParameters/wrong', parameter],
      [MODEL, contentType],
      ['/responseModels/wrong', contentType],
    ] as const) {
      expect(await refusalOf(update(method, '200', { op, path, value: 'Empty' }))).toBe(refusal);
    }
  }
  const path = '/wrong/method.response.header.my-header';
  expect(await refusalOf(update(method, '200', { op: 'remove', path, value: 'true' }))).toBe(
    `BadRequestException: Invalid patch path ${path}`,
  );
});

test('13.4: statuses, resources and methods that are not there', async () => {
  const method = await newMethod(connected.client);
  await put(method);
  const cases: [Partial<Where>, string, string][] = [
    [{}, '201', 'NotFoundException: Invalid Response status code specified'],
    [{ resourceId: 'nothing' }, '200', 'NotFoundException: Invalid Resource identifier specified'],
    [{ restApiId: 'nothing' }, '200', 'NotFoundException: Invalid Resource identifier specified'],
    [{ httpMethod: 'POST' }, '200', 'NotFoundException: Invalid Method identifier specified'],
  ];
  for (const [where, statusCode, refusal] of cases) {
    const at = { ...method, ...where };
    expect(await refusalOf(update(at, statusCode, ...add))).toBe(refusal);
    const { client } = connected;
    expect(await refusalOf(client.send(new GetMethodResponseCommand({ ...at, statusCode })))).toBe(refusal);
    expect(await refusalOf(client.send(new DeleteMethodResponseCommand({ ...at, statusCode })))).toBe(
      refusal,
    );
  }
});

const OPS = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]';
const STATUS =
  "Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d";

test('13.1: violations of the body are told before those of the path, all in one refusal', async () => {
  const method = await newMethod(connected.client);
  await put(method);
  const wrong: PatchOperation = { op: 'wrong_op' as never, path: PARAMETER, value: 'true' };
  const at = (number: number): string =>
    `Value 'wrong_op' at 'updateMethodResponseInput.patchOperations.${number}.member.op' failed to satisfy constraint: ${OPS}`;
  expect(await refusalOf(update(method, '200', wrong))).toBe(
    `ValidationException: 1 validation error detected: ${at(1)}`,
  );
  expect(await refusalOf(update(method, '200', wrong, ...remove, wrong))).toBe(
    `ValidationException: 2 validation errors detected: ${at(1)}; ${at(4)}`,
  );
  expect(await refusalOf(update(method, 'wrong', wrong))).toBe(
    `ValidationException: 2 validation errors detected: ${at(1)}; ${STATUS}`,
  );
  for (const answer of [
    () => update(method, 'wrong', ...add),
    () => put(method, { statusCode: 'wrong' }),
    () => connected.client.send(new GetMethodResponseCommand({ ...method, statusCode: 'wrong' })),
  ]) {
    expect(await refusalOf(answer())).toBe(`ValidationException: 1 validation error detected: ${STATUS}`);
  }
});

test('13.4: PutMethodResponse refuses unknown models, odd parameters, and a response that is there', async () => {
  const method = await newMethod(connected.client);
  expect(await refusalOf(put(method, { responseModels: { 'application/json': 'Unknown' } }))).toBe(
    'BadRequestException: Invalid model identifier specified: Unknown',
  );
  expect(await refusalOf(put(method, { responseParameters: { 'method.response.body.x': true } }))).toMatch(
    /^BadRequestException: Invalid mapping expression specified: .*\[Invalid mapping expression parameter specified: method\.response\.body\.x\]$/,
  );
  await put(method);
  expect(await refusalOf(put(method))).toBe('ConflictException: Response already exists for this resource');
});
