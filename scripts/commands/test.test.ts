import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PETS, type PetsServer, startPets } from '../../contract-tests/pets.fixture.ts';
import { main } from '../cli.ts';
import type { CommandContext } from '../command.ts';
import type { Config } from '../config/config.ts';

let folder: string;
let good: PetsServer;
let bad: PetsServer;
const seen: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-test-'));
  writeFileSync(join(folder, 'pets.yaml'), PETS);
  good = await startPets(request => {
    seen.push(`${request.method} ${request.headers['x-key'] ?? '-'} ${request.headers.authorization ?? '-'}`);
    return undefined;
  });
  bad = await startPets((_request, reply) => (reply.status === 201 ? { status: 500 } : undefined));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([good.close(), bad.close()]);
});
beforeEach(() => {
  seen.length = 0;
});

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function rehearse(
  args: readonly string[],
  config: Config = {},
  env: CommandContext['env'] = {},
): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const context: CommandContext = {
    cwd: folder,
    env,
    stdout: { write: text => void out.push(text), isTTY: false, columns: 80 },
    stderr: { write: text => void err.push(text), isTTY: false, columns: 80 },
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  };
  const exitCode = await main(['test', ...args], context);
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

const against = (server: PetsServer, ...args: readonly string[]): readonly string[] => [
  server.url,
  '--spec',
  'pets.yaml',
  ...args,
];

