import { afterEach, describe, expect, test } from 'vitest';
import { RehearsalError } from '../contract/errors.ts';
import type { CaseFinished, RunEvent, RunSummary } from './events.ts';
import { type Hooks, withHeader } from './hooks.ts';
import { createMask } from './mask.ts';
import { type Fault, type PetsServer, petsContract, startPets } from './pets.fixture.ts';
import { type RunOptions, run } from './run.ts';

const servers: PetsServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()));
});

const contracts = [{ name: 'pets.yaml', contract: petsContract() }];
const KEY = 'key-from-the-login';

/** Takes one key only, which nobody but the hooks knows. */
const oneKey: Fault = ({ headers }, reply) =>
  headers['x-key'] !== undefined && headers['x-key'] !== KEY ? { status: 401 } : reply;

async function serve(fault: Fault): Promise<PetsServer> {
  const server = await startPets(fault);
  servers.push(server);
  return server;
}

interface Told {
  readonly summary: RunSummary;
  readonly finished: readonly CaseFinished[];
  readonly server: PetsServer;
}

async function tell(hooks: Hooks, fault: Fault = oneKey, options: Partial<RunOptions> = {}): Promise<Told> {
  const server = await serve(fault);
  const finished: CaseFinished[] = [];
  const hear = (event: RunEvent): void => {
    if (event.kind === 'case-finished') finished.push(event);
  };
  const summary = await run({
    contracts,
    baseUrl: server.url,
    hooks,
    sequences: { off: true },
    listeners: [hear],
    ...options,
  });
  return { summary, finished, server };
}

