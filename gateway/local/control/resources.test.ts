import {
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourcesCommand,
  type PatchOperation,
  PutMethodCommand,
  UpdateResourceCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control } from './control.fixture.ts';
import {
  bodyOf,
  type Connected,
  connect,
  type NewApi,
  newApi,
  refusalOf,
  statusOf,
} from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

const create = (restApiId: string, parentId: string, pathPart: string) =>
  connected.client.send(new CreateResourceCommand({ restApiId, parentId, pathPart }));
const update = (restApiId: string, resourceId: string, ...patchOperations: PatchOperation[]) =>
  connected.client.send(new UpdateResourceCommand({ restApiId, resourceId, patchOperations }));
const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });

/** A new API and a way to add to its tree: the id of what was added. */
async function tree(): Promise<
  NewApi & { readonly add: (parentId: string, part: string) => Promise<string> }
> {
  const api = await newApi(connected.client);
  return { ...api, add: async (parentId, part) => (await create(api.restApiId, parentId, part)).id ?? '' };
}

async function paths(restApiId: string): Promise<readonly (string | undefined)[]> {
  const { items = [] } = await connected.client.send(new GetResourcesCommand({ restApiId }));
  return items.map(({ path }) => path);
}

test('13.3: the root has neither a parent nor a path part, and what stands below has both', async () => {
  const { restApiId, resourceId } = await newApi(connected.client);
  const created = create(restApiId, resourceId, 'pets');
  expect(await statusOf(created)).toBe(201);
  const pets = await bodyOf(created);
  expect(pets).toStrictEqual({
    id: expect.stringMatching(/^[a-z0-9]{6}$/),
    parentId: resourceId,
    pathPart: 'pets',
    path: '/pets',
  });
  const { items } = await connected.client.send(new GetResourcesCommand({ restApiId }));
  expect(items).toStrictEqual([{ id: resourceId, path: '/' }, pets]);
  const got = connected.client.send(new GetResourceCommand({ restApiId, resourceId: pets.id }));
  expect(await bodyOf(got)).toStrictEqual(pets);
});

test('13.3: methods stand whole only where they are embedded', async () => {
  const { client } = connected;
  const { restApiId, resourceId } = await newApi(client);
  await client.send(
    new PutMethodCommand({ restApiId, resourceId, httpMethod: 'ANY', authorizationType: 'NONE' }),
  );
  const plain = await client.send(new GetResourcesCommand({ restApiId }));
  expect(plain.items?.[0]?.resourceMethods).toStrictEqual({ ANY: {} });
  const embedded = await client.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }));
  const whole = { ANY: { httpMethod: 'ANY', authorizationType: 'NONE', apiKeyRequired: false } };
  expect(embedded.items?.[0]?.resourceMethods).toStrictEqual(whole);
  const one = await client.send(new GetResourceCommand({ restApiId, resourceId, embed: ['methods'] }));
  expect(one.resourceMethods).toStrictEqual(whole);
});

test('13.4: a resource that is renamed or moved takes all below it with it', async () => {
  const { restApiId, resourceId, add } = await tree();
  const pets = await add(resourceId, 'pets');
  const one = await add(pets, '{petId}');
  await add(one, 'photos');
  expect(await bodyOf(update(restApiId, pets, replace('/pathPart', 'dogs')))).toStrictEqual({
    id: pets,
    parentId: resourceId,
    pathPart: 'dogs',
    path: '/dogs',
  });
  expect(await paths(restApiId)).toEqual(['/', '/dogs', '/dogs/{petId}', '/dogs/{petId}/photos']);
  const old = await add(resourceId, 'old');
  await update(restApiId, one, replace('/parentId', old));
  expect(await paths(restApiId)).toEqual(['/', '/dogs', '/old/{petId}', '/old/{petId}/photos', '/old']);
});

test('13.4: UpdateResource refuses in the words of AWS', async () => {
  const { restApiId, resourceId: root, add } = await tree();
  const pets = await add(root, 'pets');
  const below = await add(pets, 'subpets');
  const same = await add(below, 'pets');
  const refusals: [string, PatchOperation, string][] = [
    ['nothing', replace('/pathPart', 'dogs'), 'NotFoundException: Invalid Resource identifier specified'],
    [
      pets,
      replace('/invalid', 'dogs'),
      "BadRequestException: Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
    ],
    [pets, replace('/parentId', 'nothing'), 'NotFoundException: Invalid Resource identifier specified'],
    [
      same,
      replace('/parentId', root),
      'ConflictException: Another resource with the same parent already has this name: pets',
    ],
    [pets, replace('/parentId', below), 'BadRequestException: Resources cannot be cyclical.'],
    [pets, replace('/parentId', pets), 'BadRequestException: Resources cannot be cyclical.'],
    [
      pets,
      { op: 'remove', path: '/pathPart' },
      "BadRequestException: Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations",
    ],
    [
      pets,
      { op: 'add', path: '/pathPart', value: 'x' },
      "BadRequestException: Invalid patch path  '/pathPart' specified for op 'add'. Please choose supported operations",
    ],
    [root, replace('/pathPart', 'x'), 'BadRequestException: Root resource cannot update its pathPart.'],
    [root, replace('/parentId', pets), 'BadRequestException: Root resource cannot update its parentId.'],
    [
      pets,
      replace('/pathPart', '{all+}'),
      'BadRequestException: Cannot create a child of a resource with a greedy path variable: {all+}',
    ],
  ];
  for (const [id, operation, refusal] of refusals) {
    expect(await refusalOf(update(restApiId, id, operation))).toBe(refusal);
  }
  const sibling = await add(root, 'dogs');
  expect(await refusalOf(update(restApiId, sibling, replace('/pathPart', 'pets')))).toBe(
    'ConflictException: Another resource with the same parent already has this name: pets',
  );
  // A name that it has already is its own.
  expect((await update(restApiId, pets, replace('/pathPart', 'pets'))).path).toBe('/pets');
});

