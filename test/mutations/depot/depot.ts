/** The second API of the suite, in the manner of Swagger 2.0: Basic credentials, forms, and numbers for ids. */
import { partsOf } from '../form.ts';
import { type Api, type Asked, type Handler, Refusal, type Reply, type Seeded } from '../served.ts';
import { integer, isRecord, list, type Must, type Shape, text, truth } from '../shape.ts';
import {
  asNumber,
  asTruth,
  contentType,
  header,
  jsonBody,
  negotiated,
  optional,
  queryValues,
} from '../texts.ts';
import { asInt64, itemNumber, item as itemShape, order as orderShape } from './shapes.ts';

export const USER = 'staff';
export const PASSWORD = 'open sesame';
const BASE_PATH = '/api/v2';

interface Item {
  readonly id: number;
  readonly [member: string]: unknown;
}

interface Order {
  readonly number: number;
  readonly [member: string]: unknown;
}

export function depot(seeded: Seeded): Api {
  const items = new Map<number, Item>();
  const orders = new Map<number, Order>();
  const last = { item: 0, order: 0 };
  for (const [name, colour] of [
    ['Bolt', 'red'],
    ['Nut', 'green'],
    ['Washer', 'blue'],
    ['Rivet', 'red'],
    ['Nail', 'green'],
  ]) {
    const id = (last.item += 1);
    items.set(id, { id, name, colour, quantity: 10 * id, weight: 0.5 * id, codes: ['AB-123'] });
  }
  orders.set((last.order += 1), { number: 1, express: false, lines: [{ item: 1, count: 3 }] });

  const rulesOf =
    ({ key }: Asked): Must =>
    (rule, holds) => {
      if (!holds && seeded.unenforced !== `${key}: ${rule}`) throw new Refusal(400, rule);
    };

  const itemOf = (asked: Asked): Item => {
    const id = asInt64(asked.variables['id'] ?? '');
    itemNumber(id, 'path id', rulesOf(asked));
    const known = items.get(typeof id === 'number' ? id : last.item);
    if (known === undefined) throw new Refusal(404, `no item ${id}`);
    return known;
  };

  const getItems = (asked: Asked): Reply => {
    accepts(asked, seeded, ['application/json']);
    const must = rulesOf(asked);
    const one = (name: string, shape: Shape, as = asNumber): unknown =>
      optional(must, { at: `query ${name}`, value: queryValues(asked, name)[0], shape, as });
    const many = (name: string, values: readonly string[], shape: Shape): readonly string[] => {
      if (queryValues(asked, name).length > 0) shape(values, `query ${name}`, must);
      return values;
    };
    const offset = Number(one('offset', integer({ min: 0 })) ?? 0);
    const limit = Number(one('limit', integer({ min: 1, max: 100 })) ?? 20);
    const inStock = one('inStock', truth, asTruth);
    const maxWeight = one('maxWeight', maximalWeight);
    const ids = split(asked, 'ids', ',').map(asInt64);
    if (queryValues(asked, 'ids').length > 0) list(itemNumber, { max: 10 })(ids, 'query ids', must);
    const colours = many(
      'colours',
      split(asked, 'colours', '|'),
      list(text({ oneOf: ['red', 'green', 'blue'] })),
    );
    many('sizes', queryValues(asked, 'sizes'), list(text({ oneOf: ['s', 'm', 'l'] }), { min: 2 }));
    const matching = [...items.values()]
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .filter(({ colour }) => colours.length === 0 || colours.includes(String(colour)))
      .filter(({ quantity }) => inStock === undefined || inStock === Number(quantity) > 0)
      .filter(({ weight }) => maxWeight === undefined || Number(weight ?? 0) <= Number(maxWeight));
    const start = seeded.habit === 'the offset is ignored' ? 0 : offset;
    const end = seeded.habit === 'one too few' ? start + limit - 1 : start + limit;
    const shown = matching.slice(start, seeded.habit === 'the limit is ignored' ? undefined : end);
    const total = seeded.habit === 'the total is that of the page' ? shown.length : matching.length;
    return json(200, { total, items: shown });
  };

  const addItem = (asked: Asked): Reply => {
    accepts(asked, seeded, ['application/json']);
    const body = readJson(asked, rulesOf(asked), itemShape);
    const id = seeded.habit === 'ids are used again' ? last.item : (last.item += 1);
    const made = { ...body, id };
    if (seeded.habit !== 'created is not stored') items.set(id, made);
    return json(200, made);
  };

  const setItem = (asked: Asked): Reply => {
    accepts(asked, seeded, ['application/json']);
    const body = readJson(asked, rulesOf(asked), itemShape);
    const { id } = itemOf(asked);
    const now = { ...body, id };
    if (seeded.habit !== 'the update is ignored') items.set(id, now);
    if (seeded.habit === 'the update spreads')
      for (const other of items.keys()) items.set(other, { ...body, id: other });
    return json(200, now);
  };

  const restockItem = (asked: Asked): Reply => {
    accepts(asked, seeded, ['application/json']);
    const must = rulesOf(asked);
    readable(asked, must, 'application/x-www-form-urlencoded');
    const form = new URLSearchParams(asked.body.toString('utf8'));
    const value = (name: string): string | undefined => form.get(name) ?? undefined;
    const quantity = optional(must, {
      at: 'form quantity',
      value: value('quantity'),
      shape: integer({ min: 0, max: 10_000 }),
      as: asNumber,
      required: true,
    });
    optional(must, {
      at: 'form reason',
      value: value('reason'),
      shape: text({ oneOf: ['delivery', 'return', 'stocktaking'] }),
    });
    const rows = value('rows');
    if (rows !== undefined)
      list(integer())((rows === '' ? [] : rows.split(',')).map(asNumber), 'form rows', must);
    const known = itemOf(asked);
    const now = { ...known, quantity: typeof quantity === 'number' ? quantity : known['quantity'] };
    items.set(known.id, now);
    return json(200, now);
  };

  const dropItem = (asked: Asked): Reply => {
    accepts(asked, seeded, ['application/json']);
    const { id } = itemOf(asked);
    if (seeded.habit !== 'delete does nothing') items.delete(id);
    return json(200, { dropped: id });
  };

  const addPhoto = (asked: Asked): Reply => {
    accepts(asked, seeded, ['application/json']);
    const must = rulesOf(asked);
    readable(asked, must, 'multipart/form-data');
    const parts = partsOf(asked);
    const photo = parts.get('photo');
    must('form photo required', photo !== undefined);
    const title = parts.get('title')?.toString('utf8');
    optional(must, { at: 'form title', value: title, shape: text({ max: 30 }) });
    itemOf(asked);
    return json(200, { bytes: photo?.length ?? 0, ...(title === undefined ? {} : { title }) });
  };

  const getOrders = (asked: Asked): Reply => {
    accepts(asked, seeded, ['application/json']);
    const all = [...orders.values()];
    const shown = seeded.habit === 'new orders are not listed' ? all.slice(0, 1) : all;
    return json(200, shown, { 'X-Orders': String(shown.length) });
  };

  const addOrder = (asked: Asked): Reply => {
    accepts(asked, seeded, ['application/json']);
    const body = readJson(asked, rulesOf(asked), orderShape);
    const number = (last.order += 1);
    const made = { ...body, number };
    orders.set(number, made);
    if (seeded.habit === 'a refused write changes') orders.delete(1);
    return json(200, made);
  };

  const orderOf = (asked: Asked): Order => {
    const number = asNumber(asked.variables['number'] ?? '');
    integer({ min: 1, max: 999_999 })(number, 'path number', rulesOf(asked));
    const known = orders.get(Number(number));
    if (known === undefined) throw new Refusal(404, `no order ${number}`);
    return known;
  };

  const cancelOrder = (asked: Asked): Reply => {
    const { number } = orderOf(asked);
    if (seeded.habit === 'all orders are cancelled') orders.clear();
    else if (seeded.habit !== 'a cancelled order is still read') orders.delete(number);
    return { status: 204 };
  };

  const exportItems = (asked: Asked): Reply => {
    const mediaType = accepts(asked, seeded, ['text/csv', 'application/json']);
    const lines = [...items.values()].map(
      ({ id, name }) => `${id};${String(name).replaceAll(/[;\s]/g, ' ')}\n`,
    );
    const sheet = `id;name\n${lines.join('')}`;
    return {
      status: 200,
      headers: { 'Content-Type': mediaType, 'Content-Disposition': 'attachment; filename="items.csv"' },
      body: mediaType === 'text/csv' ? sheet : JSON.stringify(sheet),
    };
  };

  const guarded =
    (handler: Handler): Handler =>
    asked => {
      if (!isStaff(asked, seeded) && seeded.unenforced !== `${asked.key}: credentials`)
        throw new Refusal(401, 'who are you?', { 'WWW-Authenticate': 'Basic realm="depot"' });
      return handler(asked);
    };

  const reading =
    (of: (asked: Asked) => object): Handler =>
    asked => {
      accepts(asked, seeded, ['application/json']);
      return json(200, of(asked));
    };

  return {
    basePath: BASE_PATH,
    refuse: ({ status, message, headers }) => json(status, { code: status, message }, headers),
    routes: {
      '/items': { GET: guarded(getItems), POST: guarded(addItem) },
      '/items/{id}': {
        GET: guarded(reading(itemOf)),
        PUT: guarded(setItem),
        POST: guarded(restockItem),
        DELETE: guarded(dropItem),
      },
      '/items/{id}/photo': { POST: guarded(addPhoto) },
      '/orders': { GET: guarded(getOrders), POST: guarded(addOrder) },
      '/orders/{number}': { GET: guarded(reading(orderOf)), DELETE: guarded(cancelOrder) },
      '/export': { GET: guarded(exportItems) },
      '/ping': { GET: reading(() => ({ pong: true })) },
    },
  };
}

