/** The fourth API of the suite: one that grew with a practice, whose appointments need patients and doctors that exist. */
import { type Api, type Asked, Refusal, type Reply, type Seeded } from '../served.ts';
import { integer, list, nullable, number, record, text, truth } from '../shape.ts';
import { negotiated, optional, queryValues } from '../texts.ts';
import {
  BASE_PATH,
  CODES,
  type Desk,
  guarded,
  json,
  type Kept,
  nextId,
  paged,
  readJson,
  rulesOf,
  UUID,
} from './desk.ts';

const named = { given_name: text({ min: 1, max: 60 }), family_name: text({ min: 1, max: 60 }) };
const phone = text({ pattern: /^\+[1-9][0-9]{6,14}$/ });
const weight = number({ min: 0.5, max: 400 });
const patient = record(
  {
    ...named,
    born: text({ format: 'date' }),
    insurance: text({ pattern: /^[A-Z][0-9]{9}$/ }),
    email: text({ format: 'email' }),
    allergies: list(text({ min: 2, max: 40 }), { max: 20, unique: true }),
    weight_kg: weight,
    emergency: record(
      { name: text({ min: 1, max: 60 }), phone },
      { required: ['name', 'phone'], open: true },
    ),
  },
  {
    required: ['given_name', 'family_name', 'born', 'insurance'],
    ignored: ['id', 'registered_at'],
    open: true,
  },
);
const change = record(
  { ...named, email: nullable(text({ format: 'email' })), weight_kg: weight },
  { min: 1 },
);
const appointment = record(
  {
    patient_id: text({ format: 'uuid' }),
    doctor_id: integer({ min: 1 }),
    minutes: integer({ min: 10, max: 120, step: 5 }),
    reason: text({ min: 3, max: 200 }),
    urgent: truth,
    remarks: text({ max: 500 }),
  },
  { required: ['patient_id', 'doctor_id', 'minutes', 'reason'], ignored: ['id', 'state'], open: true },
);
const hour = text({ pattern: /^([01][0-9]|2[0-3]):[0-5][0-9]$/ });
const clinicShape = record(
  { name: text({ min: 1, max: 80 }), opens: hour, closes: hour, phone },
  { required: ['name', 'opens', 'closes'] },
);

const DOCTORS: readonly Kept[] = ['general', 'heart', 'skin', 'children'].flatMap((specialty, index) =>
  [1, 2, 3].map(turn => ({
    id: index * 3 + turn,
    name: `Dr. ${'ABCDEFGHIJKL'[index * 3 + turn - 1]}.`,
    specialty,
    accepts_new: turn !== 2,
    room: turn === 3 ? null : `${'ABCD'[index]}0${turn}`,
  })),
);

