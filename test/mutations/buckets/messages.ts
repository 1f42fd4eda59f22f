/** Messages: three media types to write them, one to read them, and no id but the one in Location. */
import { type Asked, type Handler, Refusal, type Reply } from '../served.ts';
import { integer, list, nullable, record, type Shape, text } from '../shape.ts';
import { asNumber, header, optional } from '../texts.ts';
import {
  AT,
  type Bucket,
  type Desk,
  guarded,
  json,
  type Message,
  readable,
  readJson,
  rulesOf,
  wantsJson,
} from './desk.ts';

const ID = /^[0-9a-f]{8}$/;
const words = text({ min: 1, max: 500 });

const base64: Shape = (value, at, must) => {
  must(`${at} type`, typeof value === 'string');
  must(`${at} format`, /^([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(String(value)));
};

const message = record(
  { text: words, answerTo: nullable(text({ pattern: ID })), data: base64 },
  { required: ['text'], open: true },
);

export function messageRoutes(
  desk: Desk,
  bucketOf: (asked: Asked) => Bucket,
): Readonly<Record<string, Readonly<Record<string, Handler>>>> {
  const { seeded } = desk;

  const found = (asked: Asked): Message => {
    const id = asked.variables['messageId'] ?? '';
    text({ pattern: ID })(id, 'path messageId', rulesOf(desk, asked));
    const known = bucketOf(asked).messages.get(id);
    if (known === undefined) throw new Refusal(404, 'messageId');
    return known;
  };

  const all = (asked: Asked): Reply => {
    wantsJson(desk, asked);
    const list = [...bucketOf(asked).messages.values()];
    return json(200, seeded.habit === 'only old messages are listed' ? list.slice(0, 1) : list);
  };

  const post = (asked: Asked): Reply => {
    const must = rulesOf(desk, asked);
    wantsJson(desk, asked);
    optional(must, {
      at: 'header X-Priority',
      value: header(asked, 'X-Priority'),
      shape: integer({ min: 0, max: 9 }),
      as: asNumber,
    });
    const mediaType = readable(desk, asked, [
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain',
    ]);
    const body = bodyOf(asked, mediaType);
    const { name, messages } = bucketOf(asked);
    const id = (0x1000 + (desk.last.message += 1)).toString(16).padStart(8, '0');
    const made = { ...body, id, at: AT } as Message;
    if (seeded.habit !== 'messages are lost') messages.set(id, made);
    return {
      status: 201,
      headers: { Location: `http://${asked.headers.host}/buckets/${name}/messages/${id}` },
    };
  };

  const bodyOf = (asked: Asked, mediaType: string): object => {
    const must = rulesOf(desk, asked);
    if (mediaType === 'application/json') return readJson(desk, asked, message);
    const sent = asked.body.toString('utf8');
    if (mediaType === 'text/plain') {
      words(sent, 'plain', must);
      return { text: sent };
    }
    const form = new URLSearchParams(sent);
    const said = form.get('text') ?? undefined;
    optional(must, { at: 'form text', value: said, shape: words, required: true });
    const tags = form.getAll('tags');
    list(text({ min: 1 }), { max: 3 })(tags, 'form tags', must);
    return { text: said ?? '?' };
  };

  const drop = (asked: Asked): Reply => {
    const { id } = found(asked);
    const { messages } = bucketOf(asked);
    if (seeded.habit === 'dropping empties the bucket') messages.clear();
    else if (seeded.habit !== 'a dropped message is still read') messages.delete(id);
    return { status: 204 };
  };

  const read: Handler = asked => {
    wantsJson(desk, asked);
    return json(200, found(asked));
  };

  return {
    '/buckets/{name}/messages': { GET: guarded(desk, all), POST: guarded(desk, post) },
    '/buckets/{name}/messages/{messageId}': { GET: guarded(desk, read), DELETE: guarded(desk, drop) },
  };
}
