/** The faults of the clinic in how it takes requests and what it remembers. */
import { type Faults, habit, record, sentJson } from '../../fault.ts';
import type { Asked } from '../../served.ts';
import { queryValues } from '../../texts.ts';
import { crash, habitual, open, refused, taken } from '../kinds.ts';

const DOCTORS = 'GET /doctors';
const LIST = 'GET /patients';
const REGISTER = 'POST /patients';
const PATIENT = 'GET /patients/{patientId}';
const CORRECT = 'PATCH /patients/{patientId}';
const FORGET = 'DELETE /patients/{patientId}';
const PATIENTS = [REGISTER, PATIENT, CORRECT, FORGET, LIST];
const BOOK = 'POST /appointments';
const APPOINTMENT = 'GET /appointments/{appointmentId}';
const MOVE = 'PUT /appointments/{appointmentId}';
const CANCEL = 'DELETE /appointments/{appointmentId}';
const BOOKING = [
  BOOK,
  APPOINTMENT,
  DOCTORS,
  'GET /doctors/{doctorId}',
  MOVE,
  CANCEL,
  REGISTER,
  PATIENT,
  FORGET,
];
const CLINIC = 'GET /clinic';
const SET = 'PUT /clinic';

const first = (asked: Asked, name: string): string | undefined => queryValues(asked, name)[0];
const sent = (asked: Asked, name: string): unknown => record(sentJson(asked))[name];

/** What shows only where patients and appointments are there. */
const booking = <F extends { readonly at: readonly string[] }>(fault: F): F => ({
  ...fault,
  at: [...fault.at, ...BOOKING, CORRECT],
});

