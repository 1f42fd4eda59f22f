import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from './state/store.ts';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-killed-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

async function started(file: string): Promise<string> {
  child = spawn(process.execPath, [join(import.meta.dirname, 'gateway-process.fixture.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout ?? child, 'data');
  return `http://127.0.0.1:${String(line).trim()}`;
}

async function killed(): Promise<void> {
  const ended = once(child ?? process, 'exit');
  child?.kill('SIGKILL');
  await ended;
}

/** Sends until the process is gone; what it acknowledged by then is what counts. */
async function createUntilGone(
  base: string,
  target: string,
  acknowledged: Set<string>,
  most: number,
): Promise<void> {
  for (;;) {
    try {
      const answer = await fetch(base + target, { method: 'POST', body: '{"name":"all"}' });
      const { id } = (await answer.json()) as { id: string };
      acknowledged.add(id);
    } catch {
      return;
    }
    if (acknowledged.size === most) await killed();
  }
}

test('a change that was acknowledged is there after kill -9, in the middle of others', async () => {
  const file = join(folder, 'gateway.db');
  const first = await started(file);
  const created = await fetch(`${first}/restapis`, { method: 'POST', body: '{"name":"pets"}' });
  const { id: api } = (await created.json()) as { id: string };
  await killed();
  const acknowledged = new Set<string>();
  for (const most of [1, 23, 60]) {
    const base = await started(file);
    // Several at once, so that some are under way when the process ends.
    const senders = Array.from({ length: 4 }, () =>
      createUntilGone(base, `/restapis/${api}/requestvalidators`, acknowledged, most),
    );
    await Promise.all(senders);
    const { store, setAside } = openStore(file);
    expect(setAside).toBeUndefined();
    const kept = store.list('request-validator', api).map(({ id }) => id);
    expect(kept).toEqual(expect.arrayContaining([...acknowledged]));
    store.close();
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(60);
});
