/** Headers that are missing, wrong or lies. */
import { type Fault, heading, replying } from '../../fault.ts';

function listed(name: string, what: string, header: string, value: string | undefined): Fault {
  return {
    name,
    what,
    at: ['GET /books'],
    caughtBy: 'response-headers',
    seeded: heading('GET /books', 200, { [header]: value }),
  };
}

export const HEADER: readonly Fault[] = [
  listed('missing', 'A required header is missing', 'X-Total-Count', undefined),
  listed('type', 'A number of books that is no number', 'X-Total-Count', 'many'),
  listed('below-minimum', 'A number below its minimum', 'X-Total-Count', '-1'),
  listed('above-maximum', 'A rate limit above its maximum', 'X-RateLimit-Remaining', '4000'),
  listed(
    'rate-limit-missing',
    'The rate limit is documented, and left out',
    'X-RateLimit-Remaining',
    undefined,
  ),
  listed('cache-control-missing', 'Cache-Control is left out', 'Cache-Control', undefined),
  listed(
    'cache-control-other',
    'Another Cache-Control than the documented one',
    'Cache-Control',
    'max-age=31536000',
  ),
  listed('link-missing', 'No Link', 'Link', undefined),
  {
    name: 'location-missing',
    what: 'No Location after creating',
    at: ['POST /books'],
    caughtBy: 'response-headers',
    seeded: heading('POST /books', 201, { Location: undefined }),
  },
  {
    name: 'location-malformed',
    what: 'A Location that is no URI reference',
    at: ['POST /books'],
    caughtBy: 'response-headers',
    seeded: heading('POST /books', 201, { Location: 'the new book' }),
  },
  {
    name: 'location-points-nowhere',
    what: 'A Location behind which there is nothing',
    at: ['POST /books', 'GET /books/{bookId}', 'DELETE /books/{bookId}'],
    caughtBy: 'location-broken',
    seeded: heading('POST /books', 201, { Location: '/v1/books/b999999999' }),
  },
  {
    name: 'etag-missing',
    what: 'No ETag',
    at: ['GET /books/{bookId}'],
    caughtBy: 'response-headers',
    seeded: heading('GET /books/{bookId}', 200, { ETag: undefined }),
  },
  {
    name: 'etag-malformed',
    what: 'An ETag without quotes',
    at: ['GET /books/{bookId}'],
    caughtBy: 'response-headers',
    seeded: heading('GET /books/{bookId}', 200, { ETag: 'b1-1' }),
  },
  {
    name: 'last-modified-malformed',
    what: 'A Last-Modified that is no HTTP date',
    at: ['GET /books/{bookId}'],
    caughtBy: 'cache-headers',
    seeded: heading('GET /books/{bookId}', 200, { 'Last-Modified': '2024-02-29T09:30:00Z' }),
  },
  {
    name: 'length-too-long',
    what: 'A Content-Length larger than the body',
    at: ['GET /summary'],
    caughtBy: 'framing',
    seeded: replying('GET /summary', 200, reply => ({
      raw: Buffer.from(
        `HTTP/1.1 200 OK\r\nContent-Type: ${reply.headers?.['Content-Type']}\r\nVary: Accept\r\nContent-Length: 500\r\n\r\n${reply.body}`,
      ),
    })),
  },
  {
    name: 'length-too-short',
    what: 'A Content-Length smaller than the body',
    at: ['GET /members'],
    caughtBy: 'framing',
    seeded: replying('GET /members', 200, reply => ({
      raw: Buffer.from(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDeprecation: @1735689600\r\nSunset: Wed, 31 Dec 2036 23:59:59 GMT\r\nContent-Length: 3\r\n\r\n${reply.body}`,
      ),
    })),
  },
  {
    name: 'deprecation-missing',
    what: 'A deprecated operation that does not say so',
    at: ['GET /members'],
    caughtBy: 'response-headers',
    seeded: heading('GET /members', 200, { Deprecation: undefined }),
  },
  {
    name: 'sunset-malformed',
    what: 'A Sunset that is no HTTP date',
    at: ['GET /members'],
    caughtBy: 'http-dates',
    seeded: heading('GET /members', 200, { Sunset: 'next year' }),
  },
  {
    name: 'vary-missing',
    what: 'An answer that depends on Accept and does not tell caches',
    at: ['GET /summary'],
    caughtBy: 'response-headers',
    seeded: heading('GET /summary', 200, { Vary: undefined }),
  },
];
