import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { selfMadeCertificate } from '../scripts/self-made-certificate.ts';

const bin = join(import.meta.dirname, '../scripts/rehearsal.js');

let folder = '';
let children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-mock-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const document = (word: string, base = ''): string =>
  `openapi: 3.1.1\ninfo: { title: T, version: '1' }\nservers: [{ url: 'http://x/${base}' }]\npaths:\n  /word:\n    get:\n      parameters: [{ name: n, in: query, schema: { type: integer } }]\n      responses: { '200': { description: w, content: { text/plain: { example: ${word} } } } }\n`;

interface Mock {
  readonly url: string;
  /** Waits for a line of standard output or standard error that fits, beginning after the last one that did. */
  readonly line: (pattern: RegExp) => Promise<string>;
  /** All that was printed. */
  readonly said: () => string;
}

async function mock(...args: readonly string[]): Promise<Mock> {
  return mockIn({}, ...args);
}

/** A mock that reads these variables, and none of the process that tests. */
async function mockIn(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Mock> {
  const child = spawn(process.execPath, [bin, 'mock', '--port', '0', '--json', ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  children.push(child);
  let text = '';
  let said = '';
  let wake = (): void => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', chunk => {
      text += chunk;
      said += chunk;
      wake();
    });
  }
  child.once('exit', code => {
    text += `\nexit ${code}\n`;
    wake();
  });
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const lines = text.split('\n');
      const at = lines.slice(0, -1).findIndex(one => pattern.test(one));
      if (at !== -1) {
        text = lines.slice(at + 1).join('\n');
        return lines[at] ?? '';
      }
      if (/^exit \d/m.test(text)) throw new Error(`no line fits ${pattern}: ${text}`);
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
  };
  const { url } = JSON.parse(await line(/"listening"/)) as { url: string };
  return { url, line, said: () => said };
}

async function refusal(...args: readonly string[]): Promise<string> {
  return mock(...args).then(
    () => 'it listens',
    (error: Error) => error.message,
  );
}

const word = async ({ url }: Mock): Promise<string> => (await fetch(`${url}/word`)).text();

describe('--watch', () => {
  test('serves what was saved, keeps the last good while a file is broken, and tells of both', async () => {
    put('api.yaml', document('one'));
    const served = await mock('api.yaml', '--watch');
    expect(await word(served)).toBe('one');
    put('api.yaml', document('two'));
    await served.line(/"event":"reloaded"/);
    expect(await word(served)).toBe('two');
    put('api.yaml', 'openapi: 3.1.1\npaths: {\n');
    await served.line(/^api\.yaml.*|document-syntax/);
    await served.line(/"event":"kept"/);
    expect(await word(served)).toBe('two');
    put('api.yaml', document('three'));
    await served.line(/"event":"reloaded"/);
    expect(await word(served)).toBe('three');
  });

  test('a file that is half written, gone, and put in place by an editor', async () => {
    put('api.yaml', document('one'));
    const served = await mock('api.yaml', '--watch');
    const whole = document('two');
    put('api.yaml', whole.slice(0, 70));
    put('api.yaml', whole);
    await served.line(/"event":"reloaded"/);
    expect(await word(served)).toBe('two');
    rmSync(join(folder, 'api.yaml'));
    await served.line(/"event":"kept","reason":"api\.yaml does not exist/);
    expect(await word(served)).toBe('two');
    put('api.yaml~', document('three'));
    renameSync(join(folder, 'api.yaml~'), join(folder, 'api.yaml'));
    await served.line(/"event":"reloaded"/);
    expect(await word(served)).toBe('three');
  });

  test('a file that was broken when it was first referred to', async () => {
    mkdirSync(join(folder, 'parts'));
    put('api.yaml', document('one'));
    const served = await mock('api.yaml', '--watch');
    put('parts/item.yaml', 'get: [\n');
    put('api.yaml', `${document('one')}  /item: { $ref: parts/item.yaml }\n`);
    await served.line(/"event":"(kept|reloaded)"/);
    put(
      'parts/item.yaml',
      "get: { responses: { '200': { description: i, content: { text/plain: { example: item } } } } }\n",
    );
    await served.line(/"event":"reloaded"/);
    expect(await (await fetch(`${served.url}/item`)).text()).toBe('item');
  });

  test('files that are referred to, and documents that come', async () => {
    mkdirSync(join(folder, 'specs/parts'), { recursive: true });
    put(
      'specs/api.yaml',
      document('one').replace(
        '{ text/plain: { example: one } }',
        "{ text/plain: { $ref: 'parts/word.yaml' } }",
      ),
    );
    put('specs/parts/word.yaml', 'example: one\n');
    const served = await mock('specs', '--watch');
    expect(await word(served)).toBe('one');
    put('specs/parts/word.yaml', 'example: two\n');
    await served.line(/"event":"reloaded"/);
    expect(await word(served)).toBe('two');
    put('specs/more.yaml', document('more', 'more'));
    const reloaded = JSON.parse(await served.line(/"event":"reloaded"/)) as { documents: readonly unknown[] };
    expect(reloaded.documents.length).toBe(2);
    expect(await word({ ...served, url: `${new URL(served.url).origin}/more` })).toBe('more');
  });
});

function askSecurely(url: string, ca?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const trust = ca === undefined ? { rejectUnauthorized: false } : { ca };
    get(`${url}/word`, { agent: false, ...trust }, response => {
      response.setEncoding('utf8').on('data', resolve);
    }).on('error', reject);
  });
}

