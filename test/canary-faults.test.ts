/**
 * A canary with a fault of the mutation suite ends no ramp as production: one of each class, behind a gateway that tells
 * the sides by its access log alone. What only several requests in a row show, state and pages, is the matter of
 * `canary-judge-faults.test.ts`, whose sides share their data.
 */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newWorld, type World } from './canary/canary-world.ts';
import { TOKEN } from './mutations/clinic/desk.ts';
import { APIS } from './mutations/rehearse.ts';
import { type ListedFault, listedFaults } from './mutations/seen.ts';
import { CONFORMING, type Served, serve } from './mutations/served.ts';

const { make, document } = APIS.clinic;

/** One database behind both releases, as it is in life, unless the fault is in how data are kept. */
let shared: ReturnType<typeof make>;
let sound: Served;
let faulty: Served | undefined;
let world: World;
beforeEach(async () => {
  shared = make(CONFORMING);
  sound = await serve(shared, CONFORMING);
  world = await newWorld({
    document: join(import.meta.dirname, 'mutations', document),
    backend: addressOf(sound),
    // The back end validates and authorizes, not the gateway.
    stage: { kind: 'server' },
    env: { CLERK: TOKEN },
    config: { credentials: { token: { env: 'CLERK' } } },
  });
});
afterEach(async () => {
  await world.close();
  await sound.close();
  await faulty?.close();
});

function addressOf({ url }: Served): string {
  return url.replace('http://', '');
}

async function released(fault: ListedFault): Promise<void> {
  const seeded = { ...CONFORMING, ...fault.seeded };
  faulty = await serve(fault.seeded.alter === undefined ? make(seeded) : shared, seeded);
  await world.release(10, { backend: addressOf(faulty) });
}

const ramp = (operations: readonly string[], ...more: readonly string[]) =>
  world.run(
    ...['canary', 'run', 'prod', '--steps', '50', '--margin', '0.05', '--no-latency', ...more],
    ...[...new Set(operations)].flatMap(operation => ['--operation', operation]),
  );

const faults = new Map(listedFaults().map(fault => [fault.id, fault]));

test.each([
  ['clinic/body/clock', 'GET /clinic'],
  ['clinic/status/ok-for-created', 'POST /patients'],
  ['clinic/media/accept-ignored', 'GET /clinic'],
  ['clinic/header/no-location', 'POST /patients'],
  ['clinic/problem/no-code', 'GET /doctors'],
  ['clinic/accept/specialty', 'GET /doctors'],
  ['clinic/reject/children', 'GET /doctors'],
  ['clinic/crash/far-page', 'GET /doctors'],
  ['clinic/auth/any-token', 'GET /doctors'],
])('%s is rolled back', { timeout: 120_000 }, async (id, operation) => {
  const fault = faults.get(id);
  if (fault === undefined) throw new Error(`There is no fault ${id}.`);
  const before = await world.served();
  await released(fault);
  const { exitCode, said } = await ramp([operation]);
  expect(said).toMatch(new RegExp(`rolled back: .*${operation.replace(/[{}]/g, '.')}`));
  expect(exitCode).toBe(1);
  expect(await world.served()).toEqual(before);
});

test('clinic/method/post-is-get is not seen: the gateway answers methods that it does not route itself', {
  timeout: 60_000,
}, async () => {
  const fault = faults.get('clinic/method/post-is-get');
  if (fault === undefined) throw new Error('There is no such fault.');
  await released(fault);
  expect((await ramp(['GET /doctors'], '--then', 'hold')).exitCode).toBe(0);
});
