/**
 * Law: newman, running the collection of the same cases, says of each what `rehearsal test` says. What it cannot send or
 * see stands in `postman/limits.ts` by name, and no other difference is allowed.
 *
 * Asked here are all cases of the four APIs, of the pets with each of their faults, and of one fault of each class of the
 * catalogue at its first two operations: some 2,700 requests of newman's, 45 seconds of CPU. `NEWMAN_VERDICT=all` asks
 * every fault at all of its operations.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_CHECKS } from '../contract/checks/index.ts';
import type { Contract } from '../contract/model.ts';
import type { RunSummary } from '../contract-tests/events.ts';
import { loadNewman } from '../contract-tests/newman/load-newman.ts';
import { runWithNewman } from '../contract-tests/newman/run-newman.ts';
import { type RunOptions, run } from '../contract-tests/run.ts';
import { createTransport } from '../contract-tests/transport.ts';
import { LIMITS } from '../postman/limits.ts';
import { APIS, type ApiName, contractOf } from './mutations/rehearse.ts';
import { listedFaults } from './mutations/seen.ts';
import { CONFORMING, serve } from './mutations/served.ts';
import { PET_SUBJECTS, type Subject, wordOf } from './verdict-subjects.ts';

vi.setConfig({ testTimeout: 300_000 });

interface Said {
  readonly summary: RunSummary;
  /** By case. */
  readonly words: ReadonlyMap<string, string>;
  readonly skipped: readonly string[];
}

interface Server {
  readonly contract: Contract;
  readonly credentials: ReadonlyMap<string, string>;
  readonly only?: readonly string[];
  readonly start: Subject['start'];
}

const CHECKED_LESS: Readonly<Record<string, keyof typeof LIMITS>> = {
  'failed: framing': 'framing',
  'failed: connection-dropped': 'dropped',
};

async function said(server: Server, byNewman: boolean): Promise<Said> {
  const { contract, credentials, only, start } = server;
  const served = await start();
  const transport = createTransport({ connections: 1 });
  const words = new Map<string, string>();
  const options: RunOptions = {
    contracts: [{ name: 'api', contract }],
    baseUrl: served.url,
    plan: { credentials },
    concurrency: 1,
    sequences: { off: true },
    transport,
    ...(only === undefined ? {} : { select: ({ key }) => only.includes(key) }),
    listeners: [
      event => {
        if (event.kind === 'case-finished') words.set(event.case.id, wordOf(event.outcome));
      },
    ],
  };
  try {
    const summary = byNewman
      ? await runWithNewman({
          ...options,
          checks: DEFAULT_CHECKS,
          newman: await loadNewman(),
          transport,
          connection: { timeoutMs: 30_000, rate: undefined, tls: undefined },
          filled: (_baseUrl, request) => Promise.resolve(request),
        })
      : await run(options);
    const skipped = summary.skipped.filter(({ reason }) => reason === 'not-sendable');
    return { summary, words, skipped: skipped.flatMap(({ examples }) => examples) };
  } finally {
    transport.close();
    await served.close();
  }
}

/** Names of the limits that were met; everything else has to be the same. */
async function compared(server: Server): Promise<ReadonlySet<string>> {
  const ours = await said(server, false);
  const theirs = await said(server, true);
  const met = new Set<string>();
  const expected = new Map<string, string>();
  const found = new Map<string, string>();
  for (const [id, word] of ours.words) {
    const other = theirs.words.get(id);
    const unsent = theirs.skipped.find(text => text.startsWith(`${id}: `));
    const limit = CHECKED_LESS[word];
    if (other === undefined && unsent !== undefined)
      met.add(Object.entries(LIMITS).find(([, { reason }]) => unsent.endsWith(reason))?.[0] ?? unsent);
    else if (limit !== undefined && other?.startsWith('unanswered')) met.add(limit);
    else {
      expected.set(id, firstWord(word));
      if (other !== undefined) found.set(id, firstWord(other));
    }
  }
  for (const [id, word] of theirs.words) if (!ours.words.has(id)) found.set(id, word);
  expect(found).toEqual(expected);
  if (met.size === 0) expect(theirs.summary.verdict).toBe(ours.summary.verdict);
  return met;
}

/** Why there was no answer each runner says in its own words. */
function firstWord(word: string): string {
  return word.startsWith('unanswered') ? 'unanswered' : word;
}

function apiServer(api: ApiName, seeded: Partial<typeof CONFORMING>, only?: readonly string[]): Server {
  const { make, credentials } = APIS[api];
  const all = { ...CONFORMING, ...seeded };
  return {
    contract: contractOf(api),
    credentials,
    start: () => serve(make(all), all),
    ...(only === undefined ? {} : { only }),
  };
}

test('the page lists what newman cannot do', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/reference/postman.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (send|check) \| (.*?) \| (.*) \|$/gm)];
  expect(rows.map(([, name, cannot, reason, because]) => [name, { cannot, reason, because }])).toEqual(
    Object.entries(LIMITS),
  );
});

describe('on servers that keep their document', () => {
  test.each(Object.keys(APIS) as ApiName[])('%s', async api => {
    expect([...(await compared(apiServer(api, {})))]).toEqual([]);
  });
});

describe('on pets', () => {
  test.each(PET_SUBJECTS)('$name', async ({ contract, credentials, start, limits = [] }) => {
    expect([...(await compared({ contract, credentials, start }))]).toEqual(limits);
  });
});

describe('on servers with a fault', () => {
  const all = process.env['NEWMAN_VERDICT'] === 'all';
  const seen = new Set<string>();
  const faults = listedFaults().filter(fault => {
    const first = !seen.has(fault.class);
    seen.add(fault.class);
    return all || first;
  });

  test('there is one of each class', () => {
    expect(faults.length).toBeGreaterThanOrEqual(12);
  });

  test.each(faults)('$id: $what', async ({ api, seeded, at }) => {
    await compared(apiServer(api, seeded, all ? at : at.slice(0, 2)));
  });
});
