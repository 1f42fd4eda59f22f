/** What items and orders of the depot may be. */
import { integer, list, number, record, type Shape, text, truth } from '../shape.ts';

export const itemNumber: Shape = integer({ min: 1 });

/** A number of 64 bits, more than a double tells apart; the text itself where it says none. */
export function asInt64(value: string): unknown {
  if (!/^-?(0|[1-9]\d*)$/.test(value)) return value;
  return BigInt.asIntN(64, BigInt(value)) === BigInt(value) ? Number(value) : value;
}

const attributes: Shape = (value, at, must) => {
  record({}, { open: true })(value, at, must);
  for (const member of Object.values(Object(value))) text({ max: 20 })(member, `${at} member`, must);
};

const int32: Shape = (value, at, must) => {
  integer({ min: 0 })(value, at, must);
  if (typeof value === 'number') must(`${at} format`, value < 2 ** 31);
};

export const item: Shape = record(
  {
    name: text({ min: 2, max: 40, pattern: /^\S/ }),
    quantity: int32,
    colour: text({ oneOf: ['red', 'green', 'blue'] }),
    weight: number({ above: 0, max: 5000 }),
    fragile: truth,
    added: text({ format: 'date-time' }),
    codes: list(text({ pattern: /^[A-Z]{2}-[0-9]{3}$/ }), { min: 1, max: 4 }),
    attributes,
  },
  { required: ['name', 'quantity', 'colour'], open: true },
);

const line = record(
  { item: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), count: integer({ min: 1, max: 100 }) },
  { required: ['item', 'count'], open: true },
);

export const order: Shape = record(
  { express: truth, wanted: text({ format: 'date' }), lines: list(line, { min: 1, max: 10 }) },
  { required: ['lines'], open: true },
);
