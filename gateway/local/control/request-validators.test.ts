import {
  CreateRequestValidatorCommand,
  DeleteRequestValidatorCommand,
  GetRequestValidatorCommand,
  GetRequestValidatorsCommand,
  type PatchOperation,
  PutMethodCommand,
  UpdateRequestValidatorCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, newApi, refusalOf, statusOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

const create = (restApiId: string, name?: string) =>
  connected.client.send(
    new CreateRequestValidatorCommand({ restApiId, ...(name === undefined ? {} : { name }) }),
  );
const get = (restApiId: string, requestValidatorId: string) =>
  connected.client.send(new GetRequestValidatorCommand({ restApiId, requestValidatorId }));
const update = (restApiId: string, requestValidatorId: string, operation: PatchOperation) =>
  connected.client.send(
    new UpdateRequestValidatorCommand({ restApiId, requestValidatorId, patchOperations: [operation] }),
  );
const remove = (restApiId: string, requestValidatorId: string) =>
  connected.client.send(new DeleteRequestValidatorCommand({ restApiId, requestValidatorId }));

const UNKNOWN = 'NotFoundException: Invalid Request Validator identifier specified';

test('4: a validator validates nothing unless told, and is patched by texts', async () => {
  const { restApiId } = await newApi(connected.client);
  const created = create(restApiId, 'all');
  expect(await statusOf(created)).toBe(201);
  const validator = await bodyOf(created);
  expect(validator).toStrictEqual({
    id: expect.stringMatching(/^[a-z0-9]{6}$/),
    name: 'all',
    validateRequestBody: false,
    validateRequestParameters: false,
  });
  const { id = '' } = validator;
  expect(await bodyOf(get(restApiId, id))).toEqual(validator);
  const path = '/validateRequestBody';
  expect(await bodyOf(update(restApiId, id, { op: 'replace', path, value: 'true' }))).toEqual({
    ...validator,
    validateRequestBody: true,
  });
  expect(await bodyOf(update(restApiId, id, { op: 'replace', path }))).toEqual(validator);
  const named = update(restApiId, id, { op: 'replace', path: '/name', value: 'some' });
  expect((await named).name).toBe('some');
  expect(await statusOf(remove(restApiId, id))).toBe(202);
  expect(await refusalOf(get(restApiId, id))).toBe(UNKNOWN);
  const { items } = await connected.client.send(new GetRequestValidatorsCommand({ restApiId }));
  expect(items).toEqual([]);
});

test('13.4: an unknown API is 400 for a creation, 404 for a list, and an unknown validator for the rest', async () => {
  const { restApiId } = await newApi(connected.client);
  const { id = '' } = await create(restApiId, 'all');
  expect(await refusalOf(create('nothing', 'all'))).toBe(
    'BadRequestException: Invalid REST API identifier specified',
  );
  expect(
    await refusalOf(connected.client.send(new GetRequestValidatorsCommand({ restApiId: 'nothing' }))),
  ).toBe('NotFoundException: Invalid API identifier specified 000000000000:nothing');
  expect(await refusalOf(get('nothing', id))).toBe(UNKNOWN);
  expect(await refusalOf(get(restApiId, 'nothing'))).toBe(UNKNOWN);
  expect(await refusalOf(remove('nothing', id))).toBe(UNKNOWN);
  expect(await refusalOf(remove(restApiId, 'nothing'))).toBe(UNKNOWN);
});

test('13.4: UpdateRequestValidator and CreateRequestValidator refuse in the words of AWS', async () => {
  const { restApiId } = await newApi(connected.client);
  const { id = '' } = await create(restApiId, 'all');
  const path = '/validateRequestBody';
  for (const op of ['add', 'remove'] as const) {
    expect(await refusalOf(update(restApiId, id, { op, path, value: 'true' }))).toBe(
      `BadRequestException: Invalid patch path  '${path}' specified for op '${op}'. Please choose supported operations`,
    );
  }
  expect(await refusalOf(update(restApiId, id, { op: 'replace', path: '/invalidPath', value: 'true' }))).toBe(
    "BadRequestException: Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
  );
  const blank = 'BadRequestException: Request Validator name cannot be blank';
  expect(await refusalOf(update(restApiId, id, { op: 'replace', path: '/name' }))).toBe(blank);
  expect(await refusalOf(create(restApiId, ' '))).toBe(blank);
  expect(await refusalOf(create(restApiId))).toBe(blank);
});

test('a validator in use is not deleted', async () => {
  const { restApiId, resourceId } = await newApi(connected.client);
  const { id = '' } = await create(restApiId, 'all');
  await connected.client.send(
    new PutMethodCommand({
      restApiId,
      resourceId,
      httpMethod: 'GET',
      authorizationType: 'NONE',
      requestValidatorId: id,
    }),
  );
  expect(await refusalOf(remove(restApiId, id))).toMatch(/^ConflictException: .*: \/\/GET$/);
  expect((await get(restApiId, id)).id).toBe(id);
});