describe('--exclude', () => {
  test('leaves out operations by name, id and tag, and says how many', async () => {
    const { exitCode, stdout } = await rehearse(
      against(good, '--exclude', 'listPets', '--exclude', 'writing', '--exclude', 'DELETE /pets/{id}'),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/ of 2 operations; .*left out: 3 operations/);
    expect(seen.filter(line => /^(POST|DELETE) /.test(line) && !line.endsWith('- -'))).toEqual([]);
  });

  test('leaves out a check', async () => {
    const { exitCode, stdout } = await rehearse(against(bad, '--operation', 'createPet'));
    expect([exitCode, stdout.includes('server-error')]).toEqual([1, true]);
    const without = await rehearse(
      against(bad, '--operation', 'createPet', '--exclude', 'server-error', '--verbose'),
    );
    expect(without.stdout).not.toMatch(/^ {2}server-error/m);
  });

  test('a name that is none is a mistake', async () => {
    const { exitCode, stderr } = await rehearse(against(good, '--exclude', 'listPet'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no operation, tag or check "listPet": did you mean "listPets"?');
  });
});

describe('what single cases make', () => {
  const post = ['--operation', 'createPet', '--no-sequences'];
  const deletes = (): readonly string[] => seen.filter(line => line.startsWith('DELETE'));

  test.each<readonly [string, readonly string[], Config, boolean]>([
    ['is deleted', [], {}, true],
    ['stays with --no-clean-up', ['--no-clean-up'], {}, false],
    ['stays when the configuration says so', [], { test: { cleanUp: false } }, false],
    ['is deleted when a flag says so', ['--clean-up'], { test: { cleanUp: false } }, true],
    ['stays where its DELETE is left out', ['--exclude', 'DELETE /pets/{id}'], {}, false],
    ['stays on a server without a memory', ['--stateless'], {}, false],
    ['stays where all is a mock', ['--stage-kind', 'apigateway-mock'], {}, false],
  ])('%s', async (_what, flags, config, deleted) => {
    const key = { credentials: { key: { env: 'KEY' } } };
    const { exitCode } = await rehearse(
      against(good, ...post, ...flags),
      { ...key, ...config },
      { KEY: 'k' },
    );
    expect([exitCode, deletes().some(line => line.startsWith('DELETE k'))]).toEqual([0, deleted]);
  });

  test('is named when it stays', async () => {
    const { stdout } = await rehearse(against(good, ...post, '--exclude', 'DELETE /pets/{id}'));
    expect(stdout).toMatch(/^! left behind: POST \/pets positive \S+ \(no DELETE known for it\)$/m);
    expect(stdout).toMatch(/^kept: .*; left behind: \d+ \(no DELETE known for it\)$/m);
  });
});

describe('exit codes', () => {
  test('0 for a contract that is kept', async () => {
    const { exitCode, stdout, stderr } = await rehearse(against(good));
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^kept: 0 failures in \d+ cases of 5 operations/);
  });

  test('1 for one that is broken', async () => {
    const { exitCode, stdout } = await rehearse(against(bad));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ POST /pets');
  });

  test('3 where nobody listens', async () => {
    const args = ['http://127.0.0.1:1/v1', '--spec', 'pets.yaml', '--reporter', 'json=none.json'];
    const { exitCode, stderr } = await rehearse(args);
    expect(exitCode).toBe(3);
    const report = JSON.parse(readFileSync(join(folder, 'none.json'), 'utf8'));
    expect(report).toMatchObject({ verdict: 'inconclusive', reason: 'The server does not answer.' });
    expect(stderr).toMatch(
      /^error: http:\/\/127\.0\.0\.1:1\/v1 does not answer: .*ECONNREFUSED.* Start the server/,
    );
  });

  test('3 where every request is 404', async () => {
    const { exitCode, stdout } = await rehearse([
      good.url.replace('/v1', '/v2'),
      '--spec',
      'pets.yaml',
      '--operation',
      'GET /pets/{id}',
    ]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('is the address right?');
  });

  test.each([
    ['an operation', ['--operation', 'listPet'], 'There is no operation "listPet": did you mean "listPets"?'],
    ['a tag', ['--tag', 'readin'], 'There is no tag "readin": did you mean "reading"?'],
    [
      'a check',
      ['--check', 'response-boy'],
      'There is no check "response-boy": did you mean "response-body"?',
    ],
    ['a reporter', ['--reporter', 'jsn=x'], 'There is no reporter "jsn": did you mean "json"?'],
    ['a depth', ['--depth', 'deeper'], '--depth takes examples, standard, deep, not "deeper".'],
    ['a number', ['--max-cases', 'many'], '--max-cases takes a whole number from 1 on, not "many".'],
    ['a header', ['--header', 'secret-without-colon'], "--header takes a line such as 'Name: value'."],
    ['a file', ['--reporter', 'json=gone/report.json'], 'cannot be written'],
  ])('2 for %s that cannot be', async (_name, args, message) => {
    const { exitCode, stderr } = await rehearse(against(good, ...args));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
    expect(seen).toEqual([]);
  });

  test.each([
    ['localhost:3000', 'did you mean http://localhost:3000?'],
    ['mime', 'did you mean "mine"?'],
    ['ftp://x', 'is neither a URL of http or https nor a stage'],
    ['ftp://user:pa55word@x', '"ftp://***@x" is neither'],
  ])('2 for the stage %s', async (stage, message) => {
    const { exitCode, stderr } = await rehearse([stage, '--spec', 'pets.yaml'], {
      stages: { mine: { provider: 'url', url: 'http://x' } },
    });
    expect([exitCode, stderr.includes(message)]).toEqual([2, true]);
  });
});

describe('what is sent', () => {
  test('a stage of the configuration, with secrets from the environment', async () => {
    const config: Config = {
      stages: { mine: { provider: 'url', url: good.url } },
      credentials: { key: { env: 'PETS_KEY' } },
    };
    expect((await rehearse(['mine', '--spec', 'pets.yaml'], config, { PETS_KEY: 'from-env' })).exitCode).toBe(
      0,
    );
    expect(seen).toContain('POST from-env -');
  });

  test('a secret that is not set ends it before anything is sent', async () => {
    const config: Config = { credentials: { key: { env: 'PETS_KEY' } } };
    const { exitCode, stderr } = await rehearse(against(good), config);
    expect([exitCode, stderr]).toEqual([
      2,
      'error: The credentials of key are missing: POST /pets needs them, and PETS_KEY is not set. Set what is missing, or leave out with --operation or --tag what needs it.\n',
    ]);
    expect(seen).toEqual([]);
    // Unless nobody needs it, or a header says it all the same.
    expect((await rehearse(against(good, '--tag', 'reading'), config)).exitCode).toBe(0);
    expect((await rehearse(against(good, '-H', 'X-Key: by-hand'), config)).exitCode).toBe(0);
  });

  test('headers, but none that say who asks where nobody is to be known', async () => {
    await rehearse(
      against(good, '-H', 'X-Key: given', '-H', 'Authorization: Bearer t', '--operation', 'createPet'),
    );
    expect(new Set(seen)).toEqual(
      new Set([
        'DELETE given Bearer t',
        'POST given Bearer t',
        'POST - -',
        'POST  -',
        'POST rehearsal-nobodys -',
      ]),
    );
  });

  test('user and password of the URL, which stand in no report', async () => {
    const url = bad.url.replace('http://', 'http://alice:open-sesame@');
    const { stdout } = await rehearse([url, '--spec', 'pets.yaml']);
    expect(stdout).toContain('Authorization: ***');
    expect(stdout).not.toContain('sesame');
    expect(stdout).not.toContain(btoa('alice:open-sesame'));
  });

  test('only safe methods, and how many are left out', async () => {
    const { stderr } = await rehearse(against(good, '--safe'));
    expect(new Set(seen.map(line => line.split(' ')[0]))).toEqual(new Set(['GET', 'HEAD', 'OPTIONS']));
    expect(stderr).toBe('note: 2 of 5 operations are not safe and are left out.\n');
  });

  test('production means safe', async () => {
    await rehearse(['live', '--spec', 'pets.yaml'], {
      stages: { live: { provider: 'url', url: good.url, production: true } },
    });
    expect(seen.some(line => line.startsWith('POST'))).toBe(false);
  });

  test('operations by key, by id and by tag', async () => {
    await rehearse(
      against(
        good,
        ...['--operation', 'HEAD /pets', '--operation', 'createPet', '--tag', 'writing', '--no-clean-up'],
      ),
    );
    expect(new Set(seen.map(line => line.split(' ')[0]))).toEqual(new Set(['POST']));
  });
});

describe('reports', () => {
  test('a file, put in place at the end, and the terminal beside it', async () => {
    const { stdout } = await rehearse(
      against(bad, '--reporter', 'json=report.json', '--seed', '4', '--max-cases', '3', '--no-sequences'),
    );
    expect(stdout).toMatch(/broken:/);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ verdict: 'broken', seed: 4, counts: { operations: 5 } });
    expect(report.operations.every(({ cases }: { cases: number }) => cases <= 3)).toBe(true);
  });

  test('standard output belongs to the report that asks for it', async () => {
    const { stdout, stderr } = await rehearse(against(good, '--reporter', 'json=-'));
    expect(JSON.parse(stdout).verdict).toBe('kept');
    expect(stderr).toMatch(/^kept:/);
  });
});

