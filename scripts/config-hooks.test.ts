import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withHeader } from '../contract-tests/hooks.ts';
import { PETS, type PetsServer, startPets } from '../contract-tests/pets.fixture.ts';
import { main } from './cli.ts';
import type { CommandContext } from './command.ts';
import type { Config } from './config/config.ts';
import { loadConfig } from './config/load-config.ts';

let folder: string;
let pets: PetsServer;
const passes: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-hooks-'));
  writeFileSync(join(folder, 'pets.yaml'), PETS);
  pets = await startPets(({ headers }) => {
    passes.push(String(headers['x-pass'] ?? '-'));
    return undefined;
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await pets.close();
});

async function rehearse(
  args: readonly string[],
  config: Config,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  let output = '';
  const sink = { write: (text: string) => void (output += text), isTTY: false, columns: 80 };
  const context: CommandContext = {
    cwd: folder,
    env: {},
    stdout: sink,
    stderr: sink,
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  };
  passes.length = 0;
  const exitCode = await main(args, context);
  return { exitCode, output };
}

/** What a configuration file comes to, or what is wrong with it. */
async function loaded(name: string, text: string): Promise<Config | string> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const result = await loadConfig(folder, file).then(
    ({ config }) => config,
    (error: Error) => error.message,
  );
  rmSync(file);
  return result;
}

const against = (): readonly string[] => ['test', pets.url, '--spec', 'pets.yaml', '--no-sequences'];

describe('hooks of the configuration', () => {
  test('go round a run, and what they bring in is hidden', async () => {
    const called: string[] = [];
    const { exitCode, output } = await rehearse(
      [...against(), '--reporter', 'har=all.har', '--all-exchanges'],
      {
        hooks: {
          beforeRun: ({ baseUrl, contracts }) => {
            called.push(`beforeRun ${baseUrl} ${contracts[0]?.name}`);
            return { headers: { 'X-Tenant': 'tenant-of-the-run' }, credentials: { key: 'key-of-the-run' } };
          },
          beforeCase: request => withHeader(request, 'X-Pass', 'pass-of-the-case'),
          afterCase: outcome => void called.push(outcome.kind),
          afterRun: ({ verdict }) => void called.push(`afterRun ${verdict}`),
        },
      },
    );
    expect([exitCode, output]).toEqual([0, expect.stringContaining('kept')]);
    expect(called[0]).toBe(`beforeRun ${pets.url} pets.yaml`);
    expect(called.at(-1)).toBe('afterRun kept');
    expect(called.length).toBeGreaterThan(10);
    expect(new Set(passes)).toEqual(new Set(['pass-of-the-case']));
    const archive = readFileSync(join(folder, 'all.har'), 'utf8');
    expect(archive).toContain('X-Tenant');
    expect(archive).not.toMatch(/tenant-of-the-run|key-of-the-run|pass-of-the-case/);
  });

  test('go round what start rehearses', async () => {
    const called: string[] = [];
    const { exitCode } = await rehearse(['start', 'pets.yaml', '--once'], {
      hooks: {
        beforeRun: ({ baseUrl }) => void called.push(new URL(baseUrl).hostname),
        afterRun: ({ verdict }) => void called.push(verdict),
      },
    });
    expect([exitCode, called]).toEqual([0, ['127.0.0.1', 'kept']]);
  });

  const broken = (): never => {
    throw new Error('no vault here');
  };

  test.each<[string, Config['hooks']]>([
    ['beforeRun', { beforeRun: broken }],
    ['beforeCase', { beforeCase: broken }],
    ['afterCase', { afterCase: broken }],
    ['afterRun', { afterRun: broken }],
  ])('%s that throws ends with 3 and its name', async (name, hooks) => {
    for (const args of [against(), ['start', 'pets.yaml', '--once']]) {
      const { exitCode, output } = await rehearse(args, { hooks: { ...hooks } });
      expect([exitCode, output]).toEqual([
        3,
        expect.stringContaining(`The hook ${name} failed: no vault here.`),
      ]);
    }
  });
});

describe('a configuration file', () => {
  test('that is a module has hooks', async () => {
    const config = await loaded('good.mjs', 'export default { hooks: { beforeCase: request => request } };');
    expect(config).toHaveProperty('hooks.beforeCase');
  });

  test.each<[string, string, string, string]>([
    [
      'in YAML has none',
      'odd.yaml',
      'hooks:\n  beforeRun: ./hooks.js\n',
      'odd.yaml:2:14 hooks.beforeRun is a function, and only a configuration in TypeScript or JavaScript can hold one',
    ],
    [
      'in JSON has none for credentials either',
      'odd.json',
      '{ "stages": { "mine": { "provider": "url", "url": "http://a", "credentials": { "who": { "hook": "x" } } } } }',
      'stages.mine.credentials.who.hook is a function',
    ],
    [
      'that is a module has functions there',
      'odd.mjs',
      'export default { hooks: { afterRun: 7 } };',
      'hooks.afterRun is no function.',
    ],
    [
      'knows its hooks',
      'odd2.mjs',
      'export default { hooks: { beforeEach: () => {} } };',
      'hooks.beforeEach is not a known key; ',
    ],
  ])('%s', async (_name, file, text, message) => {
    expect(await loaded(file, text)).toContain(message);
  });
});
