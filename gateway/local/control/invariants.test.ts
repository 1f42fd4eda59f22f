/** What holds of the gateway's state after any calls, and of what a fresh store reads of it. */
import { copyFileSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../state/store.ts';
import { askedBy, BEGINNING, contents, refuseDangling, STEP } from './any-calls.fixture.ts';
import { answerControl } from './control-plane.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-invariants-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('any calls leave nothing dangling, snapshots as they were, and a file that a fresh store reads back', () => {
  let number = 0;
  fc.assert(
    fc.property(fc.array(STEP, { minLength: 10, maxLength: 60, size: 'max' }), steps => {
      number += 1;
      const file = join(folder, `${number}.db`);
      const { store } = openStore(file);
      let ids = 0;
      const settings = {
        store,
        account: { accountId: '000000000000', region: 'us-east-1', partition: 'aws' },
        now: () => 1_700_000_000,
        chance: () => (ids = (ids + 0.618_034) % 1),
      };
      const frozen = new Map<string, string>();
      for (const step of [...BEGINNING, ...steps]) {
        const [verb, target, input] = askedBy(store, step);
        const before = JSON.stringify(contents(store));
        const body = input === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(input));
        const { status } = answerControl({ method: verb, target, headers: {}, body }, settings);
        expect(status).toBeLessThan(500);
        // What is refused changes nothing.
        if (status >= 400) expect(JSON.stringify(contents(store))).toBe(before);
        refuseDangling(store, frozen);
      }
      // As if the process had ended here: the file and its log, without a last word of the store.
      const copy = join(folder, `${number}-copy.db`);
      for (const ending of ['', '-wal']) {
        if (existsSync(file + ending)) copyFileSync(file + ending, copy + ending);
      }
      const fresh = openStore(copy);
      expect(fresh.setAside).toBeUndefined();
      expect(contents(fresh.store)).toEqual(contents(store));
      fresh.store.close();
      store.close();
    }),
    { numRuns: 50 },
  );
});
