import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { GET, listen, open } from './loopback.fixture.ts';
import { type Pace, type PaceOptions, withPace } from './pace.ts';
import { createTransport, type Sent } from './transport.ts';

interface Limited {
  readonly pace: Pace;
  readonly send: () => Promise<Sent>;
  readonly times: readonly number[];
}

async function limited(
  answer: (count: number, response: ServerResponse, request: IncomingMessage) => void,
  options?: PaceOptions,
): Promise<Limited> {
  const times: number[] = [];
  const server = createServer((request, response) => {
    times.push(performance.now());
    answer(times.length, response, request);
  });
  const url = await listen(server);
  const transport = createTransport();
  open.push(transport);
  const pace = withPace(transport, options);
  return { pace, send: () => pace.send(url, GET), times };
}

const status = (sent: Sent): number => (sent.kind === 'answered' ? sent.response.status : 0);
const until =
  (count: number, code: number, headers: Record<string, string>) =>
  (asked: number, response: ServerResponse): void =>
    void response.writeHead(asked <= count ? code : 200, asked <= count ? headers : {}).end();

test.each<[string, number, Record<string, string>]>([
  ['429 with seconds', 429, { 'retry-after': '0' }],
  ['429 with a date', 429, { 'retry-after': new Date(0).toUTCString() }],
  ['503 with seconds', 503, { 'retry-after': '0' }],
  ['429 with RateLimit-Reset', 429, { 'ratelimit-reset': '0' }],
  ['429 with a structured RateLimit', 429, { ratelimit: '"default";r=0;t=0' }],
  ['429 with a time since 1970', 429, { 'x-ratelimit-reset': '1700000000' }],
  ['403 with nothing remaining', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1700000000' }],
])('%s is waited for, and the request sent again', async (_name, code, headers) => {
  const { pace, send, times } = await limited(until(2, code, headers));
  expect(status(await send())).toBe(200);
  expect([times.length, pace.told().again]).toEqual([3, 2]);
});

test('a stage that never opens is left after some tries, and told as it is', async () => {
  const { send, times } = await limited(until(100, 429, { 'retry-after': '0' }));
  expect(status(await send())).toBe(429);
  expect(times).toHaveLength(4);
});

test.each<[string, Record<string, string>, PaceOptions]>([
  ['a wait that is too long', { 'retry-after': '3600' }, {}],
  ['a wait beyond all that the run may wait', { 'retry-after': '2' }, { budgetMs: 1000 }],
])('%s is not begun', async (_name, headers, options) => {
  const { pace, send, times } = await limited(until(100, 429, headers), options);
  expect([status(await send()), times.length, pace.told().again]).toEqual([429, 1, 0]);
});

test.each([503, 403])('%i alone asks for nothing', async code => {
  const { send, times } = await limited(until(100, code, {}));
  expect([status(await send()), times.length]).toEqual([code, 1]);
});

test('all wait when one is told to, and for the same moment', async () => {
  const { pace, send, times } = await limited(until(4, 429, { 'retry-after': '1' }));
  const sent = await Promise.all(Array.from({ length: 4 }, send));
  expect(sent.map(status)).toEqual([200, 200, 200, 200]);
  const between = (times[4] ?? 0) - (times[3] ?? 0);
  expect(between).toBeGreaterThan(900);
  // One second for all of them, and not one for each.
  expect(pace.told().waitedMs).toBeLessThan(3500);
});

test('a rate is kept, however many send at once', async () => {
  const { send, times } = await limited(until(0, 0, {}), { rate: 50 });
  await Promise.all(Array.from({ length: 6 }, send));
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(80);
});

test('an interruption ends the wait', async () => {
  const interruption = new AbortController();
  const { send } = await limited(
    (_count, response) => {
      response.writeHead(429, { 'retry-after': '20' }).end();
      interruption.abort();
    },
    { signal: interruption.signal },
  );
  expect(status(await send())).toBe(429);
});
