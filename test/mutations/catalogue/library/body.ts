/** Bodies that are not what the document says. */
import { changing, type Fault, parsed, record, replying, telling } from '../../fault.ts';

const READ = 'GET /books/{bookId}';
const LIST = 'GET /books';

/** A member of a book changed as it is read. */
function member(name: string, what: string, members: Readonly<Record<string, unknown>>): Fault {
  return {
    name,
    what,
    at: [READ],
    caughtBy: 'response-body',
    seeded: changing(READ, 200, members),
  };
}

export const BODY: readonly Fault[] = [
  member('required-missing', 'A required property is missing', { title: undefined }),
  member('read-only-missing', 'A required readOnly property is missing', { id: undefined }),
  member('wrong-type', 'A string comes as an object', { title: {} }),
  member('number-as-string', 'A number comes as a string', { year: '1815' }),
  member('fraction-for-integer', 'An integer has a fraction', { year: 1815.5 }),
  member('null', 'null where the schema does not allow it', { genre: null }),
  member('undeclared-property', 'A property beside those that the closed schema names', { rating: 5 }),
  member('enum', 'A value outside its enum', { genre: 'cookery' }),
  member('enum-case', 'A value of the enum in capitals', { genre: 'Novel' }),
  member('pattern', 'A text that does not match its pattern', { isbn: '9781' }),
  member('date-format', 'A date written the local way', { publishedOn: '29.02.2024' }),
  member('date-does-not-exist', 'A day that no calendar has', { publishedOn: '2023-02-29' }),
  member('date-time-format', 'A date-time without its offset', { createdAt: '2024-02-29T09:30:00' }),
  member('epoch-for-date-time', 'A date-time as milliseconds', { createdAt: 1_709_199_000_000 }),
  member('above-maximum', 'A number above its maximum', { year: 2101 }),
  member('below-minimum', 'A number below its minimum', { year: 0 }),
  member('exclusive-bound', 'A number on its exclusive bound', { price: 0 }),
  member('multiple-of', 'A number that is no multiple', { price: 9.99 }),
  member('too-long', 'A text longer than its maxLength', { title: 'x'.repeat(81) }),
  member('too-short', 'An empty text where one character is asked for', { title: '' }),
  member('not-unique', 'An array with the same item twice', { tags: ['classic', 'classic'] }),
  member('too-many-items', 'An array longer than its maxItems', { tags: ['a', 'b', 'c', 'd', 'e', 'f'] }),
  member('item-type', 'An item of the wrong type', { tags: ['classic', 7] }),
  member('list-as-text', 'An array joined into a text', { tags: 'classic,novel' }),
  member('nested-missing', 'A required property of a nested object is missing', { shelf: { room: 3 } }),
  member('nested-type', 'A nested object comes as a text', { shelf: '3 upper' }),
  {
    name: 'one-item-of-many',
    what: 'Only the third item of a list is wrong',
    at: [LIST],
    caughtBy: 'response-body',
    seeded: telling(LIST, 200, value =>
      (value as object[]).map((book, index) => (index === 2 ? { ...book, title: null } : book)),
    ),
  },
  {
    name: 'wrapped',
    what: 'The list stands inside an object',
    at: [LIST],
    caughtBy: 'response-body',
    seeded: telling(LIST, 200, value => ({ data: value })),
  },
  {
    name: 'null-for-list',
    what: 'null in the place of a list',
    at: [LIST],
    caughtBy: 'response-body',
    seeded: telling(LIST, 200, () => null),
  },
  {
    name: 'truncated',
    what: 'JSON that breaks off',
    at: [READ],
    caughtBy: 'response-body',
    seeded: replying(READ, 200, ({ body }) => ({ body: String(body).slice(0, -2) })),
  },
  {
    name: 'trailing-garbage',
    what: 'JSON with a remark of the debugger behind it',
    at: [LIST],
    caughtBy: 'response-body',
    seeded: replying(LIST, 200, ({ body }) => ({ body: `${body}\nok` })),
  },
  {
    name: 'single-quotes',
    what: "JSON as another language prints it: {'id': …}",
    at: ['GET /summary'],
    caughtBy: 'response-body',
    seeded: replying('GET /summary', 200, ({ body }) => ({ body: String(body).replaceAll('"', "'") })),
  },
  {
    name: 'duplicate-keys',
    what: 'A property that stands twice',
    at: [READ],
    caughtBy: 'duplicate-keys',
    seeded: replying(READ, 200, ({ body }) => ({ body: String(body).replace('{', '{"title":"Emma",') })),
  },
  {
    name: 'not-a-number',
    what: 'NaN, which JSON does not know',
    at: ['GET /summary'],
    caughtBy: 'response-body',
    seeded: replying('GET /summary', 200, ({ body }) => ({ body: String(body).replace(/:\d+/, ':NaN') })),
  },
  {
    name: 'empty',
    what: 'No body at all',
    at: [READ],
    caughtBy: 'response-body',
    seeded: replying(READ, 200, () => ({ body: '' })),
  },
  {
    name: 'error-page',
    what: 'A 200 whose JSON is an HTML page',
    at: [LIST],
    caughtBy: 'response-body',
    seeded: replying(LIST, 200, () => ({ body: '<html><body>Please log in</body></html>' })),
  },
  {
    name: 'invalid-utf-8',
    what: 'Text in Latin-1 that calls itself JSON',
    at: [READ],
    caughtBy: 'response-body',
    seeded: replying(READ, 200, ({ headers, body }) =>
      /json/.test(headers?.['Content-Type'] ?? '')
        ? { body: Buffer.from(JSON.stringify({ ...record(parsed(body)), title: 'Café' }), 'latin1') }
        : {},
    ),
  },
  {
    name: 'double-encoded',
    what: 'JSON inside a JSON string',
    at: [READ],
    caughtBy: 'response-body',
    seeded: telling(READ, 200, value => JSON.stringify(value)),
  },
  {
    name: 'wrong-branch',
    what: 'A oneOf whose discriminator names the other branch',
    at: ['GET /readers'],
    caughtBy: 'response-body',
    seeded: telling('GET /readers', 200, value =>
      (value as object[]).map(reader => ({ ...reader, contact: { kind: 'post', number: '+4930123' } })),
    ),
  },
  {
    name: 'unknown-branch',
    what: 'A discriminator that names no branch',
    at: ['GET /readers/{readerId}'],
    caughtBy: 'response-body',
    seeded: changing('GET /readers/{readerId}', 200, { contact: { kind: 'fax', number: '+4930123' } }),
  },
  {
    name: 'no-discriminator',
    what: 'A discriminator left out',
    at: ['GET /readers/{readerId}'],
    caughtBy: 'response-body',
    seeded: changing('GET /readers/{readerId}', 200, { contact: { number: '+4930123' } }),
  },
  {
    name: 'write-only',
    what: 'The password is told to whoever reads',
    at: ['POST /readers', 'GET /readers', 'GET /readers/{readerId}'],
    caughtBy: 'write-only-returned',
    seeded: { habit: 'the password is told' },
  },
  {
    name: 'text-pattern',
    what: 'A text that is not what its schema says',
    at: ['GET /summary'],
    caughtBy: 'response-body',
    seeded: {
      alter: (_asked, { headers, body }) =>
        headers?.['Content-Type'] === 'text/plain' ? { body: `There are ${body}` } : undefined,
    },
  },
  {
    name: 'xml-not-well-formed',
    what: 'XML whose element is not closed',
    at: [READ],
    caughtBy: 'xml-body',
    seeded: {
      alter: (_asked, { headers, body }) =>
        headers?.['Content-Type'] === 'application/xml'
          ? { body: String(body).replace('</title>', '') }
          : undefined,
    },
  },
  {
    name: 'xml-escaping',
    what: 'XML with a bare ampersand',
    at: [READ],
    caughtBy: 'xml-body',
    seeded: {
      alter: (_asked, { headers, body }) =>
        headers?.['Content-Type'] === 'application/xml'
          ? { body: String(body).replace('<title>', '<title>War & ') }
          : undefined,
    },
  },
  {
    name: 'xml-root',
    what: 'XML under another root element',
    at: [READ],
    caughtBy: 'xml-body',
    seeded: {
      alter: (_asked, { headers, body }) =>
        headers?.['Content-Type'] === 'application/xml'
          ? { body: String(body).replaceAll(/(<\/?)book>/g, '$1item>') }
          : undefined,
    },
  },
  {
    name: 'xml-enum',
    what: 'A value outside its enum, in XML only',
    at: [READ],
    caughtBy: 'xml-body',
    seeded: {
      alter: (_asked, { headers, body }) =>
        headers?.['Content-Type'] === 'application/xml'
          ? { body: String(body).replace(/<genre>\w+/, '<genre>cookery') }
          : undefined,
    },
  },
];
