/** The faults of the depot in how it takes requests and what it remembers. */
import { type Faults, habit, heading, record, sentJson } from '../../fault.ts';
import type { Asked } from '../../served.ts';
import { contentType, queryValues } from '../../texts.ts';
import { crash, habitual, onlyDeep, open, refused, taken } from '../kinds.ts';

const ITEMS = 'GET /items';
const ITEM = 'GET /items/{id}';
const ADD = 'POST /items';
const RESTOCK = 'POST /items/{id}';
const CRUD = [ADD, ITEMS, ITEM, 'PUT /items/{id}', RESTOCK, 'DELETE /items/{id}'];
const ORDERS = ['POST /orders', 'GET /orders', 'GET /orders/{number}', 'DELETE /orders/{number}'];

const first = (asked: Asked, name: string): string | undefined => queryValues(asked, name)[0];
const sent = (asked: Asked, name: string): unknown => record(sentJson(asked))[name];
const formOf = ({ body: bytes }: Asked): URLSearchParams => new URLSearchParams(bytes.toString('utf8'));

export const REQUESTS: Pick<Faults, 'accept' | 'reject' | 'crash' | 'auth' | 'method' | 'state' | 'paging'> =
  {
    accept: [
      taken('minimum', ITEMS, 'query offset minimum', 'A negative offset'),
      taken('maximum', ITEMS, 'query limit maximum', 'A limit above the maximum'),
      taken('type', ITEMS, 'query limit type', 'A limit that is no number'),
      taken('csv-item', ITEMS, 'query ids item type', 'An id in a list that is no number'),
      taken('csv-length', ITEMS, 'query ids maxItems', 'More ids than maxItems'),
      taken('pipes-item', ITEMS, 'query colours item enum', 'A colour in a list that is not in the enum'),
      taken('multi-item', ITEMS, 'query sizes item enum', 'A size in a list that is not in the enum'),
      taken('multi-length', ITEMS, 'query sizes minItems', 'Fewer sizes than minItems'),
      taken('boolean', ITEMS, 'query inStock type', 'A boolean that is none'),
      taken(
        'exclusive-minimum',
        ITEMS,
        'query maxWeight exclusiveMinimum',
        'A weight on its exclusive bound',
      ),
      taken('path-type', ITEM, 'path id type', 'An id that is no number'),
      taken(
        'form-required',
        RESTOCK,
        'form quantity required',
        'A required field of a form is not asked for',
      ),
      taken('form-type', RESTOCK, 'form quantity type', 'A field of a form that is no number'),
      taken('form-maximum', RESTOCK, 'form quantity maximum', 'A field of a form above its maximum'),
      taken('form-enum', RESTOCK, 'form reason enum', 'A field of a form outside its enum'),
      taken('form-list', RESTOCK, 'form rows item type', 'A list in a form with an item that is no number'),
      taken('file-required', 'POST /items/{id}/photo', 'form photo required', 'A form without its file'),
      taken('file-title', 'POST /items/{id}/photo', 'form title maxLength', 'A title too long beside a file'),
      taken('inherited-required', ADD, 'name required', 'What allOf inherits is not asked for'),
      taken('inherited-length', ADD, 'name minLength', 'A name too short'),
      taken('enum', 'PUT /items/{id}', 'colour enum', 'A colour that is not in the enum'),
      taken('quantity-type', ADD, 'quantity type', 'A quantity that is no integer'),
      taken('int32', ADD, 'quantity format', 'A quantity beyond 32 bits'),
      taken('map-value', ADD, 'attributes member type', 'A value of a map that is no text'),
      taken('date-time', ADD, 'added format', 'A date-time that is none'),
      taken('array-minimum', 'POST /orders', 'lines minItems', 'An order without lines'),
      taken('nested-maximum', 'POST /orders', 'lines item count maximum', 'A count above its maximum'),
      taken('nested-required', 'POST /orders', 'lines item item required', 'A line without its item'),
      taken('content-type', ADD, 'content type', 'Any media type'),
    ],
    reject: [
      refused(
        'csv-of-one',
        ITEMS,
        'A list of one is refused',
        asked => first(asked, 'ids') !== undefined && !first(asked, 'ids')?.includes(','),
      ),
      refused(
        'csv-of-many',
        ITEMS,
        'A list of several is refused',
        asked => first(asked, 'ids')?.includes(',') === true,
      ),
      refused('pipes', ITEMS, 'Pipes between values are refused', asked => /\||%7c/i.test(asked.query)),
      refused('offset-zero', ITEMS, 'An offset of 0 is refused', asked => first(asked, 'offset') === '0'),
      refused(
        'limit-maximum',
        ITEMS,
        'The maximum itself is refused',
        asked => first(asked, 'limit') === '100',
      ),
      refused(
        'enum-value',
        ADD,
        'One value of an enum is refused',
        asked => sent(asked, 'colour') === 'blue',
      ),
      refused('quantity-zero', ADD, 'A quantity of 0 is refused', asked => sent(asked, 'quantity') === 0),
      refused(
        'full-list',
        ADD,
        'A list of maxItems is refused',
        asked => Array.isArray(sent(asked, 'codes')) && (sent(asked, 'codes') as unknown[]).length === 4,
      ),
      refused(
        'empty-map',
        ADD,
        'An empty map is refused',
        asked =>
          sent(asked, 'attributes') !== undefined &&
          Object.keys(record(sent(asked, 'attributes'))).length === 0,
      ),
      refused('false', ADD, 'false is taken for missing', asked => sent(asked, 'fragile') === false),
      refused(
        'form-optional',
        RESTOCK,
        'An optional field of a form is asked for',
        asked => !formOf(asked).has('reason'),
      ),
      refused(
        'form-enum-value',
        RESTOCK,
        'One value of a form is refused',
        asked => formOf(asked).get('reason') === 'stocktaking',
      ),
      refused(
        'form-maximum',
        RESTOCK,
        'The maximum of a form is refused',
        asked => formOf(asked).get('quantity') === '10000',
      ),
      refused(
        'file',
        'POST /items/{id}/photo',
        'Forms with files are refused',
        asked => contentType(asked) === 'multipart/form-data',
      ),
      onlyDeep(
        'a server may know that a text is a name in ASCII, and the document does not say that it may be more',
        refused('utf-8', ADD, 'Letters beyond ASCII are refused', asked =>
          /[^\0-\x7f]/.test(String(sent(asked, 'name'))),
        ),
      ),
    ],
    crash: [
      crash(
        'missing-item',
        ITEM,
        'Whatever does not exist',
        asked => Number(asked.variables['id']) > 5 || asked.variables['id'] === '0',
      ),
      crash(
        'form-without-field',
        RESTOCK,
        'A form without its required field',
        asked => !formOf(asked).has('quantity'),
      ),
      crash('optional-missing', ADD, 'An item without codes', asked => sent(asked, 'codes') === undefined),
    ],
    auth: [
      open('one-operation', 'GET /orders', 'One operation is open'),
      open('one-method', 'DELETE /items/{id}', 'One method of a path is open'),
      open('form', RESTOCK, 'A form is open'),
      {
        name: 'any-password',
        what: 'Any name and password will do',
        at: [ITEMS],
        caughtBy: 'auth-not-enforced',
        seeded: habit('any password'),
      },
      {
        name: 'no-scheme',
        what: 'The scheme before the credentials is not looked at',
        at: [ITEMS],
        caughtBy: 'auth-not-enforced',
        seeded: habit('no scheme'),
      },
    ],
    method: [
      {
        name: 'head-length',
        what: 'HEAD that says another length than GET has',
        at: ['GET /ping'],
        caughtBy: 'head-unlike-get',
        seeded: heading('HEAD /ping', 200, { 'Content-Length': '3' }),
      },
      {
        name: 'undocumented',
        what: 'PATCH is taken, and documented nowhere',
        at: CRUD,
        caughtBy: 'method-not-refused',
        seeded: {
          alter: (asked, { status }) =>
            asked.key === 'PATCH /items/{id}' && status === 405
              ? { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{}' }
              : undefined,
        },
      },
      {
        name: 'allow-missing',
        what: '405 without Allow',
        at: ['GET /ping'],
        caughtBy: 'allow',
        seeded: {
          alter: ({ key }, { status }) =>
            key.endsWith(' /ping') && status === 405
              ? { headers: { 'Content-Type': 'application/json' } }
              : undefined,
        },
      },
    ],
    state: [
      habitual(
        'not-stored',
        CRUD,
        'created is not stored',
        'created-not-readable',
        'What was created is not stored',
      ),
      habitual(
        'id-reused',
        CRUD,
        'ids are used again',
        'id-reused',
        'The id of another item is given to a new one',
      ),
      habitual(
        'update-ignored',
        CRUD,
        'the update is ignored',
        'update-not-visible',
        'PUT says yes and changes nothing',
      ),
      habitual('update-spreads', CRUD, 'the update spreads', 'neighbour-changed', 'PUT changes all items'),
      habitual(
        'delete-does-nothing',
        CRUD,
        'delete does nothing',
        'use-after-delete',
        'DELETE says yes and removes nothing',
      ),
      habitual(
        'not-listed',
        ORDERS,
        'new orders are not listed',
        'list-incomplete',
        'What was created is not in the list',
      ),
      habitual(
        'read-after-delete',
        ORDERS,
        'a cancelled order is still read',
        'use-after-delete',
        'A cancelled order is still read',
      ),
    ],
    paging: [
      {
        name: 'offset-ignored',
        what: 'The same items on every page',
        at: CRUD,
        caughtBy: 'page-overlap',
        seeded: habit('the offset is ignored'),
      },
      {
        name: 'limit-ignored',
        what: 'All items from the offset on',
        at: CRUD,
        caughtBy: 'page-size',
        seeded: habit('the limit is ignored'),
      },
      {
        name: 'one-too-few',
        what: 'The last item of each page is left out',
        at: CRUD,
        caughtBy: 'list-incomplete',
        seeded: habit('one too few'),
      },
      {
        name: 'total',
        what: 'The total is that of the page',
        at: CRUD,
        caughtBy: 'total-wrong',
        seeded: habit('the total is that of the page'),
      },
    ],
  };
