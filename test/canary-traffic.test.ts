/** A canary that is judged by the requests of others alone, as the access log of its stage tells them. */
import { afterEach, expect, test } from 'vitest';
import { newWorld, type World } from './canary/canary-world.ts';
import { type Manner, type SmallApi, serveSmall, smallDocument } from './canary/small-api.ts';

let open: { readonly close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.toReversed()) await one.close();
  open = [];
});

async function worldWith(canary: Manner): Promise<World> {
  const apis: SmallApi[] = [await serveSmall(), await serveSmall(canary)];
  const world = await newWorld({ document: smallDocument(), backend: apis[0]?.address ?? '' });
  open.push(...apis, world);
  await world.release(50, { backend: apis[1]?.address ?? '' });
  return world;
}

/** Asks as people do, while a command runs. */
async function whilePeopleAsk<T>(world: World, command: Promise<T>): Promise<T> {
  let over = false;
  const ended = command.finally(() => {
    over = true;
  });
  const ask = async (): Promise<void> => {
    while (!over) {
      const answer = await fetch(`${world.endpoint}/restapis/${world.apiId}/prod/_user_request_/pets`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all([ask(), ask()]);
  return ended;
}

const CHECK = ['canary', 'check', 'prod', '--no-cases', '--margin', '0.1', '--max-minutes', '0.5'];

test('one that fails for them is to be rolled back', { timeout: 120_000 }, async () => {
  const world = await worldWith({ failsEvery: 2 });
  const { exitCode, said } = await whilePeopleAsk(world, world.run(...CHECK, '--no-latency'));
  expect([exitCode, said]).toEqual([1, expect.stringContaining('to others')]);
  expect((await world.served()).canary?.percentTraffic).toBe(50);
});

test('and nothing is decided where nobody asks', { timeout: 120_000 }, async () => {
  const world = await worldWith({});
  const { exitCode, said } = await world.run(...CHECK, '--max-minutes', '0.05');
  expect([exitCode, said]).toEqual([3, expect.stringContaining('inconclusive')]);
});
