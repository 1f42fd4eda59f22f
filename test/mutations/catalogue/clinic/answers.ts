/** The faults of the clinic in what it answers. */
import { changing, type Faults, heading, record, replying, telling, withHeaders } from '../../fault.ts';
import { habitual, wrongBody } from '../kinds.ts';

const DOCTORS = 'GET /doctors';
const DOCTOR = 'GET /doctors/{doctorId}';
const PATIENT = 'GET /patients/{patientId}';
const REGISTER = 'POST /patients';
const PATIENTS = [REGISTER, PATIENT, 'DELETE /patients/{patientId}'];
const BOOK = 'POST /appointments';
const APPOINTMENT = 'GET /appointments/{appointmentId}';
const BOOKING = [
  BOOK,
  APPOINTMENT,
  DOCTORS,
  'GET /doctors/{doctorId}',
  'DELETE /appointments/{appointmentId}',
  ...PATIENTS,
];
const CLINIC = 'GET /clinic';

export const ANSWERS: Pick<Faults, 'body' | 'status' | 'media' | 'header' | 'problem'> = {
  body: [
    wrongBody(
      'local-date',
      REGISTER,
      'A birthday written the local way',
      changing(REGISTER, 201, { born: '17.05.1990' }),
    ),
    {
      ...wrongBody(
        'weight-as-text',
        PATIENT,
        'A weight with its unit',
        telling(PATIENT, 200, value => ({ ...record(value), weight_kg: '71.5 kg' })),
      ),
      at: [PATIENT, ...PATIENTS],
    },
    wrongBody(
      'one-of-the-second-page',
      DOCTORS,
      'A doctor who is on the second page lacks a property',
      telling(DOCTORS, 200, value => ({
        ...record(value),
        data: listOf(value).map(one =>
          record(one)['id'] === 11 ? { ...record(one), name: undefined } : one,
        ),
      })),
    ),
    wrongBody('clock', CLINIC, 'Hours with am and pm', changing(CLINIC, 200, { closes: '6:30 pm' })),
    wrongBody('room', DOCTOR, 'A room of another house', changing(DOCTOR, 200, { room: 'Z9' })),
    wrongBody('id', REGISTER, 'An id that is a number', changing(REGISTER, 201, { id: 17 })),
    wrongBody(
      'meta',
      DOCTORS,
      'A size of the page that is more than may be asked for',
      telling(DOCTORS, 200, value => ({ ...record(value), meta: { page: 1, per_page: 1000, total: 12 } })),
    ),
    {
      name: 'state',
      what: 'A state that is none, once an appointment was moved',
      at: ['PUT /appointments/{appointmentId}', ...BOOKING],
      caughtBy: 'response-body',
      seeded: { habit: 'moving ends it' },
    },
  ],
  status: [
    {
      name: 'ok-for-created',
      what: '200 for what was registered',
      at: [REGISTER],
      caughtBy: 'undocumented-status',
      seeded: replying(REGISTER, 201, () => ({ status: 200 })),
    },
    {
      name: 'deleted-with-200',
      what: '200 for what was cancelled',
      at: ['DELETE /appointments/{appointmentId}', ...BOOKING],
      caughtBy: 'undocumented-status',
      seeded: replying('DELETE /appointments/{appointmentId}', 204, () => ({ status: 200 })),
    },
    {
      name: 'null-for-none',
      what: '200 with null for a patient who is not there',
      at: PATIENTS,
      caughtBy: 'response-body',
      seeded: replying(PATIENT, 404, () => ({ status: 200, body: 'null' })),
    },
    {
      name: 'conflict-as-400',
      what: '400 for an insurance that is known already',
      at: [REGISTER],
      caughtBy: 'undocumented-status',
      seeded: replying(REGISTER, 409, () => ({ status: 400 })),
    },
  ],
  media: [
    {
      name: 'error-page',
      what: 'Errors as a page for people',
      at: [DOCTORS],
      caughtBy: 'undocumented-media-type',
      seeded: replying(DOCTORS, 422, () => ({
        headers: { 'Content-Type': 'text/html' },
        body: '<h1>No</h1>',
      })),
    },
    {
      name: 'accept-ignored',
      what: 'JSON for whoever asks for plain text',
      at: [CLINIC],
      caughtBy: 'accept-ignored',
      seeded: replying(CLINIC, 200, () => ({
        headers: { 'Content-Type': 'application/json' },
        body: '{"name":"By the river","opens":"08:00","closes":"18:30"}',
      })),
    },
    {
      name: 'no-content-type',
      what: 'JSON without a word about it',
      at: [DOCTOR],
      caughtBy: 'undocumented-media-type',
      seeded: heading(DOCTOR, 200, { 'Content-Type': undefined }),
    },
  ],
  header: [
    {
      name: 'no-location',
      what: '201 without the Location that is documented',
      at: [REGISTER],
      caughtBy: 'created-without-location',
      seeded: heading(REGISTER, 201, { Location: undefined }),
    },
    {
      name: 'location-nowhere',
      what: 'A Location behind which there is nothing',
      at: PATIENTS,
      caughtBy: 'location-broken',
      seeded: replying(REGISTER, 201, reply => ({
        headers: withHeaders(reply, {
          Location: `/api/patients/7b0c5f2e-0000-4000-8000-${'9'.repeat(12)}`,
        }),
      })),
    },
    {
      name: 'no-challenge',
      what: '401 without the WWW-Authenticate that is documented',
      at: [DOCTORS],
      caughtBy: 'missing-status-header',
      seeded: heading(DOCTORS, 401, { 'WWW-Authenticate': undefined }),
    },
  ],
  problem: [
    wrongBody(
      'no-code',
      DOCTORS,
      'An error without its code',
      telling(DOCTORS, 422, () => ({ error: { message: 'no' } })),
    ),
    wrongBody(
      'code',
      PATIENT,
      'An error whose code is a sentence',
      telling(PATIENT, 404, () => ({ error: { code: 'Not found', message: 'no' } })),
    ),
    wrongBody(
      'errors',
      REGISTER,
      'A list of errors where one is documented',
      telling(REGISTER, 422, () => ({ errors: [{ code: 'invalid', message: 'no' }] })),
    ),
    {
      ...habitual('unauthorized', [DOCTORS], '', 'response-body', '401 with an error of the framework'),
      seeded: telling(DOCTORS, 401, () => ({ detail: 'Not authenticated' })),
    },
  ],
};

function listOf(value: unknown): readonly unknown[] {
  const { data } = record(value);
  return Array.isArray(data) ? data : [];
}