async function errorOf(hooks: Hooks, options: Partial<RunOptions> = {}): Promise<unknown> {
  return tell(hooks, undefined, options).then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('without the key, the server refuses everybody', async () => {
  const { summary } = await tell({});
  expect(summary.notJudged.get('credentials-refused')).toBeGreaterThan(0);
});

describe('beforeRun', () => {
  test('hears where the run goes, and its credentials are sent and hidden', async () => {
    const mask = createMask([], []);
    const heard: string[] = [];
    const { summary, server } = await tell(
      {
        beforeRun: async ({ baseUrl, contracts: [first] }) => {
          heard.push(baseUrl, first?.name ?? '');
          return { credentials: { key: KEY } };
        },
      },
      oneKey,
      { mask },
    );
    expect(heard).toEqual([server.url, 'pets.yaml']);
    expect(summary).toMatchObject({ verdict: 'kept', failures: 0, notJudged: new Map() });
    expect(mask.text(`X-Key: ${KEY}`)).toBe('X-Key: ***');
  });

  test('its headers stand over those given before', async () => {
    const seen = new Set<string | undefined>();
    const fault: Fault = ({ headers }) => {
      seen.add(String(headers['x-tenant']));
      return undefined;
    };
    await tell({ beforeRun: () => ({ headers: { 'X-Tenant': 'blue' } }) }, fault, {
      plan: { headers: [['x-tenant', 'red']] },
    });
    expect([...seen]).toEqual(['blue']);
  });

  test('when it fails, nothing is sent and nothing is told', async () => {
    const server = await serve(oneKey);
    const events: RunEvent[] = [];
    const hooks: Hooks = {
      beforeRun: () => {
        throw new Error('the login is down.');
      },
    };
    const failed = run({
      contracts,
      baseUrl: server.url,
      hooks,
      listeners: [event => void events.push(event)],
    });
    await expect(failed).rejects.toMatchObject({
      code: 'HOOK_FAILED',
      exitCode: 3,
      message: expect.stringMatching(/^The hook beforeRun failed: the login is down\. \S/),
    });
    expect(events).toEqual([]);
    expect(server.requests).toEqual([]);
  });
});

describe('beforeCase', () => {
  test('changes what is sent, and reports show what was sent with the header hidden', async () => {
    const mask = createMask([], []);
    const { finished } = await tell(
      { beforeCase: request => withHeader(request, 'X-Trace-Key', 'trace-12345') },
      oneKey,
      {
        mask,
      },
    );
    for (const { case: sent } of finished)
      expect(sent.request.headers).toContainEqual(['X-Trace-Key', 'trace-12345']);
    expect(mask.header('X-Trace-Key', 'x')).toBe('***');
  });

  test('a key put on every request raises no alarm about the cases without one, which are counted', async () => {
    const { summary, finished } = await tell({ beforeCase: request => withHeader(request, 'X-Key', KEY) });
    expect(summary).toMatchObject({ verdict: 'kept', failures: 0 });
    const changed = finished.filter(
      ({ outcome }) => outcome.kind === 'not-judged' && outcome.reason === 'changed-by-hook',
    );
    expect(new Set(changed.map(({ case: { breaks } }) => breaks))).toEqual(new Set(['credentials']));
    expect(changed.length).toBe(summary.notJudged.get('changed-by-hook'));
  });

  test('a mended case is still held against everything else', async () => {
    const fault: Fault = ({ method }, reply) =>
      method === 'POST' && reply.status === 201 ? { status: 500 } : undefined;
    const { finished } = await tell({ beforeCase: request => withHeader(request, 'X-Key', KEY) }, fault);
    const anonymous = finished.find(
      ({ case: { breaks, operation } }) => breaks === 'credentials' && operation.method === 'POST',
    );
    expect(anonymous?.outcome).toMatchObject({ kind: 'failed', failures: [{ check: 'server-error' }] });
  });

  test('a change that leaves the fault in its place is judged', async () => {
    const { summary } = await tell({
      beforeRun: () => ({ credentials: { key: KEY } }),
      beforeCase: async request => withHeader(request, 'X-Request-Id', '1'),
    });
    expect(summary.notJudged.size).toBe(0);
    expect(summary.verdict).toBe('kept');
  });

  test('when it fails, what was found so far is told, and the run ends', async () => {
    const summaries: RunSummary[] = [];
    let count = 0;
    const error = await errorOf(
      {
        beforeCase: () => {
          count += 1;
          if (count === 3) throw 'no more';
        },
        afterRun: summary => summaries.push(summary),
      },
      { concurrency: 1 },
    );
    expect(error).toBeInstanceOf(RehearsalError);
    expect((error as RehearsalError).message).toMatch(/^The hook beforeCase failed: no more\. /);
    expect(summaries).toMatchObject([{ cases: 2, stopped: 'hook-failed', verdict: 'inconclusive' }]);
  });
});

describe('afterCase and afterRun', () => {
  test('hear each outcome, and then the summary', async () => {
    const heard: string[] = [];
    const { summary, finished } = await tell({
      afterCase: ({ kind }, { id }) => void heard.push(`${kind} ${id}`),
      afterRun: async ({ verdict }) => void heard.push(verdict),
    });
    expect(heard.length).toBe(finished.length + 1);
    expect(heard.at(-1)).toBe(summary.verdict);
  });

  test('afterRun runs when there is no server, whose absence stays the error', async () => {
    const server = await serve(oneKey);
    await server.close();
    let ran = false;
    const hooks: Hooks = {
      afterRun: () => {
        ran = true;
        throw new Error('nothing to remove');
      },
    };
    await expect(run({ contracts, baseUrl: server.url, hooks })).rejects.toMatchObject({
      code: 'STAGE_UNREACHABLE',
    });
    expect(ran).toBe(true);
  });

  test.each(['afterCase', 'afterRun'] as const)('%s may fail too', async hook => {
    const hooks: Hooks = {
      [hook]: () => {
        throw new Error('full');
      },
    };
    expect(await errorOf(hooks)).toMatchObject({ code: 'HOOK_FAILED', details: { hook, reason: 'full' } });
  });
});

test('withHeader replaces headers of the same name', () => {
  const request = {
    method: 'GET',
    path: '/',
    query: '',
    headers: [
      ['A', '1'],
      ['b', '2'],
    ],
    contentType: undefined,
    body: undefined,
  } as const;
  expect(withHeader(request, 'a', '3').headers).toEqual([
    ['b', '2'],
    ['a', '3'],
  ]);
});