test('6.6: greedy variables have no children, and a parent has one variable', async () => {
  const { restApiId, resourceId: root, add } = await tree();
  const proxy = await add(root, '{proxy+}');
  const sibling =
    'BadRequestException: A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed';
  const child =
    'BadRequestException: Cannot create a child of a resource with a greedy path variable: {proxy+}';
  expect(await refusalOf(create(restApiId, root, '{dynamic}'))).toBe(sibling);
  expect(await refusalOf(create(restApiId, proxy, 'child'))).toBe(child);
  expect(await refusalOf(create(restApiId, proxy, '{child}'))).toBe(child);
  const parent = await add(root, 'parent');
  const greedy = await add(parent, '{proxy+}');
  const literal = await add(parent, 'child');
  await add(literal, '{proxy+}');
  await connected.client.send(new DeleteResourceCommand({ restApiId, resourceId: greedy }));
  const variable = await add(parent, '{child}');
  await add(variable, '{proxy+}');
  expect(await paths(restApiId)).toEqual([
    '/',
    '/{proxy+}',
    '/parent',
    '/parent/child',
    '/parent/child/{proxy+}',
    '/parent/{child}',
    '/parent/{child}/{proxy+}',
  ]);
});

test.each(['', 'a/b', '{x}y', 'x{y}', '{x', '{}', 'a b', '{proxy+}x', 'ü', '{a}{b}', '{+}'])(
  '13.4: %j is no path part',
  async pathPart => {
    const { restApiId, resourceId } = await newApi(connected.client);
    expect(await refusalOf(create(restApiId, resourceId, pathPart))).toMatch(
      /^BadRequestException: Resource's path part only allow/,
    );
  },
);

test.each(['a-b', 'a_b.c', 'v1:batch', '{pet-id}', '{rest+}', '~x'.slice(1)])(
  '6.6: %j is a path part',
  async pathPart => {
    const { restApiId, resourceId } = await newApi(connected.client);
    expect((await create(restApiId, resourceId, pathPart)).path).toBe(`/${pathPart}`);
  },
);

test('13.4: a duplicate name, an unknown parent and an unknown API are refused', async () => {
  const { restApiId, resourceId, add } = await tree();
  await add(resourceId, 'pets');
  expect(await refusalOf(create(restApiId, resourceId, 'pets'))).toBe(
    'ConflictException: Another resource with the same parent already has this name: pets',
  );
  const unknown = 'NotFoundException: Invalid Resource identifier specified';
  expect(await refusalOf(create(restApiId, 'nothing', 'pets'))).toBe(unknown);
  expect(await refusalOf(create('nothing', resourceId, 'pets'))).toBe(unknown);
  expect(await refusalOf(connected.client.send(new GetResourcesCommand({ restApiId: 'nothing' })))).toBe(
    'NotFoundException: Invalid API identifier specified 000000000000:nothing',
  );
});

test('13.1: a resource is deleted with all below it, and the root is not', async () => {
  const { client } = connected;
  const { restApiId, resourceId, add } = await tree();
  const pets = await add(resourceId, 'pets');
  const below = await add(pets, 'subpets');
  await add(below, 'deep');
  await add(resourceId, 'stays');
  const deleted = client.send(new DeleteResourceCommand({ restApiId, resourceId: pets }));
  expect(await statusOf(deleted)).toBe(202);
  expect(await paths(restApiId)).toEqual(['/', '/stays']);
  expect(await refusalOf(client.send(new DeleteResourceCommand({ restApiId, resourceId: below })))).toBe(
    'NotFoundException: Invalid Resource identifier specified',
  );
  expect(await refusalOf(client.send(new DeleteResourceCommand({ restApiId, resourceId })))).toMatch(
    /^BadRequestException/,
  );
});

test('15: an API has 300 resources at most', () => {
  const { store, ask, api } = control();
  const id = api();
  const root = ask('GET', `/restapis/${id}`).body.rootResourceId;
  for (let number = 1; number < 300; number += 1) {
    store.put('resource', id, `r${number}`, {
      id: `r${number}`,
      parentId: root,
      pathPart: `p${number}`,
      path: `/p${number}`,
    });
  }
  expect(ask('POST', `/restapis/${id}/resources/${root}`, { pathPart: 'more' })).toMatchObject({
    status: 429,
    type: 'LimitExceededException',
    body: { message: expect.stringMatching(/^Maximum number of Resources for this API has been reached/) },
  });
});
