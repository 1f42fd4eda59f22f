import { afterEach, describe, expect, test } from 'vitest';
import { CHECKS } from '../contract/checks/index.ts';
import type { RunEvent, RunSummary } from './events.ts';
import { petsContract, startPets } from './pets.fixture.ts';
import { type RunOptions, run } from './run.ts';
import { type ShelterFault, type ShelterServer, shelterContract, startShelter } from './shelter.fixture.ts';
import { SHELTER_FAULTS } from './shelter-faults.fixture.ts';

const servers: { readonly close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()));
});

async function serve(fault?: ShelterFault): Promise<ShelterServer> {
  const server = await startShelter(fault);
  servers.push(server);
  return server;
}

const contracts = [{ name: 'shelter.yaml', contract: shelterContract() }];

interface Told {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  /** `check operation`, each once. */
  readonly failures: readonly string[];
  /** The names of the steps that were sent. */
  readonly steps: readonly string[];
}

async function tell(baseUrl: string, options: Partial<RunOptions> = {}): Promise<Told> {
  const events: RunEvent[] = [];
  const summary = await run({
    contracts,
    baseUrl,
    sequences: { only: true, patienceMs: 0 },
    ...options,
    listeners: [event => void events.push(event)],
  });
  const finished = events.filter(event => event.kind === 'case-finished');
  const failures = finished.flatMap(({ case: tested, outcome }) =>
    outcome.kind === 'failed' ? outcome.failures.map(({ check }) => `${check} ${tested.operation.key}`) : [],
  );
  return {
    summary,
    events,
    failures: [...new Set(failures)].toSorted(),
    steps: finished.filter(event => event.case.step !== undefined).map(event => event.case.name),
  };
}

const skippedFor = ({ skipped }: RunSummary, reason: string): number =>
  skipped.find(one => one.reason === reason)?.count ?? 0;

describe('a server that keeps the document', () => {
  test.each(['standard', 'deep'] as const)('passes with its sequences at depth %s', async depth => {
    const { url } = await serve();
    const { summary, failures } = await tell(url, { sequences: {}, plan: { depth } });
    expect(failures).toEqual([]);
    expect(summary).toMatchObject({ verdict: 'kept', unanswered: 0, notJudged: new Map() });
  });

  test('is left as it was', async () => {
    const { url, state } = await serve();
    await tell(url);
    expect([state.animals.size, state.notes.size, state.labels.size, state.keepers.size]).toEqual([
      0, 0, 0, 0,
    ]);
    expect(state.settings).toEqual({ theme: 'dark', pages: 20 });
  });

  test('has its single things changed, and put back also where a step fails', async () => {
    const told: unknown[] = [];
    const { state, url } = await serve(({ method, path, body }, usual) => {
      if (method !== 'PUT' || path !== '/settings') return usual();
      told.push(body);
      const reply = usual();
      return told.length === 2 ? { status: 500, body: 'broken' } : reply;
    });
    await tell(url);
    const old = { theme: 'dark', pages: 20 };
    expect(told).toEqual([old, expect.not.objectContaining(old), old]);
    expect(state.settings).toEqual(old);
  });

  test('keeps its single things as they are where they show nothing that may be sent back', async () => {
    const { log, url } = await serve(({ method, path }, usual) =>
      method === 'GET' && path === '/settings' ? { status: 200, body: { pages: 20 } } : usual(),
    );
    const { summary } = await tell(url);
    expect(log.filter(line => line.startsWith('PUT /settings'))).toEqual([]);
    expect(skippedFor(summary, 'value-missing')).toBeGreaterThan(0);
  });

  test('gets the same requests from the same seed', async () => {
    const logs = await Promise.all(
      [1, 1].map(async seed => {
        const server = await serve();
        await tell(server.url, { plan: { seed }, concurrency: 1 });
        return server.log;
      }),
    );
    expect(logs[1]).toEqual(logs[0]);
  });

  test('names its steps, each once', async () => {
    const { url } = await serve();
    const { events } = await tell(url);
    const ids = events.flatMap(event => (event.kind === 'case-finished' ? [event.case.id] : []));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids).toContain('GET /animals/{animalId} sequence animals created read-it');
  });
});

describe('a server with one fault', () => {
  test.each(SHELTER_FAULTS)('%s', async (_name, expected, fault) => {
    const { url } = await serve(fault);
    const { summary, failures } = await tell(url);
    expect(failures).toEqual(expected);
    expect(summary.verdict).toBe('broken');
  });

  test('every check of sequences has its fault', () => {
    const seen = new Set(
      SHELTER_FAULTS.flatMap(([, failures]) => failures.map(failure => failure.split(' ')[0])),
    );
    // The shelter has one way in; those with several have a test of their own.
    const claiming = CHECKS.filter(({ samples }) =>
      samples.failing.claims?.some(({ kind }) => kind !== 'admitted'),
    );
    expect(
      claiming
        .filter(({ severity }) => severity === 'error')
        .map(({ name }) => name)
        // The shelter has one way in; test/mutations/ shuts one of two.
        .filter(name => !seen.has(name) && name !== 'credentials-refused'),
    ).toEqual([]);
  });
});

test('HEAD that is refused where the document is silent about it is a warning', async () => {
  const { url } = await serve(({ method, path }, usual) =>
    method === 'HEAD' && path.startsWith('/labels/')
      ? { status: 405, headers: { allow: 'GET, PUT, DELETE' } }
      : usual(),
  );
  const { summary, failures } = await tell(url);
  expect(failures).toEqual(['head-refused GET /labels/{name}']);
  expect(summary).toMatchObject({ verdict: 'kept', warnings: 1 });
});

