import { expect, test } from 'vitest';
import { contractFromText } from '../read.ts';
import { sequencePlan } from './sequence-plan.ts';

const HOTEL = `openapi: 3.1.1
info: { title: Hotel, version: '1' }
paths:
  /rooms:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { number: { type: string }, favouriteBookingId: { type: string }, bookingId: { type: string } } } } } }
      responses: { '201': { description: Made } }
  /rooms/{roomId}: { get: { responses: { '200': { description: It } } } }
  /bookings:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [room_id], properties: { room_id: { type: string }, guestId: { type: string } } } } } }
      responses: { '201': { description: Made } }
  /bookings/{id}: { get: { responses: { '200': { description: It } } }, delete: { responses: { '204': { description: Gone } } } }
`;

const stepsOf = (id: string): readonly string[] => {
  const { contract } = contractFromText(HOTEL);
  if (contract === undefined) throw new Error('no contract');
  const sequence = [...sequencePlan(contract)].find(candidate => candidate.id === id);
  return (sequence?.steps ?? []).map(({ operation, inputs }) => {
    const slots = inputs.flatMap(({ into }) => (into.kind === 'body' ? [into.pointer] : []));
    return [operation.key, ...slots].join(' ');
  });
};

test('what a body refers to is made first, and its id put in', () => {
  expect(stepsOf('/bookings deleted')).toEqual([
    'POST /rooms',
    'POST /bookings /room_id',
    'POST /bookings /room_id',
    'GET /bookings/{id}',
    'DELETE /bookings/{id}',
    'GET /bookings/{id}',
    'GET /bookings/{id}',
    'DELETE /bookings/{id}',
  ]);
});

test('two things that refer to each other are made once each', () => {
  expect(stepsOf('/rooms created')).toEqual([
    'POST /bookings',
    'POST /rooms /bookingId',
    'GET /rooms/{roomId}',
  ]);
});
