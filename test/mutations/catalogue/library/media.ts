/** Media types, charsets and the choice among them. */
import { type Fault, heading, replying } from '../../fault.ts';
import { Refusal } from '../../served.ts';

const READ = 'GET /books/{bookId}';

export const MEDIA: readonly Fault[] = [
  {
    name: 'html',
    what: 'JSON that calls itself HTML',
    at: ['GET /books'],
    caughtBy: 'undocumented-media-type',
    seeded: heading('GET /books', 200, { 'Content-Type': 'text/html' }),
  },
  {
    name: 'missing',
    what: 'A body without Content-Type',
    at: ['GET /readers'],
    caughtBy: 'undocumented-media-type',
    seeded: heading('GET /readers', 200, { 'Content-Type': undefined }),
  },
  {
    name: 'malformed',
    what: 'A Content-Type that is none: `json`',
    at: ['GET /summary'],
    caughtBy: 'undocumented-media-type',
    seeded: heading('GET /summary', 200, { 'Content-Type': 'json' }),
  },
  {
    name: 'vendor',
    what: 'A media type of our own that the document does not list',
    at: ['GET /books/{bookId}/copies'],
    caughtBy: 'undocumented-media-type',
    seeded: heading('GET /books/{bookId}/copies', 200, { 'Content-Type': 'application/vnd.library+json' }),
  },
  {
    name: 'charset',
    what: 'JSON that calls itself Latin-1',
    at: ['GET /readers'],
    caughtBy: 'charset',
    seeded: heading('GET /readers', 200, { 'Content-Type': 'application/json; charset=iso-8859-1' }),
  },
  {
    name: 'download-as-json',
    what: 'A picture that calls itself JSON',
    at: ['GET /books/{bookId}/cover'],
    caughtBy: 'undocumented-media-type',
    seeded: heading('GET /books/{bookId}/cover', 200, { 'Content-Type': 'application/json' }),
  },
  {
    name: 'download-in-base64',
    what: 'A picture as a text in Base64',
    at: ['GET /books/{bookId}/cover'],
    caughtBy: 'body-in-base64',
    seeded: replying('GET /books/{bookId}/cover', 200, ({ body }) => ({
      body: Buffer.from(body as Uint8Array).toString('base64'),
    })),
  },
  {
    name: 'xml-refused',
    what: 'XML is documented, yet refused with 406',
    at: [READ],
    caughtBy: 'valid-refused',
    seeded: {
      alter: (asked, { headers }, refuse) =>
        asked.key === READ && headers?.['Content-Type'] === 'application/xml'
          ? refuse(new Refusal(406, 'only JSON'))
          : undefined,
    },
  },
  {
    name: 'accept-ignored',
    what: 'JSON for a client that takes only XML',
    at: [READ],
    caughtBy: 'accept-ignored',
    seeded: replying(READ, 200, ({ headers }) =>
      headers?.['Content-Type'] === 'application/xml'
        ? {
            headers: { ...headers, 'Content-Type': 'application/json' },
            body: '{"id":"b1","title":"Emma","subtitle":null,"genre":"novel","createdAt":"2024-02-29T09:30:00Z"}',
          }
        : {},
    ),
  },
  {
    name: 'not-acceptable-not-said',
    what: 'JSON for a client that takes none of the media types offered',
    at: ['GET /summary'],
    caughtBy: 'accept-ignored',
    seeded: { unenforced: 'GET /summary: accept' },
  },
];
