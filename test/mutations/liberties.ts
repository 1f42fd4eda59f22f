/**
 * What a server may do and still keep its document: it answers in ways that HTTP leaves open, says more than it must, or
 * fills in what nobody sent. None of it may be called a failure.
 */
import { changing, parsed, record, telling, withHeaders } from './fault.ts';
import type { ApiName } from './rehearse.ts';
import type { Alter, Reply, Seeded } from './served.ts';
import { Refusal } from './served.ts';

export interface Liberty {
  readonly what: string;
  readonly api: ApiName;
  readonly seeded: Partial<Seeded>;
}

const always = (change: (reply: Reply) => Partial<Reply> | undefined): Partial<Seeded> => ({
  alter: (_asked, reply) => change(reply),
});

/** HEAD says what GET would say, whatever liberty that takes. */
function headToo({ alter }: Partial<Seeded>): Partial<Seeded> {
  return alter === undefined
    ? {}
    : {
        alter: (asked, reply, refuse) =>
          alter({ ...asked, key: asked.key.replace(/^HEAD /, 'GET ') }, reply, refuse),
      };
}

/** Another refusal in the place of one. */
function refusing(
  from: number,
  to: number,
  when: (...asked: Parameters<Alter>) => boolean = () => true,
): Partial<Seeded> {
  return {
    alter: (asked, reply, refuse) =>
      reply.status === from && when(asked, reply, refuse)
        ? refuse(new Refusal(to, 'in other words', reply.headers ?? {}))
        : undefined,
  };
}

const isJson = ({ headers }: Reply): boolean => /json/.test(headers?.['Content-Type'] ?? '');

/** The same JSON, written another way. */
const written = (write: (value: unknown) => string): Partial<Seeded> =>
  always(reply =>
    isJson(reply) && reply.body !== undefined && reply.body !== ''
      ? { body: write(parsed(reply.body)) }
      : undefined,
  );

/** The servers take turns, since a liberty is the same wherever it is taken. */
const anywhere = (what: string, seeded: Partial<Seeded>, index: number): Liberty => ({
  what,
  api: (['library', 'depot', 'buckets'] as const)[index % 3] ?? 'library',
  seeded,
});

export const LIBERTIES: readonly Liberty[] = [
  anywhere('404 for a method that is not there', refusing(405, 404), 0),
  anywhere('403 for somebody who is not known', refusing(401, 403), 1),
  anywhere(
    'JSON over many lines',
    written(value => `${JSON.stringify(value, null, 2)}\r\n`),
    2,
  ),
  anywhere(
    'JSON in ASCII',
    written(value =>
      JSON.stringify(value).replace(
        /[^\0-\x7f]/g,
        unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    ),
    3,
  ),
  anywhere(
    'A charset, and capitals, in Content-Type',
    always(reply =>
      isJson(reply)
        ? {
            headers: withHeaders(reply, {
              'Content-Type': reply.headers?.['Content-Type']?.replace(/json.*/, 'JSON; Charset="UTF-8"'),
            }),
          }
        : undefined,
    ),
    4,
  ),
  anywhere(
    'Headers that no document names',
    always(reply => ({
      headers: withHeaders(reply, {
        'X-Trace': 'a1',
        'X-Frame-Options': 'DENY',
        Vary: 'Accept, Origin',
        Via: '1.1 proxy',
      }),
    })),
    5,
  ),
  anywhere(
    'Each answer on a connection of its own',
    always(reply => ({ headers: withHeaders(reply, { Connection: 'close' }) })),
    6,
  ),
  anywhere(
    'HEAD is not answered',
    {
      alter: (asked, _reply, refuse) =>
        asked.method === 'HEAD'
          ? refuse(new Refusal(405, 'no HEAD', { Allow: 'GET, POST, PUT, PATCH, DELETE' }))
          : undefined,
    },
    7,
  ),
  anywhere(
    'OPTIONS is not answered',
    {
      alter: (asked, _reply, refuse) =>
        asked.method === 'OPTIONS' ? refuse(new Refusal(404, 'no OPTIONS')) : undefined,
    },
    8,
  ),
  anywhere('415 is said as 400', refusing(415, 400), 9),
  anywhere(
    '400 is said as 422',
    refusing(400, 422, ({ key }) => key.startsWith('POST') || key.startsWith('PUT')),
    10,
  ),
  anywhere('A request in five is one too many', oneInFive(), 11),
  {
    what: 'Properties beside those that an open schema names',
    api: 'library',
    seeded: headToo(
      changing('GET /readers/{readerId}', 200, { _links: { self: '/v1/readers/1' }, score: 3 }),
    ),
  },
  {
    what: 'An optional property is left out',
    api: 'library',
    seeded: headToo(changing('GET /books/{bookId}', 200, { tags: undefined, year: undefined })),
  },
  {
    what: 'A number with a decimal point that is whole',
    api: 'library',
    seeded: headToo({
      alter: ({ key }, { body }) =>
        key === 'GET /summary' && isWholeJson(body)
          ? { body: String(body).replace(/(\d+)/g, '$1.0') }
          : undefined,
    }),
  },
  {
    what: 'An absolute Location',
    api: 'library',
    seeded: {
      alter: ({ headers }, reply) =>
        reply.status === 201
          ? {
              headers: withHeaders(reply, {
                Location: `http://${headers.host}${reply.headers?.['Location']}`,
              }),
            }
          : undefined,
    },
  },
  { what: 'A list in another order each time', api: 'depot', seeded: { alter: shuffling() } },
  {
    what: 'Defaults are filled in where nothing was sent',
    api: 'depot',
    seeded: telling('POST /items', 200, value => ({ fragile: false, attributes: {}, ...record(value) })),
  },
  {
    what: '410 for what was removed',
    api: 'library',
    seeded: refusing(404, 410, ({ key }) => key === 'GET /readers/{readerId}'),
  },
  {
    what: 'Content types are compared to the letter',
    api: 'library',
    seeded: {
      alter: ({ headers }, _reply, refuse) =>
        /;/.test(headers['content-type'] ?? '') && !/^multipart/.test(headers['content-type'] ?? '')
          ? refuse(new Refusal(415, 'no parameters'))
          : undefined,
    },
  },
  {
    what: 'A weak ETag',
    api: 'buckets',
    seeded: {
      alter: ({ key }, reply) =>
        key === 'GET /versions' ? { headers: withHeaders(reply, { ETag: 'W/"v1"' }) } : undefined,
    },
  },
  {
    what: 'A thing that was removed may be removed again',
    api: 'buckets',
    seeded: {
      alter: ({ key }, { status }) =>
        key.startsWith('DELETE ') && status === 404 ? { status: 204, headers: {}, body: '' } : undefined,
    },
  },
];

function isWholeJson(body: Reply['body']): boolean {
  return typeof body === 'string' && body.startsWith('{');
}

function shuffling(): Alter {
  let turn = 0;
  return ({ key }, { status, body }) => {
    if (key !== 'GET /orders' || status !== 200) return undefined;
    turn += 1;
    const all = parsed(body) as unknown[];
    return { body: JSON.stringify(turn % 2 === 0 ? all.toReversed() : all) };
  };
}

/** Limits are about time, which a test has none of: every fifth request is refused. */
function oneInFive(): Partial<Seeded> {
  let sent = 0;
  return {
    alter: (_asked, _reply, refuse) =>
      (sent += 1) % 5 === 0 ? refuse(new Refusal(429, 'too many', { 'Retry-After': '0' })) : undefined,
  };
}
