import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PETS, type PetsServer, startPets } from '../contract-tests/pets.fixture.ts';
import { main } from './cli.ts';
import type { CommandContext } from './command.ts';

let folder: string;
let server: PetsServer;
/** Called at the second request. */
let midway: () => void = () => {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-open-'));
  writeFileSync(join(folder, 'pets.yaml'), PETS);
  let served = 0;
  server = await startPets((_request, reply) => {
    served += 1;
    if (served % 2 === 0) midway();
    return reply.status === 201 ? { status: 500 } : undefined;
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function rehearse(args: readonly string[], env: CommandContext['env'] = {}): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await main(['test', server.url, '--spec', 'pets.yaml', ...args], {
    cwd: folder,
    env,
    stdout: { write: text => void out.push(text), isTTY: false, columns: 80 },
    stderr: { write: text => void err.push(text), isTTY: false, columns: 80 },
    config: () => Promise.resolve({}),
    configFolder: () => Promise.resolve(folder),
  });
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

const inFolder = (name: string): string => join(folder, name);

test('many reports of one run, some of them where they go by themselves', async () => {
  const summary = inFolder('summary.md');
  writeFileSync(summary, 'before\n');
  const { exitCode, stdout } = await rehearse(
    ['junit=a.xml', 'sarif=a.sarif', 'har', 'html', 'github', 'ndjson=-'].flatMap(name => [
      '--reporter',
      name,
    ]),
    { GITHUB_STEP_SUMMARY: summary },
  );
  expect(exitCode).toBe(1);
  for (const name of ['a.xml', 'a.sarif', 'rehearsal-report.har', 'rehearsal-report.html'])
    expect(existsSync(inFolder(name)), name).toBe(true);
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## ❌ Pets: broken/);
  expect(JSON.parse(stdout.split('\n', 1)[0] ?? '')).toMatchObject({ event: 'run-started' });
  expect(readdirSync(folder).filter(name => name.endsWith('.tmp'))).toEqual([]);
});

test('annotations stand where people read, and without a file there is no summary', async () => {
  const { stdout } = await rehearse(['--reporter', 'github']);
  expect(stdout).toMatch(/^::error file=pets\.yaml,line=\d+/m);
  expect(stdout).not.toContain('## ');
});

test.each([
  [['json', 'junit'], 'The reports json and junit both go to standard output: name a file for one of them.'],
  [['json=x', 'ndjson=./x'], 'both go to'],
  [['html=closed/x.html'], 'closed/x.html cannot be written'],
  [['html=folder'], 'it is a folder'],
])('%j is refused before anything is sent', async (reporters, message) => {
  mkdirSync(inFolder('folder'), { recursive: true });
  const before = server.requests.length;
  const { exitCode, stderr } = await rehearse(reporters.flatMap(name => ['--reporter', name]));
  expect(stderr).toContain(message);
  expect([exitCode, server.requests.length]).toEqual([2, before]);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be written is refused too', async () => {
  writeFileSync(inFolder('locked.json'), '{}');
  chmodSync(inFolder('locked.json'), 0o400);
  expect((await rehearse(['--reporter', 'json=locked.json'])).exitCode).toBe(2);
});

test('an interrupted run leaves whole reports of what was found so far', async () => {
  midway = () => process.emit('SIGINT');
  const { exitCode } = await rehearse(
    ['json=part.json', 'ndjson=part.ndjson', 'junit=part.xml', 'har=part.har', 'html=part.html'].flatMap(
      name => ['--reporter', name],
    ),
  );
  midway = () => {};
  expect(exitCode).toBe(130);
  const text = (name: string): string => readFileSync(inFolder(name), 'utf8');
  expect(JSON.parse(text('part.json'))).toMatchObject({ verdict: 'inconclusive', stopped: 'interrupted' });
  const lines = text('part.ndjson').trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: 'run-finished', stopped: 'interrupted' });
  expect(text('part.xml')).toContain('message="The run was interrupted."');
  expect(JSON.parse(text('part.har')).log.version).toBe('1.2');
  expect(text('part.html')).toContain('</html>');
});
