import { afterEach, describe, expect, test } from 'vitest';
import type { CaseOutcome, FailedOutcome, NotJudged, RunEvent, RunSummary } from './events.ts';
import { type Fault, type PetsServer, petsContract, startPets } from './pets.fixture.ts';
import { run } from './run.ts';
import { type SettleOptions, settle } from './settle.ts';

const servers: PetsServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()));
});

async function settled(
  options: SettleOptions,
  fault: Fault,
): Promise<{ summary: RunSummary; failed: readonly FailedOutcome[]; requests: readonly string[] }> {
  const server = await startPets(fault);
  servers.push(server);
  const events: RunEvent[] = [];
  const summary = await run({
    contracts: [{ name: 'pets.yaml', contract: petsContract() }],
    baseUrl: server.url,
    concurrency: 1,
    settle: options,
    sequences: { off: true },
    listeners: [event => void events.push(event)],
  });
  const failed = events.flatMap(event =>
    event.kind === 'case-finished' && event.outcome.kind === 'failed' ? [event.outcome] : [],
  );
  return { summary, failed, requests: server.requests };
}

/** Fails the first time each request with this method is seen. */
function once(method: string): Fault {
  const seen = new Set<string>();
  return (request, reply) => {
    const key = `${request.method} ${request.path}?${request.query} ${request.body}`;
    if (request.method !== method || reply.status >= 300 || seen.has(key)) return undefined;
    seen.add(key);
    return { status: 500 };
  };
}

const always: Fault = ({ method }, reply) =>
  method === 'GET' && reply.status === 200 ? { status: 500 } : undefined;

describe('repeating', () => {
  test('what does not fail again is flaky: told as a warning, and the contract is kept', async () => {
    const { summary, failed } = await settled({ retries: 1 }, once('GET'));
    expect(summary).toMatchObject({ verdict: 'kept', failures: 0, failed: 0 });
    expect(summary.flaky).toBe(failed.length);
    expect(summary.warnings).toBe(failed.length);
    expect(failed.length).toBeGreaterThan(1);
    expect(failed[0]).toMatchObject({
      flaky: true,
      failures: [{ check: 'server-error', severity: 'warning' }],
    });
  });

  test('what a stage cannot refuse is no failure when it comes again, and a refusal of ours tells nothing', async () => {
    const { failed } = await settled({}, always);
    const [first] = failed;
    if (first === undefined) throw new Error('Nothing failed.');
    const { exchange } = first;
    const again = (reason: NotJudged) => (): Promise<CaseOutcome> =>
      Promise.resolve({ kind: 'not-judged', reason, exchange });
    expect(await settle(first, again('stage-cannot-refuse'), { retries: 1 })).toMatchObject({ flaky: true });
    expect(await settle(first, again('rate-limited'), { retries: 1 })).toEqual(first);
  });

  test('it may break the contract all the same', async () => {
    const { summary } = await settled({ retries: 1, flaky: 'fail' }, once('GET'));
    expect(summary.verdict).toBe('broken');
    expect(summary.failures).toBe(summary.flaky);
  });

  test('what fails each time is a failure, after as many requests as were asked for', async () => {
    const { summary, requests } = await settled({ retries: 2 }, always);
    expect(summary).toMatchObject({ verdict: 'broken', flaky: 0 });
    expect(requests.filter(line => line === 'GET /v1/pets?limit=100')).toHaveLength(3);
  });

  test('what may change something is sent once, unless asked', async () => {
    const { summary } = await settled({ retries: 1 }, once('POST'));
    expect(summary).toMatchObject({ verdict: 'broken', flaky: 0 });
    const asked = await settled({ retries: 1, repeatWrites: true }, once('POST'));
    expect(asked.summary.verdict).toBe('kept');
    expect(asked.summary.flaky).toBeGreaterThan(0);
  });
});

describe('known breaks', () => {
  const entry = { reason: 'waits for release 2', expires: '2026-12-31' };

  test('are counted and named, break nothing and are not sent again', async () => {
    const known: SettleOptions['known'] = () => ({ ...entry, expired: false });
    const { summary, failed, requests } = await settled({ retries: 1, known }, always);
    expect(summary).toMatchObject({ failures: 0, warnings: 0, known: failed.length });
    expect(failed[0]?.failures[0]).toMatchObject({ severity: 'warning', known: entry });
    expect(requests.filter(line => line === 'GET /v1/pets?limit=100')).toHaveLength(1);
  });

  test('that have expired break again', async () => {
    const known: SettleOptions['known'] = () => ({ ...entry, expired: true });
    const { summary, failed } = await settled({ known }, always);
    expect(summary).toMatchObject({ verdict: 'broken', known: 0, failures: failed.length });
    expect(failed[0]?.failures[0]?.known?.expired).toBe(true);
  });
});
