import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PETS, type PetsServer, startPets } from '../../contract-tests/pets.fixture.ts';
import { SHELTER, startShelter } from '../../contract-tests/shelter.fixture.ts';
import { main } from '../cli.ts';
import type { CommandContext } from '../command.ts';
import type { Config } from '../config/config.ts';

let folder: string;
let server: PetsServer;
let mended: boolean;
const keys = new Set<unknown>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-replay-'));
  writeFileSync(join(folder, 'pets.yaml'), PETS);
  server = await startPets((request, reply) => {
    keys.add(request.headers['x-key']);
    return reply.status === 201 && !mended ? { status: 500 } : undefined;
  });
  mended = false;
  for (const name of ['json=report.json', 'ndjson=report.ndjson', 'har=report.har'])
    await rehearse(
      ['test', server.url, '--spec', 'pets.yaml', '--no-sequences', '--reporter', name],
      CONFIG,
      {
        KEY: 'hunter-2-hunter',
      },
    );
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});
beforeEach(() => {
  mended = false;
  keys.clear();
});

const CONFIG: Config = { credentials: { key: { env: 'KEY' } } };

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function rehearse(
  args: readonly string[],
  config: Config = CONFIG,
  env: CommandContext['env'] = { KEY: 'hunter-2-hunter' },
): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await main([...args], {
    cwd: folder,
    env,
    stdout: { write: text => void out.push(text), isTTY: false, columns: 80 },
    stderr: { write: text => void err.push(text), isTTY: false, columns: 80 },
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  });
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

/** Without the document at hand. */
async function withoutDocument(args: readonly string[], config?: Config): Promise<Ended> {
  renameSync(join(folder, 'pets.yaml'), join(folder, 'away.yaml'));
  try {
    return await rehearse(args, config);
  } finally {
    renameSync(join(folder, 'away.yaml'), join(folder, 'pets.yaml'));
  }
}

describe.each(['report.json', 'report.ndjson', 'report.har'])('%s', report => {
  test('what still fails, with the secret taken from the configuration', async () => {
    const { exitCode, stdout, stderr } = await rehearse(['replay', report]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^✗ POST \/pets positive \S+: still fails: server-error, received status 500$/m);
    expect(stdout).toMatch(/^(\d+) cases of the report: \1 still failing, 0 passing, 0 open$/m);
    expect(exitCode).toBe(1);
    expect(keys).toEqual(new Set(['hunter-2-hunter']));
    expect(readFileSync(join(folder, report), 'utf8')).not.toContain('hunter-2-hunter');
  });

  test('what passes now', async () => {
    mended = true;
    const { exitCode, stdout } = await rehearse(['replay', report]);
    expect(stdout).toMatch(/^(\d+) cases of the report: 0 still failing, \1 passing, 0 open$/m);
    expect(exitCode).toBe(0);
  });

  test('without the document answers are compared', async () => {
    const same = await withoutDocument(['replay', report]);
    expect(same.stderr).toBe(
      'note: no document is at hand, so answers are only compared; --spec names one.\n',
    );
    expect(same.stdout).toContain(': the same answer, status 500\n');
    expect(same.exitCode).toBe(1);
    mended = true;
    const other = await withoutDocument(['replay', report]);
    expect(other.stdout).toContain(
      'another answer, status 500 before and 201 now; --spec lets the checks judge it\n',
    );
    expect(other.exitCode).toBe(3);
  });

  test('without the secret nothing is sent, and what is missing is named', async () => {
    const { exitCode, stdout } = await rehearse(['replay', report], {}, {});
    expect(stdout).toContain(
      ': not sent: the header X-Key was masked in the report and is not given again\n',
    );
    expect([exitCode, keys.size]).toEqual([3, 0]);
    const given = await rehearse(['replay', report, '-H', 'X-Key: by-hand'], {}, {});
    expect([given.exitCode, keys]).toEqual([1, new Set(['by-hand'])]);
  });
});

test('one case, at another address', async () => {
  const other = await startPets();
  try {
    const { failures } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    const args = ['replay', 'report.json', '--case', failures[0].case, '--url', other.url];
    const { exitCode, stdout } = await rehearse(args);
    expect(stdout).toBe(
      `✓ ${failures[0].case}: passes\n\n1 case of the report: 0 still failing, 1 passing, 0 open\n`,
    );
    expect([exitCode, keys.size]).toEqual([0, 0]);
    // What it made is deleted.
    expect(other.requests.at(-1)).toBe('DELETE /v1/pets/2');
  } finally {
    await other.close();
  }
});

