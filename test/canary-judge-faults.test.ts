/**
 * Canaries with one seeded fault beside a baseline that keeps its document: each class of fault is rolled back. Both sides
 * are one server with one store, as two deployments of one API are before one back end; chance picks the side, and a
 * header tells it, as on a stage.
 */
import { afterAll, expect, test } from 'vitest';
import { random } from '../contract/schema/random.ts';
import type { CanaryCheck } from '../contract-tests/canary/canary-events.ts';
import { checkCanary } from '../contract-tests/canary/check-canary.ts';
import { createTransport, type Transport } from '../contract-tests/transport.ts';
import { APIS, contractOf } from './mutations/rehearse.ts';
import { type ListedFault, listedFaults } from './mutations/seen.ts';
import { type Api, type Asked, CONFORMING, type Handler, type Seeded, serve } from './mutations/served.ts';

const SHARE = 0.5;
const transport = createTransport();
afterAll(() => transport.close());

/** Times are the same, whatever the machine does. */
const timeless: Transport = {
  close: () => undefined,
  send: async (address, request) => {
    const sent = await transport.send(address, request);
    return sent.kind === 'unanswered' ? sent : { ...sent, response: { ...sent.response, ms: 10 } };
  },
};

interface TwoSided {
  readonly api: Api;
  readonly seeded: Seeded;
}

/** The API with the fault where chance picks the canary: for a request that a handler takes before it does, else after. */
function twoSided(make: (seeded: Seeded) => Api, canary: Seeded): TwoSided {
  const chance = random(7, 'side');
  const sides = new WeakMap<Asked, boolean>();
  let isCanary = false;
  const sideOf = (asked: Asked): boolean => {
    isCanary = sides.get(asked) ?? chance.next() < SHARE;
    sides.set(asked, isCanary);
    return isCanary;
  };
  const seeded: Seeded = {
    get unenforced() {
      return isCanary ? canary.unenforced : undefined;
    },
    get habit() {
      return isCanary ? canary.habit : undefined;
    },
    alter: (asked, reply, refuse) => {
      const altered = sideOf(asked) ? canary.alter?.(asked, reply, refuse) : undefined;
      const headers = { ...(altered?.headers ?? reply.headers), 'x-rehearsal-canary': String(isCanary) };
      return { ...altered, headers };
    },
  };
  const api = make(seeded);
  const picking =
    (handler: Handler): Handler =>
    asked => {
      sideOf(asked);
      return handler(asked);
    };
  const routes = Object.fromEntries(
    Object.entries(api.routes).map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, handler]) => [method, picking(handler)])),
    ]),
  );
  return { api: { ...api, routes }, seeded };
}

async function judged(fault: ListedFault, canary: Seeded): Promise<CanaryCheck> {
  const { make, credentials } = APIS[fault.api];
  const { api, seeded } = twoSided(make, canary);
  const { url, close } = await serve(api, seeded);
  try {
    return await checkCanary({
      contracts: [{ name: fault.api, contract: contractOf(fault.api) }],
      baseUrl: url,
      percentTraffic: SHARE * 100,
      stage: 'server',
      transport: timeless,
      select: ({ key }) => fault.at.includes(key),
      sequences: { patienceMs: 0 },
      plan: { credentials },
      judge: { margin: 0.05 },
      maxRequests: 20_000,
    });
  } finally {
    await close();
  }
}

/**
 * A walk through pages that both sides answer goes another way each time, and a sequence that stops at what is there already
 * does not come to the step again. Both are told, and neither can be laid on a side.
 */
const NOBODYS: ReadonlySet<string> = new Set([
  'library paging',
  'depot paging',
  'buckets paging',
  'clinic reject',
]);

/** One of each class of each API. */
const chosen = [
  ...Map.groupBy(
    listedFaults().filter(
      fault =>
        fault.deep === undefined && !NOBODYS.has(`${fault.api} ${fault.class}`) && !isRaw(fault.seeded),
    ),
    fault => `${fault.api} ${fault.class}`,
  ).values(),
].flatMap(([first]) => first ?? []);

/** An answer of nothing but bytes has no header that could tell its side. */
function isRaw({ alter }: Partial<Seeded>): boolean {
  return alter !== undefined && String(alter).includes('raw');
}

test.each(chosen)('a canary with the fault $id is rolled back', async fault => {
  const { decision } = await judged(fault, { ...CONFORMING, ...fault.seeded });
  expect(decision).toMatchObject({ kind: 'rollback' });
});

test('the same stages without a fault are promoted', async () => {
  const [first] = chosen;
  if (first === undefined) throw new Error('there is no fault');
  expect((await judged(first, CONFORMING)).decision).toMatchObject({ kind: 'promote' });
});
