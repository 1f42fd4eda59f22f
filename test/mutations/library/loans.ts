/** Loans: made once for each Idempotency-Key, then only read. */
import { type Asked, type Handler, Refusal, type Reply } from '../served.ts';
import { integer, record, text } from '../shape.ts';
import { header, jsonBody, optional } from '../texts.ts';
import { BASE_PATH, guarded, json, type Library, type Loan, offered, readable, rulesOf } from './desk.ts';

const uuid = text({ format: 'uuid' });
const loan = record(
  {
    bookId: text({ pattern: /^b[1-9][0-9]{0,8}$/ }),
    readerId: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    due: text({ format: 'date' }),
  },
  { required: ['bookId', 'readerId', 'due'], ignored: ['id'], open: true },
);

export function loanRoutes(kept: Library): Readonly<Record<string, Readonly<Record<string, Handler>>>> {
  const { seeded, loans, keys } = kept;

  const create = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const must = rulesOf(kept, asked.key);
    const key = header(asked, 'Idempotency-Key');
    optional(must, { at: 'header Idempotency-Key', value: key, shape: uuid, required: true });
    readable(must, asked, 'application/json');
    const body = jsonBody(asked);
    loan(body, 'body', must);
    const before = seeded.habit === 'the key is ignored' ? undefined : keys.get(key ?? '');
    const id = `00000000-0000-4000-8000-${String((kept.last.loan += 1)).padStart(12, '0')}`;
    const made = before ?? { ...(body as Loan), id };
    loans.set(made.id, made);
    keys.set(key ?? '', made);
    return json(201, made, { Location: `${BASE_PATH}/loans/${made.id}` });
  };

  const read = (asked: Asked): Reply => {
    offered(kept, asked, ['application/json']);
    const id = asked.variables['loanId'] ?? '';
    uuid(id, 'path loanId', rulesOf(kept, asked.key, 404));
    const known = loans.get(id.toLowerCase());
    if (known === undefined) throw new Refusal(404, `there is no loan ${id}`);
    return json(200, known);
  };

  return {
    '/loans': { POST: guarded(kept, 'POST /loans', create) },
    '/loans/{loanId}': { GET: guarded(kept, 'GET /loans/{loanId}', read) },
  };
}