test('a step of a sequence stands on those before it', async () => {
  await rehearse([
    'test',
    server.url,
    '--spec',
    'pets.yaml',
    '--sequences-only',
    '--reporter',
    'json=steps.json',
  ]);
  const { exitCode, stdout } = await rehearse(['replay', 'steps.json']);
  expect(stdout).toMatch(/^✗ POST \/pets sequence .*: still fails: server-error, received status 500$/m);
  expect(stdout).toMatch(/^(\d+) cases? of the report: \1 still failing, 0 passing, 0 open$/m);
  expect(exitCode).toBe(1);
  const without = await withoutDocument(['replay', 'steps.json']);
  expect(without.stdout).toMatch(/: not sent: it is a step of a sequence, and its document is not at hand$/m);
  expect(without.exitCode).toBe(3);
});

describe.each(['json', 'ndjson', 'har'])('a sequence in a report of %s', reporter => {
  const operations = ['POST /animals', 'GET /animals/{animalId}', 'DELETE /animals/{animalId}'];
  const contracts = [
    ...'--spec shelter.yaml --sequences-only --seed 7'.split(' '),
    ...operations.flatMap(key => ['--operation', key]),
    '--reporter',
  ];
  const credentials: Config = { credentials: { key: { env: 'KEY' } } };

  test('is sent up to the step that failed, and cleaned up', async () => {
    writeFileSync(join(folder, 'shelter.yaml'), SHELTER);
    let broken = true;
    const shelter = await startShelter(({ method, path }, usual) => {
      const reply = usual();
      // What PUT was told is not shown by it, but by nothing that single cases ask.
      return broken && method === 'GET' && /^\/animals\/\d+$/.test(path) && reply.status === 200
        ? { ...reply, body: { ...(reply.body as object), name: 'Somebody else' } }
        : reply;
    });
    try {
      const ran = await rehearse(
        ['test', shelter.url, ...contracts, `${reporter}=steps.${reporter}`],
        credentials,
      );
      expect([ran.exitCode, ran.stdout]).toEqual([1, expect.stringContaining('created-not-equal')]);
      const { length } = shelter.log;
      const still = await rehearse(['replay', `steps.${reporter}`], credentials);
      expect(still.stdout).toMatch(
        /^✗ GET \/animals\/\{animalId\} sequence .*: still fails: created-not-equal, /m,
      );
      expect([still.exitCode, still.stderr]).toEqual([1, '']);
      expect(shelter.log.slice(length).some(line => line.startsWith('POST /animals 201'))).toBe(true);
      broken = false;
      const now = await rehearse(['replay', `steps.${reporter}`], credentials);
      expect(now.stdout).toMatch(/^(\d+) cases? of the report: 0 still failing, \1 passing, 0 open$/m);
      expect([now.exitCode, shelter.state.animals.size, shelter.state.keepers.size]).toEqual([0, 0, 0]);
    } finally {
      await shelter.close();
    }
  });
});

test('wrong credentials are as wrong as they were', async () => {
  const careless = await startPets(({ headers, method, path }, reply) =>
    reply.status === 401 &&
    method === 'DELETE' &&
    headers['x-key'] === 'rehearsal-nobodys' &&
    path === '/pets/1'
      ? { status: 204, headers: {}, body: '' }
      : undefined,
  );
  try {
    const args = ['--spec', 'pets.yaml', '--no-sequences', '--reporter', 'json=wrong.json'];
    const ran = await rehearse(['test', careless.url, ...args]);
    expect([ran.exitCode, ran.stdout]).toEqual([1, expect.stringContaining('credentials made up for key')]);
    const still = await rehearse(['replay', 'wrong.json']);
    expect(still.stdout).toMatch(
      /^✗ DELETE .*: still fails: auth-not-enforced, received status 204 with credentials made up for key$/m,
    );
    expect(still.exitCode).toBe(1);
    // A server that is careful refuses them, and takes the right ones.
    const mendedNow = await rehearse(['replay', 'wrong.json', '--url', server.url]);
    expect(mendedNow.stdout).toMatch(/^1 case of the report: 0 still failing, 1 passing, 0 open$/m);
  } finally {
    await careless.close();
  }
});

