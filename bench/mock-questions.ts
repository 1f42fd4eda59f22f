/** What the throughput benches ask: one document, and the requests and answers that belong to it. */

const station = (index: number): object => ({
  id: `efdbb9d1-02c2-4bc3-afb7-${String(100000000000 + index)}`,
  name: `Station number ${index}`,
  address: 'Invalidenstraße 10557 Berlin, Germany',
  country_code: 'DE',
  timezone: 'Europe/Berlin',
});

/** 0.5 kB and 56 kB of JSON. */
const SMALL_VALUE = { data: [station(1), station(2), station(3)] };
const LARGE_VALUE = { data: Array.from({ length: 327 }, (_item, index) => station(index)) };
const BOOKING = {
  id: '3f3e3e1-c824-4d63-b37a-d8d698862f1d',
  trip_id: '4f4e4e1',
  passenger: 'Jane',
  seats: 2,
};
export const SMALL: string = JSON.stringify(SMALL_VALUE);
export const LARGE: string = JSON.stringify(LARGE_VALUE);
export const BODY: string = JSON.stringify(BOOKING);

const VALID = { trip_id: '4f4e4e1', passenger: 'Jane Doe', seats: 2, has_bicycle: true, tags: ['a', 'b'] };
export const VALID_BODY: string = JSON.stringify(VALID);
export const INVALID_BODY: string = JSON.stringify({ ...VALID, seats: 'two', passenger: '' });

const text = { type: 'string' };
const stations = {
  type: 'object',
  required: ['data'],
  properties: {
    data: {
      type: 'array',
      items: { type: 'object', required: ['id', 'name'], properties: { id: text, name: text } },
    },
  },
};
const page = { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } };
const booking = {
  type: 'object',
  required: ['trip_id', 'passenger', 'seats'],
  additionalProperties: false,
  properties: {
    trip_id: text,
    passenger: { type: 'string', minLength: 1 },
    seats: { type: 'integer', minimum: 1, maximum: 10 },
    has_bicycle: { type: 'boolean' },
    tags: { type: 'array', items: text },
  },
};

function json(schema: object, example?: unknown): object {
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } };
}

/** The document under a base path of its own, `/v10` for the first. */
export function documentFor(index: number): object {
  const answer = (status: number, content: object): object => ({
    [status]: { description: 'Fine', content },
  });
  return {
    openapi: '3.1.1',
    info: { title: 'Bench', version: '1' },
    servers: [{ url: `/v${10 + index}` }],
    paths: {
      '/stations': { get: { parameters: [page], responses: answer(200, json(stations, SMALL_VALUE)) } },
      '/trips': { get: { parameters: [page], responses: answer(200, json(stations, LARGE_VALUE)) } },
      '/bookings': {
        post: {
          requestBody: { required: true, content: json(booking) },
          responses: answer(201, json({ type: 'object' }, BOOKING)),
        },
      },
    },
  };
}
