/** The faults of the depot in what it answers. */
import { changing, type Fault, type Faults, heading, record, replying, telling } from '../../fault.ts';
import { wrongBody } from '../kinds.ts';

const ITEMS = 'GET /items';
const ITEM = 'GET /items/{id}';
const ADD = 'POST /items';
const firstItem = (members: Readonly<Record<string, unknown>>): Fault['seeded'] =>
  telling(ITEMS, 200, value => {
    const { items, ...rest } = record(value);
    const [head, ...tail] = items as object[];
    return { ...rest, items: head === undefined ? [] : [{ ...head, ...members }, ...tail] };
  });

export const ANSWERS: Pick<Faults, 'body' | 'status' | 'media' | 'header' | 'problem'> = {
  body: [
    wrongBody('inherited-missing', ITEMS, 'What allOf inherits is missing', firstItem({ name: undefined })),
    wrongBody('inherited-pattern', ITEMS, 'What allOf inherits does not match', firstItem({ name: ' Bolt' })),
    wrongBody('id-as-string', ITEMS, 'A number comes as a string', firstItem({ id: '1' })),
    wrongBody('int32', ITEMS, 'A number beyond 32 bits', firstItem({ quantity: 3_000_000_000 })),
    wrongBody('item-pattern', ITEMS, 'An item of an array does not match', firstItem({ codes: ['ab-1'] })),
    wrongBody('empty-list', ITEMS, 'An array shorter than its minItems', firstItem({ codes: [] })),
    wrongBody(
      'map-value',
      ITEMS,
      'A value of a map of the wrong type',
      firstItem({ attributes: { length: 4 } }),
    ),
    wrongBody('boolean-as-text', ITEMS, 'A boolean comes as a text', firstItem({ fragile: 'no' })),
    wrongBody(
      'envelope',
      ITEMS,
      'A bare list where an envelope is documented',
      telling(ITEMS, 200, value => record(value)['items']),
    ),
    wrongBody('total-missing', ITEMS, 'The total is left out', changing(ITEMS, 200, { total: undefined })),
    wrongBody('total-as-text', ITEMS, 'The total comes as a text', changing(ITEMS, 200, { total: '5' })),
    wrongBody('created-without-id', ADD, 'What was made has no id', changing(ADD, 200, { id: undefined })),
    wrongBody(
      'closed',
      'DELETE /items/{id}',
      'A property beside those of a closed schema',
      changing('DELETE /items/{id}', 200, { ok: true }),
    ),
    wrongBody(
      'nested-array',
      'GET /orders',
      'A wrong member deep inside',
      telling('GET /orders', 200, () => [{ number: 1, lines: [{ item: 1, count: 0 }] }]),
    ),
    wrongBody(
      'enum-of-one',
      'GET /ping',
      'false where only true is allowed',
      telling('GET /ping', 200, () => ({ pong: false })),
    ),
    wrongBody(
      'empty',
      'GET /ping',
      'No body at all',
      replying('GET /ping', 200, () => ({ body: '' })),
    ),
    wrongBody(
      'truncated',
      'GET /orders',
      'JSON that breaks off',
      replying('GET /orders', 200, ({ body: said }) => ({ body: String(said).slice(0, 12) })),
    ),
  ],
  status: [
    {
      name: 'created',
      what: '201, which is not documented, in the place of 200',
      at: [ADD],
      caughtBy: 'undocumented-status',
      seeded: replying(ADD, 200, () => ({ status: 201 })),
    },
    {
      name: 'no-content',
      what: '204 in the place of 200',
      at: ['DELETE /items/{id}'],
      caughtBy: 'undocumented-status',
      seeded: replying('DELETE /items/{id}', 200, () => ({ status: 204, headers: {}, body: '' })),
    },
    {
      name: 'partial',
      what: '206 for a page',
      at: [ITEMS],
      caughtBy: 'undocumented-status',
      seeded: replying(ITEMS, 200, () => ({ status: 206 })),
    },
    {
      name: 'ok-with-error',
      what: '200 with an error inside',
      // Something must have been there, for a client to ask for what is not.
      at: [ITEM, 'POST /items', 'DELETE /items/{id}'],
      caughtBy: 'response-body',
      seeded: replying(ITEM, 404, () => ({ status: 200 })),
    },
  ],
  media: [
    {
      name: 'text',
      what: 'JSON that calls itself text',
      at: ['GET /ping'],
      caughtBy: 'undocumented-media-type',
      seeded: heading('GET /ping', 200, { 'Content-Type': 'text/plain' }),
    },
    {
      name: 'csv-as-html',
      what: 'CSV that calls itself HTML',
      at: ['GET /export'],
      caughtBy: 'undocumented-media-type',
      seeded: heading('GET /export', 200, { 'Content-Type': 'text/html' }),
    },
    {
      name: 'accept',
      what: 'CSV for a client that takes only JSON',
      at: ['GET /export'],
      caughtBy: 'accept-ignored',
      seeded: replying('GET /export', 200, ({ headers }) => ({
        headers: { ...headers, 'Content-Type': 'text/csv' },
        body: 'id;name\n',
      })),
    },
  ],
  header: [
    {
      name: 'type',
      what: 'A documented header of the wrong type',
      at: ['GET /orders'],
      caughtBy: 'response-headers',
      seeded: heading('GET /orders', 200, { 'X-Orders': 'one' }),
    },
    {
      name: 'minimum',
      what: 'A documented header below its minimum',
      at: ['GET /orders'],
      caughtBy: 'response-headers',
      seeded: heading('GET /orders', 200, { 'X-Orders': '-1' }),
    },
  ],
  problem: [
    {
      name: 'schema',
      what: 'An error without its code',
      at: [ITEMS],
      caughtBy: 'response-body',
      seeded: changing(ITEMS, 400, { code: undefined }),
    },
    {
      name: 'text',
      what: 'An error as plain text',
      at: [ITEMS],
      caughtBy: 'undocumented-media-type',
      seeded: replying(ITEMS, 400, () => ({
        headers: { 'Content-Type': 'text/plain' },
        body: 'Bad Request',
      })),
    },
    {
      name: 'unauthorized',
      what: '401 with a body of another kind',
      at: [ITEMS],
      caughtBy: 'response-body',
      seeded: telling(ITEMS, 401, () => ({ error: 'unauthorized' })),
    },
  ],
};