describe('the configuration', () => {
  test('says how much checks weigh', async () => {
    const off: Config = {
      ...CONFIG,
      test: { checks: { 'server-error': 'off', 'undocumented-status': 'off' } },
    };
    const { exitCode, stdout } = await rehearse(['replay', 'report.json'], off);
    expect(stdout).toMatch(/^(\d+) cases of the report: 0 still failing, \1 passing, 0 open$/m);
    expect(exitCode).toBe(0);
  });

  test('has hooks', async () => {
    const called: string[] = [];
    const hooks: Config['hooks'] = {
      beforeRun: ({ baseUrl, contracts }) => {
        called.push(`${baseUrl === server.url} ${contracts.length}`);
        return { credentials: { key: 'of-the-hook' } };
      },
      beforeCase: request => void called.push(request.method),
      afterCase: outcome => void called.push(outcome.kind),
      afterRun: ({ verdict }) => void called.push(verdict),
    };
    const { exitCode, stdout } = await rehearse(['replay', 'report.json'], { hooks }, {});
    expect([exitCode, called[0], called.at(-1)]).toEqual([1, 'true 1', 'broken']);
    expect(new Set(called.slice(1, -1))).toEqual(new Set(['POST', 'failed']));
    expect(keys).toEqual(new Set(['of-the-hook']));
    expect(stdout).not.toContain('of-the-hook');
    const throwing: Config = {
      hooks: {
        beforeCase: () => {
          throw new Error('not today');
        },
      },
    };
    const failed = await rehearse(['replay', 'report.json'], { ...CONFIG, ...throwing });
    expect([failed.exitCode, failed.stderr]).toEqual([
      3,
      expect.stringContaining('The hook beforeCase failed: not today.'),
    ]);
  });
});

test('a document that has changed is told', async () => {
  writeFileSync(join(folder, 'pets.yaml'), `${PETS}# more\n`);
  const { stderr } = await rehearse(['replay', 'report.json']);
  writeFileSync(join(folder, 'pets.yaml'), PETS);
  expect(stderr).toBe('note: pets.yaml has changed since the report; what it says now is what counts.\n');
});

test('nobody answers', async () => {
  const { exitCode, stdout } = await rehearse(['replay', 'report.json', '--url', 'http://127.0.0.1:1/v1']);
  expect(stdout).toMatch(/^\? POST .*: not answered: .*ECONNREFUSED/m);
  expect(exitCode).toBe(3);
});

test('a report without failures', async () => {
  mended = true;
  await rehearse(['test', server.url, '--spec', 'pets.yaml', '--reporter', 'json=good.json']);
  expect(await rehearse(['replay', 'good.json'])).toMatchObject({
    exitCode: 0,
    stdout: 'No failed case to send again.\n',
  });
});

test.each([
  ['none.json', undefined, 'ENOENT'],
  ['other.json', '{}', 'it is no report of json, ndjson or har'],
  ['text.json', 'hello', 'it is no report of json, ndjson or har'],
  ['cut.json', '{"format":"rehearsal-report/1"', 'it is no report'],
  ['half.json', '{"format":"rehearsal-report/1"}', 'the report is not what the reporter writes: / must have'],
  [
    'bad.ndjson',
    '{"event":"run-started","format":"rehearsal-events/1"}\n',
    'event 1 is not what the reporter writes',
  ],
])('%s is refused', async (name, text, message) => {
  if (text !== undefined) writeFileSync(join(folder, name), text);
  const { exitCode, stderr } = await rehearse(['replay', name]);
  expect(stderr).toContain(`The report ${name} cannot be read: `);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});

test('the last line of a run that was killed may be half', async () => {
  const text = readFileSync(join(folder, 'report.ndjson'), 'utf8');
  const lines = text.split('\n');
  writeFileSync(
    join(folder, 'killed.ndjson'),
    `${lines.slice(0, -3).join('\n')}\n${lines.at(-2)?.slice(0, 40)}`,
  );
  expect((await rehearse(['replay', 'killed.ndjson'])).exitCode).toBe(1);
});