export const REQUESTS: Pick<Faults, 'accept' | 'reject' | 'crash' | 'auth' | 'method' | 'state' | 'paging'> =
  {
    accept: [
      booking(taken('multiple', BOOK, 'minutes multipleOf', 'Appointments of 37 minutes')),
      booking(taken('short', BOOK, 'minutes minimum', 'Appointments of no time')),
      taken('birthday', REGISTER, 'born format', 'A birthday that is none'),
      taken('insurance', REGISTER, 'insurance pattern', 'An insurance number that is none'),
      taken('twice', REGISTER, 'allergies uniqueItems', 'The same allergy twice'),
      taken(
        'nested-pattern',
        REGISTER,
        'emergency phone pattern',
        'A phone number that is none, one level down',
      ),
      taken('nested-required', REGISTER, 'emergency phone required', 'Somebody to call without a number'),
      taken('light', REGISTER, 'weight_kg minimum', 'A weight of nothing'),
      booking(taken('unknown', CORRECT, 'body additionalProperties', 'A correction of what there is not')),
      booking(taken('nothing', CORRECT, 'body minProperties', 'A correction of nothing')),
      booking(taken('mail', CORRECT, 'email format', 'A correction with a mail address that is none')),
      taken('per-page', LIST, 'query per_page maximum', 'Pages as long as anybody likes'),
      taken('search', LIST, 'query name minLength', 'A search for one letter'),
      taken('specialty', DOCTORS, 'query specialty enum', 'A specialty that there is not'),
      taken('hours', SET, 'closes pattern', 'Hours beyond midnight'),
      taken('media-type', REGISTER, 'content type', 'Any media type'),
      booking(taken('reason', MOVE, 'reason minLength', 'A reason too short to be one')),
    ],
    reject: [
      booking(
        refused('longest', BOOK, 'The longest appointment', asked => sent(asked, 'minutes') === 120, 422),
      ),
      booking(
        refused(
          'not-urgent',
          BOOK,
          'false is taken for nonsense',
          asked => sent(asked, 'urgent') === false,
          422,
        ),
      ),
      booking(
        refused(
          'moved-longest',
          MOVE,
          'The longest appointment, when it is moved',
          asked => sent(asked, 'minutes') === 120,
          422,
        ),
      ),
      booking(
        refused(
          'no-mail',
          CORRECT,
          'null, by which a mail address is taken back',
          asked => sent(asked, 'email') === null,
          422,
        ),
      ),
      refused(
        'alone',
        REGISTER,
        'Somebody to call, unless a mail address is there',
        asked => sent(asked, 'emergency') !== undefined && sent(asked, 'email') === undefined,
        422,
      ),
      refused('children', DOCTORS, 'One specialty', asked => first(asked, 'specialty') === 'children', 422),
      refused(
        'twenty',
        REGISTER,
        'As many allergies as there may be',
        asked =>
          Array.isArray(sent(asked, 'allergies')) && (sent(asked, 'allergies') as unknown[]).length === 20,
        422,
      ),
      refused('lightest', REGISTER, 'The least weight', asked => sent(asked, 'weight_kg') === 0.5, 422),
    ],
    crash: [
      crash('quote', LIST, 'A quote in a search', asked => /['"]/.test(first(asked, 'name') ?? '')),
      crash('far-page', DOCTORS, 'A page far behind the last', asked => Number(first(asked, 'page')) > 1000),
      booking(crash('nothing', CORRECT, 'An empty correction', asked => asked.body.toString() === '{}')),
      booking(
        crash('emoji', BOOK, 'An emoji in a reason', asked =>
          /[\u{10000}-\u{10ffff}]/u.test(String(sent(asked, 'reason'))),
        ),
      ),
      crash(
        'unknown-doctor',
        'GET /doctors/{doctorId}',
        'A doctor who is not there',
        (_asked, { status }) => status === 404,
      ),
      crash('no-length', REGISTER, 'A body that is a list', asked => Array.isArray(sentJson(asked))),
      crash('null', REGISTER, 'null for a name', asked => sent(asked, 'given_name') === null),
    ],
    auth: [
      booking(open('patient', PATIENT, 'Anybody may read of a patient')),
      open('hours', SET, 'Anybody may set the hours'),
      booking(open('booking', BOOK, 'Anybody may book')),
      {
        name: 'any-token',
        what: 'Any token of some length will do',
        at: [DOCTORS],
        caughtBy: 'auth-not-enforced',
        seeded: habit('the beginning of a token is enough'),
      },
    ],
    method: [
      {
        name: 'post-is-get',
        what: 'POST is answered like GET',
        at: [DOCTORS],
        caughtBy: 'method-not-refused',
        seeded: {
          alter: ({ key }) => (key === 'POST /doctors' ? { status: 200, body: '{"data":[]}' } : undefined),
        },
      },
      {
        name: 'head-crashes',
        what: '500 for HEAD',
        at: [CLINIC],
        caughtBy: 'server-error',
        seeded: { alter: ({ key }) => (key === 'HEAD /clinic' ? { status: 500 } : undefined) },
      },
      {
        name: 'options-crashes',
        what: '500 for OPTIONS',
        at: [LIST, REGISTER],
        caughtBy: 'server-error',
        seeded: { alter: ({ key }) => (key === 'OPTIONS /patients' ? { status: 500 } : undefined) },
      },
    ],
    state: [
      habitual('cut', PATIENTS, 'names are cut', 'created-not-equal', 'Names are kept in ten characters'),
      habitual('lost', PATIENTS, 'allergies are lost', 'created-not-equal', 'A list in the body is not kept'),
      habitual(
        'reset',
        PATIENTS,
        'a correction drops the weight',
        'patch-changed-more',
        'PATCH resets what was left out',
      ),
      habitual(
        'not-kept',
        PATIENTS,
        'corrections are not kept',
        'update-not-visible',
        'PATCH says yes and changes nothing',
      ),
      habitual(
        'everybody',
        PATIENTS,
        'a correction is for everybody',
        'neighbour-changed',
        'PATCH changes all patients',
      ),
      habitual(
        'all-gone',
        PATIENTS,
        'everybody is forgotten',
        'neighbour-changed',
        'DELETE removes all patients',
      ),
      habitual(
        'none-gone',
        PATIENTS,
        'nobody is forgotten',
        'use-after-delete',
        'DELETE says yes and removes nothing',
      ),
      habitual(
        'booking-lost',
        BOOKING,
        'bookings are lost',
        'created-not-readable',
        'What was booked is not kept',
      ),
      habitual('put-merges', BOOKING, 'remarks are kept', 'put-merged', 'PUT keeps what was left out'),
      habitual(
        'not-cancelled',
        BOOKING,
        'nothing is cancelled',
        'use-after-delete',
        'A cancelled appointment is still there',
      ),
      habitual(
        'hours-stay',
        [SET, CLINIC, ...PATIENTS],
        'the hours stay',
        'update-not-visible',
        'The hours are as they were',
      ),
      habitual(
        'not-listed',
        PATIENTS,
        'the newest is not listed',
        'list-incomplete',
        'The newest patient is in no list',
      ),
    ],
    paging: [
      habitual(
        'filter',
        [DOCTORS, 'GET /doctors/{doctorId}', ...PATIENTS],
        'every doctor will do',
        'filter-ignored',
        'Doctors of every specialty, whichever was asked for',
      ),
      habitual(
        'repeats',
        PATIENTS,
        'the second page is the first',
        'page-overlap',
        'The second page is the first again',
      ),
      habitual(
        'from-zero',
        PATIENTS,
        'pages count from zero',
        'list-incomplete',
        'The first page is left out',
      ),
      habitual(
        'total',
        PATIENTS,
        'the total is that of the page',
        'total-wrong',
        'The total is that of the page',
      ),
      habitual(
        'total-of-old',
        PATIENTS,
        'the total counts what was deleted',
        'total-wrong',
        'The total counts what is no more',
      ),
    ],
  };
