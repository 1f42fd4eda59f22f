/** Faults of a server with a memory, each with the checks that see it. For tests. */
import type { ShelterFault } from './shelter.fixture.ts';

/** One fault each, and the check that must see it at the operation where it shows, and no other. */
export const SHELTER_FAULTS: readonly (readonly [
  name: string,
  failures: readonly string[],
  fault: ShelterFault,
])[] = [
  [
    'what is made is not kept',
    [
      'created-not-readable GET /animals/{animalId}',
      'link-broken GET /animals/{animalId}',
      'list-incomplete GET /animals',
      'location-broken GET /animals/{animalId}',
    ],
    ({ method, path }, usual, { animals }) => {
      const reply = usual();
      if (method === 'POST' && path === '/animals') animals.clear();
      return reply;
    },
  ],
  [
    'Location leads elsewhere',
    ['location-broken GET /animals/{animalId}'],
    ({ method, path }, usual) => {
      const reply = usual();
      return method === 'POST' && path === '/animals' && reply.status === 201
        ? { ...reply, headers: { location: '/v1/animals/4711' } }
        : reply;
    },
  ],
  [
    'a number is changed',
    ['created-not-equal GET /animals/{animalId}'],
    ({ method, path }, usual, { animals }) => {
      const reply = usual();
      const made = animals.get(String((reply.body as { id?: unknown } | undefined)?.id));
      if (method === 'POST' && path === '/animals' && made !== undefined) made['age'] = 0;
      return reply;
    },
  ],
  [
    'a text is cut',
    ['created-not-equal GET /keepers/{keeper_id}'],
    ({ method, path }, usual, { keepers }) => {
      const reply = usual();
      if (method === 'POST' && path === '/keepers')
        for (const keeper of keepers.values()) keeper['name'] = String(keeper['name']).slice(0, 2);
      return reply;
    },
  ],
  [
    'PUT is accepted and not done',
    ['conditional-ignored GET /animals/{animalId}', 'update-not-visible GET /animals/{animalId}'],
    ({ method, path }, usual, { animals }) => {
      const id = path.slice('/animals/'.length);
      const before = animals.get(id);
      const reply = usual();
      if (method === 'PUT' && reply.status === 200 && before !== undefined) animals.set(id, before);
      return reply;
    },
  ],
  [
    'PUT of a single thing is accepted and not done',
    ['update-not-visible GET /settings'],
    ({ method, path }, usual) => (method === 'PUT' && path === '/settings' ? { status: 204 } : usual()),
  ],
  [
    'PATCH is accepted and not done',
    ['update-not-visible GET /animals/{animalId}'],
    ({ method, path }, usual, { animals }) => {
      const id = path.slice('/animals/'.length);
      const before = animals.get(id);
      const reply = usual();
      if (method === 'PATCH' && reply.status === 200 && before !== undefined) animals.set(id, before);
      return reply;
    },
  ],
  [
    'PATCH drops what it does not name',
    ['patch-changed-more GET /animals/{animalId}'],
    ({ method, path }, usual, { animals }) => {
      const reply = usual();
      if (method === 'PATCH' && reply.status === 200)
        delete animals.get(path.slice('/animals/'.length))?.['tags'];
      return reply;
    },
  ],
  [
    'PUT adds to what is there',
    ['not-idempotent GET /animals/{animalId}', 'update-not-visible GET /animals/{animalId}'],
    ({ method, path }, usual, { animals }) => {
      const id = path.slice('/animals/'.length);
      const before = Number(animals.get(id)?.['age'] ?? 0);
      const reply = usual();
      const animal = animals.get(id);
      if (method === 'PUT' && reply.status === 200 && animal !== undefined)
        animal['age'] = (Number(animal['age'] ?? 0) + before) % 200;
      return reply;
    },
  ],
  [
    'what is refused is done all the same',
    ['refused-but-changed GET /animals/{animalId}'],
    ({ method, path, body }, usual, { animals }) => {
      const reply = usual();
      if ((method === 'PUT' || method === 'PATCH') && reply.status === 400 && path.startsWith('/animals/')) {
        const animal = animals.get(path.slice('/animals/'.length));
        const name = (body as { name?: unknown } | undefined)?.name;
        if (animal !== undefined && typeof name === 'string' && name !== '') animal['name'] = name;
      }
      return reply;
    },
  ],
  [
    'what is deleted stays',
    ['deleted-still-listed GET /animals', 'use-after-delete GET /animals/{animalId}'],
    ({ method, path }, usual, { animals }) => {
      const id = path.slice('/animals/'.length);
      const before = animals.get(id);
      const reply = usual();
      if (method === 'DELETE' && before !== undefined) animals.set(id, before);
      return reply;
    },
  ],
  [
    'what was deleted is found as if it were there',
    ['use-after-delete GET /labels/{name}'],
    ({ method, path }, usual, { keys }) => {
      if (method === 'DELETE') keys.set(path, 'deleted');
      const reply = usual();
      return method === 'GET' && path.startsWith('/labels/') && keys.has(path)
        ? { status: 200, body: { colour: 'red' } }
        : reply;
    },
  ],
  [
    'everything is found, made or not',
    ['unknown-found GET /animals/{animalId}', 'use-after-delete GET /animals/{animalId}'],
    ({ method, path }, usual) => {
      const reply = usual();
      return method === 'GET' && /^\/animals\/\d+$/.test(path) && reply.status === 404
        ? { status: 200, headers: { etag: '"0"' }, body: { id: 1, name: 'Nobody', kind: 'cat' } }
        : reply;
    },
  ],
  [
    'a second deletion crashes',
    ['server-error DELETE /animals/{animalId}'],
    ({ method, path }, usual) => {
      const reply = usual();
      return method === 'DELETE' && /^\/animals\/\d+$/.test(path) && reply.status === 404
        ? { status: 500, body: 'oops' }
        : reply;
    },
  ],
  [
    'what is made is not listed',
    ['list-incomplete GET /animals'],
    ({ method, path }, usual) =>
      method === 'GET' && path === '/animals' && usual().status === 200 ? { status: 200, body: [] } : usual(),
  ],
  [
    'what is deleted is listed',
    ['deleted-still-listed GET /animals'],
    ({ method, path, query }, usual, { animals, notes }) => {
      const before = animals.get(path.slice('/animals/'.length));
      const reply = usual();
      if (method === 'DELETE' && before !== undefined) notes.set('gone', before);
      const gone = notes.get('gone');
      if (method !== 'GET' || path !== '/animals' || query.get('limit') !== '50' || gone === undefined)
        return reply;
      const { chip: _chip, ...shown } = gone;
      return { ...reply, body: [...(reply.body as unknown[]), shown] };
    },
  ],
  [
    'pages overlap',
    ['page-overlap GET /animals'],
    ({ query }, usual) => {
      const offset = Number(query.get('offset') ?? '0');
      if (offset > 0) query.set('offset', String(offset - 1));
      return usual();
    },
  ],
  [
    'the size of a page is ignored',
    ['page-size GET /animals'],
    ({ query }, usual) => {
      query.delete('limit');
      return usual();
    },
  ],
  [
    'a filter is ignored',
    ['filter-ignored GET /animals'],
    ({ query }, usual) => {
      if (['cat', 'dog', 'owl'].includes(query.get('kind') ?? '')) query.delete('kind');
      return usual();
    },
  ],
  [
    'there is always a next page',
    ['endless-list GET /keepers'],
    ({ method, path, query }, usual) => {
      if (method !== 'GET' || path !== '/keepers') return usual();
      if (query.get('cursor') === 'end') return { status: 200, body: { data: [], next_cursor: 'end' } };
      const reply = usual();
      return { ...reply, body: { ...(reply.body as object), next_cursor: 'end' } };
    },
  ],
  [
    'the total is one too few',
    ['total-wrong GET /keepers'],
    ({ method, path }, usual) => {
      const { body, ...reply } = usual();
      if (method !== 'GET' || path !== '/keepers' || reply.status !== 200) return { ...reply, body };
      const page = body as { readonly total_count: number };
      return { ...reply, body: { ...page, total_count: Math.max(0, page.total_count - 1) } };
    },
  ],
  [
    'PUT keeps what it does not name',
    ['put-merged GET /animals/{animalId}'],
    ({ method, path, body }, usual, { animals }) => {
      const id = path.slice('/animals/'.length);
      const tags = animals.get(id)?.['tags'];
      const reply = usual();
      const animal = animals.get(id);
      if (
        method === 'PUT' &&
        reply.status === 200 &&
        animal !== undefined &&
        !Object.hasOwn(Object(body), 'tags')
      )
        animal['tags'] = tags;
      return reply;
    },
  ],
  [
    'PUT changes all there are',
    ['neighbour-changed GET /animals/{animalId}'],
    ({ method, path, body }, usual, { animals }) => {
      const reply = usual();
      const { age } = Object(body) as { readonly age?: unknown };
      if (method === 'PUT' && path.startsWith('/animals/') && reply.status === 200 && age !== undefined)
        for (const animal of animals.values()) animal['age'] = age;
      return reply;
    },
  ],
  [
    'the next page is not there',
    ['next-page-broken GET /keepers', 'valid-refused GET /keepers'],
    ({ query }, usual) => (query.has('cursor') ? { status: 400, body: 'no' } : usual()),
  ],
  [
    'HEAD does not find what GET finds',
    ['head-unlike-get HEAD /animals/{animalId}'],
    ({ method, path }, usual) =>
      method === 'HEAD' && /^\/animals\/\d+$/.test(path) ? { status: 404, body: 'none' } : usual(),
  ],
  [
    'If-None-Match is ignored',
    ['conditional-ignored GET /animals/{animalId}'],
    ({ headers }, usual) => {
      delete headers['if-none-match'];
      return usual();
    },
  ],
  [
    'If-Match is ignored',
    ['conditional-ignored PUT /animals/{animalId}'],
    ({ headers }, usual) => {
      delete headers['if-match'];
      return usual();
    },
  ],
  [
    'every version has the same ETag',
    ['conditional-ignored GET /animals/{animalId}'],
    ({ path, headers }, usual) => {
      const reply = usual();
      if (headers['if-match'] !== undefined || headers['if-none-match'] !== undefined) return reply;
      return reply.headers?.['etag'] === undefined || !path.startsWith('/animals/')
        ? reply
        : { ...reply, headers: { ...reply.headers, etag: '"one"' } };
    },
  ],
  [
    'an id is used again',
    ['id-reused POST /keepers'],
    ({ method, path }, usual, { keepers }) => {
      const [first] = keepers.values();
      const reply = usual();
      if (method !== 'POST' || path !== '/keepers' || reply.status !== 201 || first === undefined)
        return reply;
      const { data } = reply.body as { data: Record<string, unknown> };
      keepers.delete(String(data['id']));
      const again = { ...data, id: first['id'] };
      keepers.set(String(first['id']), again);
      return { status: 201, body: { data: again } };
    },
  ],
  [
    'Idempotency-Key is ignored',
    ['idempotency-key-ignored POST /animals'],
    ({ headers }, usual) => {
      delete headers['idempotency-key'];
      return usual();
    },
  ],
  [
    'the address that a link leads to is gone',
    [
      'created-not-readable GET /animals/{animalId}',
      'link-broken GET /animals/{animalId}',
      'location-broken GET /animals/{animalId}',
    ],
    ({ method, path }, usual) =>
      method === 'GET' && /^\/animals\/\d+$/.test(path) ? { status: 404, body: 'none' } : usual(),
  ],
];
