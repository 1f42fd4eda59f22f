/**
 * A gateway that is killed in the middle of any sequence of calls. The same calls, made of a store in memory with the
 * same seed, say what its file may hold: the state after some number of them, and of all that were answered.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  askedBy,
  BEGINNING,
  contents,
  refuseDangling,
  STEP,
  type Step,
} from '../gateway/local/control/any-calls.fixture.ts';
import { answerControl } from '../gateway/local/control/control-plane.ts';
import { chanceFrom } from '../gateway/local/state/ids.ts';
import { openStore, type Store } from '../gateway/local/state/store.ts';

const bin = join(import.meta.dirname, '../scripts/rehearsal.js');
const SEED = 7;

let folder = '';
let children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-interrupted-'));
});
afterEach(async () => {
  for (const child of children) await killed(child);
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function start(file: string): Promise<{ readonly child: ChildProcess; readonly url: URL }> {
  const args = ['gateway', '--port', '0', '--json', '--seed', `${SEED}`, '--store', file];
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url: new URL(JSON.parse(line).url) };
}

/** Dates are of the process that wrote them. */
function stateOf(store: Store): string {
  return JSON.stringify(contents(store), (key, value) =>
    key === 'createdDate' || key === 'lastUpdatedDate' ? undefined : value,
  );
}

interface Expected {
  /** Each call as it travels. */
  readonly requests: readonly string[];
  /** Before all calls, and after each. */
  readonly states: readonly string[];
}

function expectedOf(steps: readonly Step[]): Expected {
  const { store } = openStore(undefined);
  const settings = {
    store,
    account: { accountId: '000000000000', region: 'us-east-1', partition: 'aws' },
    now: () => 1,
    chance: chanceFrom(SEED),
  };
  const requests: string[] = [];
  const states = [stateOf(store)];
  for (const step of steps) {
    const [method, target, input] = askedBy(store, step);
    const body = Buffer.from(input === undefined ? '' : JSON.stringify(input));
    answerControl({ method, target, headers: {}, body }, settings);
    states.push(stateOf(store));
    requests.push(
      `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  }
  store.close();
  return { requests, states };
}

/** Sends one call after another, each when the one before was answered, but for the last: that one is under way. */
async function ask(
  url: URL,
  requests: readonly string[],
): Promise<{ readonly socket: Socket; readonly answered: () => number }> {
  const socket = connect({ port: Number(url.port), host: url.hostname });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.setNoDelay(true);
  let text = '';
  const answered = (): number => text.split(/HTTP\/1\.1 \d{3} /).length - 1;
  socket.on('data', chunk => {
    text += chunk;
  });
  for (const [index, request] of requests.entries()) {
    while (answered() < index) await once(socket, 'data');
    socket.write(request);
  }
  return { socket, answered };
}

test('killed anywhere in any calls, it has done all that it answered, and at most one more', async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(STEP, { minLength: 1, maxLength: 60, size: 'max' }),
      // How far the last call gets before the process goes.
      fc.nat(30),
      async (steps, turns) => {
        number += 1;
        const file = join(folder, `${number}.db`);
        const { requests, states } = expectedOf([...BEGINNING, ...steps]);
        const { child, url } = await start(file);
        const { socket, answered } = await ask(url, requests);
        for (let turn = 0; turn < turns; turn += 1) await new Promise(resolve => setImmediate(resolve));
        await killed(child);
        const told = answered();
        socket.destroy();

        const { store, setAside } = openStore(file);
        expect(setAside).toBeUndefined();
        const found = stateOf(store);
        refuseDangling(store, new Map());
        const ids = store.list('rest-api', '').map(({ id }) => id);
        store.close();
        expect(orphans(file)).toEqual([]);
        expect(states.slice(told)).toContain(found);

        const again = await start(file);
        const answer = await fetch(new URL('/restapis?limit=500', again.url));
        const { item } = (await answer.json()) as { readonly item: readonly { readonly id: string }[] };
        expect(item.map(({ id }) => id)).toEqual(ids);
        await killed(again.child);
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
});

/** Scopes of APIs that are gone. */
function orphans(file: string): readonly unknown[] {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database
    .prepare(
      "SELECT DISTINCT scope FROM records WHERE scope <> '' AND scope NOT IN (SELECT id FROM records WHERE kind = 'rest-api')",
    )
    .all();
  database.close();
  return rows;
}