describe('what is asked of a stage', () => {
  let lax: PetsServer;
  beforeAll(async () => {
    lax = await startPets(({ method, query }, reply) =>
      method === 'GET' && reply.status === 400 && query.has('limit')
        ? {
            status: 200,
            headers: { 'content-type': 'application/json', 'x-total': '0', 'x-debug': '1' },
            body: '[]',
          }
        : undefined,
    );
  });
  afterAll(() => lax.close());
  const list = (): readonly string[] => against(lax, '--operation', 'GET /pets');

  test('a server must refuse what the document forbids', async () => {
    expect((await rehearse(list())).exitCode).toBe(1);
  });

  test.each([
    ['the command line', ['--stage-kind', 'apigateway'], {}],
    ['the configuration', [], { kind: 'apigateway' }],
  ] as const)('a stage of API Gateway that %s names need not', async (_name, flags, kind) => {
    const stage = { provider: 'url', url: lax.url, ...kind } as const;
    const [, ...rest] = list();
    const { exitCode, stdout } = await rehearse(['mine', ...rest, ...flags], { stages: { mine: stage } });
    expect(stdout).toMatch(/not judged: \d+ taken, for the stage cannot refuse them/);
    expect(exitCode).toBe(0);
  });

  test('a check weighs what a person says', async () => {
    const lighter = await rehearse([...list(), '--severity', 'invalid-accepted=warning']);
    expect([lighter.exitCode, lighter.stdout.includes('warning: invalid-accepted')]).toEqual([0, true]);
    expect((await rehearse(list(), { test: { checks: { 'invalid-accepted': 'off' } } })).exitCode).toBe(0);
    const headers = await rehearse([...list(), '--check', 'server-error', '--undeclared-headers']);
    expect([headers.exitCode, headers.stdout.includes('x-debug: 1')]).toEqual([1, true]);
  });

  test.each([
    [['--stage-kind', 'lambda'], '--stage-kind takes server, apigateway, apigateway-mock'],
    [['--severity', 'invalid-accepted=loud'], 'The severity of invalid-accepted is error, warning, off'],
    [['--max-response-time', 'soon'], '--max-response-time takes a number of milliseconds'],
  ])('%j is a mistake', async (flags, message) => {
    const { exitCode, stderr } = await rehearse([...list(), ...flags]);
    expect([exitCode, stderr.includes(message)]).toEqual([2, true]);
  });
});
