/** The third API of the suite, in the manner of OpenAPI 3.0: names chosen by clients, cursors, cookies and jobs. */
import { type Api, type Asked, type Handler, Refusal, type Reply, type Seeded } from '../served.ts';
import { integer, list, nullable, record, type Shape, text, truth } from '../shape.ts';
import { asNumber, asTruth, cookie, optional, queryValues } from '../texts.ts';
import {
  AT,
  type Bucket,
  type Desk,
  guarded,
  json,
  NAME,
  readable,
  readJson,
  rulesOf,
  wantsJson,
} from './desk.ts';
import { jobRoutes } from './jobs.ts';
import { messageRoutes } from './messages.ts';

const labels: Shape = (value, at, must) => {
  record({}, { open: true })(value, at, must);
  must(`${at} maxProperties`, Object.keys(Object(value)).length <= 3);
  for (const member of Object.values(Object(value))) text({ max: 10 })(member, `${at} member`, must);
};

const bucket = record(
  {
    owner: text({ min: 1, max: 20 }),
    public: truth,
    colour: nullable(text({ oneOf: ['red', 'green', 'blue'] })),
    quota: integer({ min: 1, below: 1000 }),
    labels,
    secret: text({ min: 6 }),
  },
  { required: ['owner', 'public'], open: true },
);

export function buckets(seeded: Seeded): Api {
  const desk: Desk = { seeded, buckets: new Map(), jobs: new Map(), last: { message: 0, job: 0 } };
  for (const [index, name] of ['archive', 'drafts', 'inbox', 'junk', 'later', 'outbox', 'sent'].entries()) {
    const id = `0000000${index}`;
    const first = { id, at: AT, text: `Hello from ${name}`, answerTo: null };
    desk.buckets.set(name, { name, owner: 'ada', public: index % 2 === 0, messages: new Map([[id, first]]) });
  }

  const found = (asked: Asked): Bucket => {
    const name = asked.variables['name'] ?? '';
    text({ pattern: NAME })(name, 'path name', rulesOf(desk, asked));
    const known = desk.buckets.get(name);
    if (known === undefined) throw new Refusal(404, 'name');
    return known;
  };

  const find = (asked: Asked): Reply => {
    wantsJson(desk, asked);
    const { size, cursor, matching } = question(desk, asked);
    const sorted = matching.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    // The cursor is the place to go on from, written so that nobody counts with it.
    const start = cursor === undefined ? 0 : Number.parseInt(cursor.slice(1), 36) || 0;
    const end = seeded.habit === 'the size is ignored' ? sorted.length : start + size;
    const next = seeded.habit === 'pages overlap' ? end - 1 : seeded.habit === 'pages skip' ? end + 1 : end;
    const more = seeded.habit === 'pages never end' || end < sorted.length;
    const where = seeded.habit === 'the cursor stays' ? start : next;
    return json(200, {
      items: sorted.slice(start, end).map(shown),
      next: more ? `c${where.toString(36)}` : null,
    });
  };

  const shown = ({ messages, secret, ...rest }: Bucket): object => ({
    ...rest,
    size: messages.size,
    ...(seeded.habit === 'the secret is told' && secret !== undefined ? { secret } : {}),
  });

  const put = (asked: Asked): Reply => {
    wantsJson(desk, asked);
    const name = asked.variables['name'] ?? '';
    text({ pattern: NAME })(name, 'path name', rulesOf(desk, asked));
    readable(desk, asked, ['application/json']);
    const body = readJson(desk, asked, bucket);
    const before = desk.buckets.get(name);
    const kept = seeded.habit === 'PUT merges' ? before : {};
    const now = { ...kept, ...body, name, messages: before?.messages ?? new Map() } as Bucket;
    const stored = seeded.habit === 'the first PUT stays' && before !== undefined ? before : now;
    if (seeded.habit !== 'created is not stored' || before !== undefined) desk.buckets.set(name, stored);
    return json(before === undefined ? 201 : 200, shown(now));
  };

  const drop = (asked: Asked): Reply => {
    const { name } = found(asked);
    if (seeded.habit !== 'delete does nothing') desk.buckets.delete(name);
    return { status: 204 };
  };

  const versions = (asked: Asked): Reply => {
    wantsJson(desk, asked);
    const headers = { ETag: '"v1"', 'Cache-Control': 'public, max-age=60' };
    return json(200, VERSION, headers);
  };

  const read: Handler = asked => {
    wantsJson(desk, asked);
    return json(200, shown(found(asked)));
  };

  return {
    basePath: '',
    refuse: ({ status, message, headers }) =>
      json(status, { errors: [{ field: message.split(' ')[0] ?? '', reason: message }] }, headers),
    routes: {
      '/buckets': { GET: guarded(desk, find) },
      '/buckets/{name}': { GET: guarded(desk, read), PUT: guarded(desk, put), DELETE: guarded(desk, drop) },
      '/versions': { GET: versions },
      ...messageRoutes(desk, found),
      ...jobRoutes(desk),
    },
  };
}

const VERSION = { api: '0.9.0' };

interface Question {
  readonly size: number;
  readonly cursor: string | undefined;
  readonly matching: readonly Bucket[];
}

function question(desk: Desk, asked: Asked): Question {
  const must = rulesOf(desk, asked);
  const one = (name: string): string | undefined => queryValues(asked, name)[0];
  const cursor = one('cursor');
  optional(must, { at: 'query cursor', value: cursor, shape: text({ pattern: /^[a-z0-9]{1,40}$/ }) });
  const size = optional(must, {
    at: 'query size',
    value: one('size'),
    shape: integer({ min: 1, max: 20 }),
    as: asNumber,
  });
  optional(must, {
    at: 'cookie theme',
    value: cookie(asked, 'theme'),
    shape: text({ oneOf: ['dark', 'light'] }),
  });
  const colours = one('colours');
  if (colours !== undefined)
    list(text({ oneOf: ['red', 'green', 'blue'] }), { max: 3 })(
      colours === '' ? [] : colours.split('|'),
      'query colours',
      must,
    );
  const filter: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(asked.query)) {
    const member = /^filter\[([^\]]*)\]$/.exec(name)?.[1];
    if (member !== undefined) filter[member] = member === 'public' ? asTruth(value) : value;
  }
  record({ owner: text({ min: 1, max: 20 }), public: truth })(filter, 'query filter', must);
  const matching = [...desk.buckets.values()]
    .filter(({ owner }) => filter['owner'] === undefined || owner === filter['owner'])
    .filter(known => filter['public'] === undefined || known.public === filter['public'])
    .filter(({ colour }) => colours === undefined || colours.split('|').includes(String(colour)));
  return { size: typeof size === 'number' ? Math.max(1, size) : 3, cursor, matching };
}
