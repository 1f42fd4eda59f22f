/** Requests that the server does not survive. */
import { type Fault, record, sentJson } from '../../fault.ts';
import type { Asked } from '../../served.ts';
import { header, queryValues } from '../../texts.ts';
import { crash, dropped } from '../kinds.ts';

const sent = (asked: Asked, name: string): unknown => record(sentJson(asked))[name];

export const CRASH: readonly Fault[] = [
  crash('valid', 'GET /books', 'Every valid request', (_asked, { status }) => status === 200),
  crash('invalid', 'GET /books', 'Every invalid request', (_asked, { status }) => status === 400),
  crash('missing', 'GET /books/{bookId}', 'Whatever does not exist', (_asked, { status }) => status === 404),
  crash(
    'no-credentials',
    'GET /readers',
    'Nobody says who is asking',
    (_asked, { status }) => status === 401,
  ),
  crash('no-body', 'POST /books', 'No body', ({ body }) => body.length === 0),
  crash(
    'malformed-json',
    'POST /books',
    'JSON that breaks off',
    asked => asked.body.length > 0 && sentJson(asked) === undefined,
  ),
  crash(
    'other-content-type',
    'POST /books',
    'A body of another type',
    (_asked, { status }) => status === 415,
  ),
  crash('null', 'POST /books', 'null where it is allowed', asked => sent(asked, 'subtitle') === null),
  crash(
    'wrong-type',
    'POST /books',
    'A title that is no text',
    asked => typeof sent(asked, 'title') === 'number',
  ),
  crash('unicode', 'POST /readers', 'Letters beyond ASCII', asked =>
    /[^\0-\x7f]/.test(String(sent(asked, 'name'))),
  ),
  crash('long', 'POST /readers', 'A very long text', asked => String(sent(asked, 'name')).length > 1000),
  crash(
    'empty-list',
    'POST /books',
    'An empty array',
    asked => Array.isArray(sent(asked, 'tags')) && (sent(asked, 'tags') as unknown[]).length === 0,
  ),
  crash(
    'boundary',
    'GET /books',
    'The largest page there is',
    asked => queryValues(asked, 'page')[0] === '100000',
  ),
  crash(
    'optional-missing',
    'POST /books',
    'An optional property that is not there',
    asked => sent(asked, 'tags') === undefined,
  ),
  crash('accept', 'GET /summary', 'A media type that is not offered', (_asked, { status }) => status === 406),
  crash('empty-query', 'GET /books', 'An empty value', asked => queryValues(asked, 'limit')[0] === ''),
  crash(
    'header',
    'GET /books',
    'A header that is no UUID',
    (asked, { status }) => status === 400 && header(asked, 'x-request-id') !== undefined,
  ),
  dropped(
    'dies',
    'POST /books',
    'The connection is gone after null where it is allowed',
    asked => sent(asked, 'subtitle') === null,
  ),
  dropped(
    'no-http',
    'GET /books/{bookId}',
    'What does not exist is answered with what is no HTTP',
    (_asked, { status }) => status === 404,
    'not found\r\n',
  ),
];