const maximalWeight: Shape = (value, at, must) => {
  must(`${at} type`, typeof value === 'number');
  if (typeof value === 'number') must(`${at} exclusiveMinimum`, value > 0);
};

function isStaff(asked: Asked, { habit }: Seeded): boolean {
  const given = header(asked, 'authorization') ?? '';
  const wanted = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
  if (habit === 'any password') return given.startsWith('Basic ');
  if (habit === 'no scheme') return given.endsWith(wanted);
  return given === `Basic ${wanted}`;
}

function split(asked: Asked, name: string, separator: string): readonly string[] {
  const [value] = queryValues(asked, name);
  return value === undefined || value === '' ? [] : value.split(separator);
}

function accepts(asked: Asked, { unenforced }: Seeded, mediaTypes: readonly string[]): string {
  const chosen = negotiated(asked, mediaTypes);
  if (chosen !== undefined) return chosen;
  if (unenforced === `${asked.key}: accept`) return mediaTypes[0] ?? '';
  throw new Refusal(406, `there is only ${mediaTypes.join(', ')}`);
}

function readable(asked: Asked, must: Must, mediaType: string): void {
  // An empty form has no bytes either, and is refused for the field that it lacks.
  if (asked.body.length === 0 && mediaType === 'application/json') must('body required', false);
  if (contentType(asked) === mediaType) return;
  try {
    must('content type', false);
  } catch {
    throw new Refusal(415, `${mediaType} is read here`);
  }
}

function readJson(asked: Asked, must: Must, shape: Shape): Readonly<Record<string, unknown>> {
  readable(asked, must, 'application/json');
  const body = jsonBody(asked);
  shape(body, 'body', must);
  return isRecord(body) ? body : {};
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}