describe('what cannot be judged', () => {
  test('a server that forgets everything is not asked to remember', async () => {
    const server = await startPets();
    servers.push(server);
    const pets = { contracts: [{ name: 'pets.yaml', contract: petsContract() }] };
    const { summary, failures } = await tell(server.url, { ...pets, sequences: { patienceMs: 0 } });
    expect(failures).toEqual([]);
    expect(summary.verdict).toBe('kept');
    expect(skippedFor(summary, 'stateless')).toBeGreaterThan(0);
    expect(summary.notJudged.get('stateless')).toBeGreaterThan(0);
  });

  test('nor one that is said to', async () => {
    const { url, log } = await serve();
    const { summary } = await tell(url, { sequences: { only: true, stateless: true } });
    expect(log.filter(line => /^POST .* 201$/.test(line))).toEqual([]);
    expect(skippedFor(summary, 'stateless')).toBeGreaterThan(5);
  });

  test('what a refused creation would have led to is counted', async () => {
    const { url } = await serve(({ method, path }, usual) =>
      method === 'POST' && path === '/animals' ? { status: 403 } : usual(),
    );
    const { summary, failures } = await tell(url);
    expect(failures).toEqual([]);
    expect(summary.notJudged.get('credentials-refused')).toBeGreaterThan(0);
    expect(skippedFor(summary, 'step-failed')).toBeGreaterThan(3);
  });

  test('what is only promised is not asked for', async () => {
    const { url } = await serve(({ method, path }, usual) =>
      method === 'DELETE' && path.startsWith('/keepers/') ? { status: 202 } : usual(),
    );
    const { summary, failures } = await tell(url);
    expect(failures).toEqual([
      'auth-not-enforced DELETE /keepers/{keeper_id}',
      'undocumented-status DELETE /keepers/{keeper_id}',
    ]);
    expect(skippedFor(summary, 'asynchronous')).toBe(4);
  });

  test('safe methods only', async () => {
    const { url, log } = await serve();
    const { summary } = await tell(url, { sequences: { only: true, safe: true } });
    expect(log.filter(line => !/^(GET|HEAD) /.test(line))).toEqual([]);
    expect(skippedFor(summary, 'would-write')).toBeGreaterThan(5);
  });
});

describe('patience', () => {
  const late = (times: number): ShelterFault => {
    const asked = new Map<string, number>();
    return ({ method, path }, usual) => {
      const count = (asked.get(path) ?? 0) + 1;
      if (method === 'GET' && /^\/animals\/\d+$/.test(path)) asked.set(path, count);
      return method === 'GET' && /^\/animals\/\d+$/.test(path) && count <= times ? { status: 404 } : usual();
    };
  };

  test('what shows a little late is no failure', async () => {
    const { url } = await serve(late(2));
    const { failures } = await tell(url, { sequences: { only: true, patienceMs: 10 } });
    expect(failures.filter(failure => failure.startsWith('created-not-readable'))).toEqual([]);
  });

  test('what never shows was asked for several times, and the failure says so', async () => {
    const { url } = await serve(late(1000));
    const { events } = await tell(url, { sequences: { only: true, patienceMs: 10 } });
    const received = events.flatMap(event =>
      event.kind === 'case-finished' && event.outcome.kind === 'failed'
        ? event.outcome.failures.map(failure => failure.received)
        : [],
    );
    expect(received).toContain('status 404 (asked 4 times)');
  });
});

test('an interruption still removes what was made', async () => {
  const interruption = new AbortController();
  const { url, state, log } = await serve(({ method }, usual) => {
    const reply = usual();
    if (method === 'POST') interruption.abort();
    return reply;
  });
  const { summary } = await tell(url, { signal: interruption.signal });
  expect(summary.stopped).toBe('interrupted');
  expect(log.some(line => line.startsWith('POST'))).toBe(true);
  expect([state.animals.size, state.keepers.size]).toEqual([0, 0]);
});

test('after a hook has failed, nothing is told behind the end of the run', async () => {
  const { url } = await serve();
  const events: RunEvent[] = [];
  const turns = async (most: number, until: () => boolean): Promise<void> => {
    for (let turn = 0; turn < most && !until(); turn += 1) await new Promise(setImmediate);
  };
  const ended = (): boolean => events.at(-1)?.kind === 'run-finished';
  let times = 0;
  let underWay = 0;
  const beforeCase = async (): Promise<void> => {
    times += 1;
    if (times === 1) throw new Error('no more');
    underWay += 1;
    // The run has all the time to end before this one does.
    await turns(100, ended);
  };
  const afterCase = (): void => {
    underWay -= 1;
  };
  const running = run({
    contracts,
    baseUrl: url,
    sequences: { only: true, patienceMs: 0 },
    hooks: { beforeCase, afterCase },
    listeners: [event => void events.push(event)],
  });
  await expect(running).rejects.toThrow('no more');
  await turns(10_000, () => underWay === 0);
  await turns(10, () => false);
  expect(times).toBeGreaterThan(1);
  expect(ended()).toBe(true);
});

test('single cases and sequences of an operation end before the operation does', async () => {
  const { url } = await serve();
  const { events } = await tell(url, { sequences: {} });
  const finished = events.filter(event => event.kind === 'operation-finished');
  expect(finished).toHaveLength(shelterContract().operations.length);
  for (const { operation, cases } of finished) {
    const own = events.filter(event => event.kind === 'case-finished' && event.case.operation === operation);
    expect(own).toHaveLength(cases);
    expect(events.indexOf(own.at(-1) as RunEvent)).toBeLessThan(
      events.findIndex(event => event.kind === 'operation-finished' && event.operation === operation),
    );
  }
});
