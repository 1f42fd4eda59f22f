/** Jobs that are done later, and sessions, which a form opens. */
import { type Asked, type Handler, Refusal, type Reply } from '../served.ts';
import { integer, number, record, type Shape, text } from '../shape.ts';
import { asNumber, optional } from '../texts.ts';
import {
  AT,
  type Desk,
  guarded,
  json,
  NAME,
  readable,
  readJson,
  rulesOf,
  SESSION,
  wantsJson,
} from './desk.ts';

const copying = record({ copyTo: text({ pattern: NAME }) }, { required: ['copyTo'] });

/** One of two words, or where to copy to. */
const action: Shape = (value, at, must) => {
  if (typeof value === 'string') must(`${at} enum`, value === 'clear' || value === 'count');
  else copying(value, at, must);
};

const job = record(
  { action, at: text({ format: 'date-time' }), share: number({ min: 0, below: 1 }) },
  { required: ['action'], open: true },
);

export function jobRoutes(desk: Desk): Readonly<Record<string, Readonly<Record<string, Handler>>>> {
  const start = (asked: Asked): Reply => {
    wantsJson(desk, asked);
    readable(desk, asked, ['application/json']);
    readJson(desk, asked, job);
    const id = (desk.last.job += 1);
    const made = { id, state: 'queued', doneAt: null };
    if (desk.seeded.habit !== 'jobs are lost') desk.jobs.set(id, made);
    return json(202, made, { Location: `/jobs/${id}`, 'Retry-After': '1' });
  };

  const read = (asked: Asked): Reply => {
    wantsJson(desk, asked);
    const id = asNumber(asked.variables['jobId'] ?? '');
    integer({ min: 1, max: 1_000_000 })(id, 'path jobId', rulesOf(desk, asked));
    const known = desk.jobs.get(Number(id));
    if (known === undefined) throw new Refusal(404, 'jobId');
    // By the time somebody asks, it is done.
    desk.jobs.set(known.id, { ...known, state: 'done', doneAt: AT });
    return json(200, known);
  };

  const logIn = (asked: Asked): Reply => {
    const must = rulesOf(desk, asked);
    wantsJson(desk, asked);
    readable(desk, asked, ['application/x-www-form-urlencoded']);
    const form = new URLSearchParams(asked.body.toString('utf8'));
    const one = (name: string): string | undefined => form.get(name) ?? undefined;
    optional(must, { at: 'form user', value: one('user'), shape: text({ min: 1, max: 30 }), required: true });
    optional(must, {
      at: 'form pin',
      value: one('pin'),
      shape: text({ pattern: /^[0-9]{4}$/ }),
      required: true,
    });
    optional(must, {
      at: 'form days',
      value: one('days'),
      shape: integer({ min: 1, max: 30 }),
      as: asNumber,
    });
    return { status: 204, headers: { 'Set-Cookie': `session=${SESSION}; Path=/; HttpOnly` } };
  };

  return {
    '/sessions': { POST: logIn },
    '/jobs': { POST: guarded(desk, start) },
    '/jobs/{jobId}': { GET: guarded(desk, read) },
  };
}