describe('--https', () => {
  test('with a certificate of its own making, whose fingerprint is told', async () => {
    put('api.yaml', document('one'));
    const served = await mock('api.yaml', '--https');
    expect(served.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+/);
    expect(await askSecurely(served.url)).toBe('one');
    expect(served.said()).toMatch(
      /^The certificate is made for this run.* SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/m,
    );
  });

  test('with a given one', async () => {
    put('api.yaml', document('one'));
    const { cert, key } = selfMadeCertificate(['127.0.0.1']);
    put('cert.pem', cert);
    put('key.pem', key);
    const served = await mock('api.yaml', '--https', '--cert', 'cert.pem', '--key', 'key.pem');
    expect(await askSecurely(served.url, cert)).toBe('one');
  });

  test.each<[readonly string[], RegExp]>([
    [['--cert', 'cert.pem'], /--cert and --key are for --https/],
    [['--https', '--key', 'key.pem'], /--cert and --key go together/],
    [['--https', '--cert', 'none.pem', '--key', 'key.pem'], /--cert none\.pem cannot be read: ENOENT/],
    [['--https', '--cert', 'cert.pem', '--key', 'other.pem'], /are no pair that works/],
    [['--https', '--cert', 'api.yaml', '--key', 'key.pem'], /are no pair that works/],
  ])('%j is refused', async (args, reason) => {
    put('api.yaml', document('one'));
    const { cert, key } = selfMadeCertificate(['localhost']);
    put('cert.pem', cert);
    put('key.pem', key);
    put('other.pem', selfMadeCertificate(['localhost']).key);
    const said = await refusal('api.yaml', ...args);
    expect(said).toMatch(reason);
    expect(said).toContain('exit 2');
    expect(said).not.toContain('PRIVATE');
  });
});

describe('what else it takes', () => {
  test('--log, --validate, --echo, --docs, --cors-origin', async () => {
    put('api.yaml', document('one'));
    const HERE = 'http://localhost:5173';
    const served = await mock(
      '--log',
      '--validate',
      'warn',
      '--docs',
      '--cors-origin',
      `${HERE}/`,
      'api.yaml',
    );
    const answer = await fetch(`${served.url}/word?n=x`, { headers: { origin: HERE } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, HERE]);
    expect(await served.line(/^GET \/word 200 /)).toMatch(
      /ms {2}warning: query parameter "n": must be an integer/,
    );
    expect((await fetch(`${served.url}/__docs/json`)).status).toBe(200);
  });

  test.each<[readonly string[], RegExp]>([
    [['--watch', '-'], /--watch watches files, not standard input/],
    [['--validate', 'perhaps'], /Allowed choices are on, warn, off/],
    [['--cors-origin', 'localhost:5173'], /--cors-origin takes an origin such as/],
    [['--cors-origin', 'http://localhost:5173/app'], /--cors-origin takes an origin such as/],
    [['--cors-origin', '*'], /--cors-origin takes an origin such as/],
  ])('%j is refused', async (args, reason) => {
    put('api.yaml', document('one'));
    expect(await refusal('api.yaml', ...args)).toMatch(reason);
  });
});

