import {
  GetDocumentationPartCommand,
  GetDocumentationPartsCommand,
  type GetDocumentationPartsCommandInput,
  ImportRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyOf, type Connected, connect, refusalOf } from './control-client.fixture.ts';

let connected: Connected;
let restApiId: string;
beforeAll(async () => {
  connected = await connect();
  const definition = {
    openapi: '3.0.1',
    info: { title: 'pets', version: '1', description: 'All pets.' },
    paths: {
      '/pets': { get: { summary: 'Lists pets.', responses: { '200': { description: 'Pets.' } } } },
    },
  };
  const imported = await connected.client.send(
    new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(definition)) }),
  );
  restApiId = imported.id ?? '';
});
afterAll(() => connected.close());

const list = async (query: Partial<GetDocumentationPartsCommandInput> = {}) =>
  (await connected.client.send(new GetDocumentationPartsCommand({ restApiId, ...query }))).items ?? [];

test('6.4: what an import documented is listed, by type and path too, and read', async () => {
  const all = await list();
  expect(all.length).toBeGreaterThan(1);
  const methods = await list({ type: 'METHOD' });
  expect(methods).toMatchObject([{ location: { type: 'METHOD', path: '/pets', method: 'GET' } }]);
  expect(await list({ path: '/pets' })).toEqual(all.filter(({ location }) => location?.path === '/pets'));
  expect(await list({ locationStatus: 'UNDOCUMENTED' })).toEqual([]);
  const [part] = methods;
  expect(
    await bodyOf(
      connected.client.send(new GetDocumentationPartCommand({ restApiId, documentationPartId: part?.id })),
    ),
  ).toEqual(part);
});

test('13.4: unknown parts and APIs', async () => {
  const { client } = connected;
  const unknown = 'NotFoundException: Invalid Documentation part identifier specified';
  const get = (api: string, documentationPartId: string) =>
    refusalOf(client.send(new GetDocumentationPartCommand({ restApiId: api, documentationPartId })));
  expect(await get(restApiId, 'nothing')).toBe(unknown);
  expect(await get('nothing', 'nothing')).toBe(unknown);
  expect(await refusalOf(list({ restApiId: 'nothing' }))).toBe(
    'NotFoundException: Invalid API identifier specified 000000000000:nothing',
  );
  expect(await refusalOf(list({ type: 'INVALID' as never }))).toMatch(
    /^ValidationException: 1 validation error detected: Value 'INVALID' at 'type'/,
  );
});