export function clinic(seeded: Seeded): Api {
  const desk: Desk = {
    seeded,
    patients: new Map(),
    appointments: new Map(),
    clinic: { name: 'By the river', opens: '08:00', closes: '18:30' },
    last: 0,
  };
  const found = (asked: Asked, kind: 'patient' | 'appointment'): Kept => {
    const id = (asked.variables[`${kind}Id`] ?? '').toLowerCase();
    const known = (kind === 'patient' ? desk.patients : desk.appointments).get(id);
    if (known === undefined || !UUID.test(id)) throw new Refusal(404, kind);
    return known;
  };

  const register = (asked: Asked): Reply => {
    const body = readJson(desk, asked, patient);
    if ([...desk.patients.values()].some(({ insurance }) => insurance === body['insurance']))
      throw new Refusal(409, 'insurance');
    const id = nextId(desk);
    const cut =
      seeded.habit === 'names are cut' ? { family_name: String(body['family_name']).slice(0, 10) } : {};
    const kept = seeded.habit === 'allergies are lost' ? { ...body, allergies: [] } : body;
    const made = { ...kept, ...cut, id, registered_at: '2025-06-02T08:00:00Z' };
    desk.patients.set(id, made);
    return json(201, made, { Location: `${BASE_PATH}/patients/${id}` });
  };

  const correct = (asked: Asked): Reply => {
    const body = readJson(desk, asked, change);
    const known = found(asked, 'patient');
    const now = Object.fromEntries(
      Object.entries({ ...known, ...body }).filter(([, value]) => value !== null),
    );
    const kept =
      seeded.habit === 'a correction drops the weight' && !('weight_kg' in body)
        ? { ...now, weight_kg: undefined }
        : now;
    if (seeded.habit !== 'corrections are not kept') desk.patients.set(String(known['id']), kept);
    if (seeded.habit === 'a correction is for everybody')
      for (const [id, other] of desk.patients) desk.patients.set(id, { ...other, ...body });
    return json(200, kept);
  };

  const forget = (asked: Asked): Reply => {
    const id = String(found(asked, 'patient')['id']);
    if ([...desk.appointments.values()].some(({ patient_id }) => patient_id === id))
      throw new Refusal(409, 'appointments');
    if (seeded.habit === 'everybody is forgotten') desk.patients.clear();
    if (seeded.habit !== 'nobody is forgotten') desk.patients.delete(id);
    return { status: 204 };
  };

  const booked = (asked: Asked): Kept => {
    const body = readJson(desk, asked, appointment);
    const must = rulesOf(desk, asked);
    must('patient_id unknown', desk.patients.has(String(body['patient_id']).toLowerCase()));
    must(
      'doctor_id unknown',
      DOCTORS.some(({ id }) => id === body['doctor_id']),
    );
    const { id: _id, state: _state, ...rest } = body;
    return rest;
  };

  const book = (asked: Asked): Reply => {
    const rest = booked(asked);
    const id = nextId(desk);
    const made = { ...rest, id, state: 'booked' };
    if (seeded.habit !== 'bookings are lost') desk.appointments.set(id, made);
    return json(201, made, { Location: `${BASE_PATH}/appointments/${id}` });
  };

  const move = (asked: Asked): Reply => {
    const known = found(asked, 'appointment');
    const { id, state } = known;
    const rest = booked(asked);
    const base = seeded.habit === 'remarks are kept' ? { remarks: known['remarks'] } : {};
    const now = { ...base, ...rest, id, state: seeded.habit === 'moving ends it' ? 'over' : state };
    desk.appointments.set(String(id), now);
    return json(200, now);
  };

  const cancel = (asked: Asked): Reply => {
    const { id } = found(asked, 'appointment');
    if (seeded.habit !== 'nothing is cancelled') desk.appointments.delete(String(id));
    return { status: 204 };
  };

  const patients = (asked: Asked): Reply => {
    const name = queryValues(asked, 'name')[0];
    optional(rulesOf(desk, asked), { at: 'query name', value: name, shape: text({ min: 2, max: 50 }) });
    const all = [...desk.patients.values()].filter(
      one => name === undefined || `${one['given_name']} ${one['family_name']}`.includes(name),
    );
    return paged(desk, asked, seeded.habit === 'the newest is not listed' ? all.slice(0, -1) : all);
  };

  const doctors = (asked: Asked): Reply => {
    const filtersNothing = seeded.habit === 'every doctor will do';
    const value = queryValues(asked, 'specialty')[0];
    const shape = text({ oneOf: ['general', 'heart', 'skin', 'children'] });
    optional(rulesOf(desk, asked), { at: 'query specialty', value, shape });
    return paged(
      desk,
      asked,
      DOCTORS.filter(({ specialty }) => value === undefined || filtersNothing || specialty === value),
    );
  };

  const doctor = (asked: Asked): Reply => {
    const known = DOCTORS.find(({ id }) => String(id) === asked.variables['doctorId']);
    if (known === undefined) throw new Refusal(404, 'doctor');
    return json(200, known);
  };

  const hours = (asked: Asked): Reply => {
    if (negotiated(asked, ['application/json', 'text/plain']) !== 'text/plain') return json(200, desk.clinic);
    const { name, opens, closes } = desk.clinic;
    return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: `${name}: ${opens} to ${closes}` };
  };

  const setHours = (asked: Asked): Reply => {
    const body = readJson(desk, asked, clinicShape);
    if (seeded.habit !== 'the hours stay') desk.clinic = body;
    return json(200, body);
  };

  return {
    basePath: BASE_PATH,
    refuse: ({ status, message, headers }) =>
      json(
        status,
        { error: { code: CODES[status] ?? 'failed', message, field: message.split(' ')[0] } },
        headers,
      ),
    routes: {
      '/doctors': { GET: guarded(desk, doctors) },
      '/doctors/{doctorId}': { GET: guarded(desk, doctor) },
      '/patients': { GET: guarded(desk, patients), POST: guarded(desk, register) },
      '/patients/{patientId}': {
        GET: guarded(desk, asked => json(200, found(asked, 'patient'))),
        PATCH: guarded(desk, correct),
        DELETE: guarded(desk, forget),
      },
      '/appointments': { POST: guarded(desk, book) },
      '/appointments/{appointmentId}': {
        GET: guarded(desk, asked => json(200, found(asked, 'appointment'))),
        PUT: guarded(desk, move),
        DELETE: guarded(desk, cancel),
      },
      '/clinic': { GET: hours, PUT: guarded(desk, setHours) },
    },
  };
}