describe('the configuration', () => {
  const HERE = 'http://localhost:5173';
  const configuration = (mock: object): void =>
    put('rehearsal.config.json', JSON.stringify({ specs: { words: 'api.yaml' }, mock }));
  const ask = ({ url }: Mock, path = '/word?n=x'): Promise<Response> =>
    fetch(url + path, { headers: { origin: HERE } });

  test('may hold all of it', async () => {
    put('api.yaml', document('one'));
    configuration({ validate: 'warn', docs: true, log: true, cors: [HERE], watch: true });
    const served = await mock();
    const answer = await ask(served);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, HERE]);
    await served.line(/^GET \/word 200 /);
    expect((await ask(served, '/__docs/json')).status).toBe(200);
    put('api.yaml', document('two'));
    await served.line(/"event":"reloaded"/);
    expect(await word(served)).toBe('two');
  });

  test('echo, and no cross-origin reader', async () => {
    put(
      'api.yaml',
      "openapi: 3.1.1\ninfo: { title: T, version: '1' }\npaths:\n  /pets/{id}:\n    get:\n      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]\n      responses: { '200': { description: p, content: { application/json: { example: { id: a } } } } }\n",
    );
    configuration({ echo: true, cors: false });
    const answer = await ask(await mock(), '/pets/b');
    expect(await answer.json()).toEqual({ id: 'b' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('gives way to the environment, and that to flags', async () => {
    put('api.yaml', document('one'));
    configuration({ validate: 'warn', docs: true, log: true, cors: false });
    const env = { REHEARSAL_VALIDATE: 'off', REHEARSAL_DOCS: '0', REHEARSAL_CORS: 'true' };
    const told = await mockIn(env);
    const answer = await ask(told);
    expect([answer.status, answer.headers.get('x-rehearsal-warning')]).toEqual([200, null]);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect((await ask(told, '/__docs/json')).status).toBe(404);
    const flagged = await mockIn(env, '--validate', 'on', '--docs', '--no-log', '--cors-origin', HERE);
    const refused = await ask(flagged);
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, HERE]);
    expect((await ask(flagged, '/__docs/json')).status).toBe(200);
    expect(flagged.said()).not.toContain('GET /word');
  });

  test('names a certificate by paths from its own folder', async () => {
    mkdirSync(join(folder, 'settings'));
    put('settings/api.yaml', document('one'));
    const { cert, key } = selfMadeCertificate(['127.0.0.1']);
    put('settings/cert.pem', cert);
    put('settings/key.pem', key);
    const https = { cert: 'cert.pem', key: 'key.pem' };
    put('settings/of-mine.json', JSON.stringify({ specs: { words: 'api.yaml' }, mock: { https } }));
    const served = await mock('--config', 'settings/of-mine.json');
    expect(served.url).toMatch(/^https:/);
    expect(await askSecurely(served.url, cert)).toBe('one');
    const plain = await mock('--config', 'settings/of-mine.json', '--no-https');
    expect(await word(plain)).toBe('one');
  });

  test.each<[object, RegExp]>([
    [{ validate: 'perhaps' }, /mock\.validate must be/],
    [{ cors: ['localhost:5173'] }, /mock\.cors\.0 must match/],
    [{ cors: ['http://localhost:5173/app'] }, /mock\.cors takes an origin such as/],
    [{ https: { cert: 'cert.pem' } }, /mock\.https must have "?key|mock\.https.*key/],
    [{ https: { cert: 'none.pem', key: 'none.pem' } }, /mock\.https\.cert cannot be read: ENOENT/],
  ])('%j is refused', async (mockPart, reason) => {
    put('api.yaml', document('one'));
    configuration(mockPart);
    const said = await refusal();
    expect(said).toMatch(reason);
    expect(said).toContain('exit 2');
  });
});
