import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const bin = join(import.meta.dirname, '../scripts/rehearsal.js');

let folder = '';
let children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-gateway-'));
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

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** The line of JSON, whole. */
  readonly line: Readonly<Record<string, unknown>>;
  readonly stderr: () => string;
}

const start = (...args: readonly string[]): Promise<Started> => startWith(process.env, ...args);

async function startWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [bin, 'gateway', '--port', '0', '--json', ...args], {
    cwd: folder,
    env,
  });
  children.push(child);
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const [text] = (await once(createInterface(child.stdout), 'line')) as [string];
  const line = JSON.parse(text) as Record<string, unknown>;
  return { child, url: String(line['url']), line, stderr: () => stderr };
}

function refused(...args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [bin, 'gateway', ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stderr };
}

const create = async (url: string, name: string): Promise<string> => {
  const answer = await fetch(`${url}/restapis`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  return ((await answer.json()) as { id: string }).id;
};

const ids = async (url: string): Promise<readonly string[]> => {
  const answer = await fetch(`${url}/restapis?limit=500`);
  return ((await answer.json()) as { item: readonly { id: string }[] }).item.map(({ id }) => id);
};

describe('rehearsal gateway', () => {
  test('says where it is, and keeps its state beside the configuration', async () => {
    const { line, url, child } = await start();
    expect(line).toEqual({
      event: 'listening',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      region: 'us-east-1',
      store: join(folder, '.rehearsal', 'gateway.db'),
      logs: join(folder, '.rehearsal', 'logs'),
    });
    const id = await create(url, 'kept');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await ids((await start()).url)).toEqual([id]);
  });

  test('tells a person the endpoint, what to say to the AWS CLI and to an SDK, and where state and logs go', async () => {
    const child = spawn(process.execPath, [bin, 'gateway', '--port', '0', '--region', 'eu-west-1'], {
      cwd: folder,
    });
    children.push(child);
    const said: string[] = [];
    const lines = createInterface(child.stdout);
    for await (const line of lines) {
      said.push(line);
      if (line.startsWith('logs')) break;
    }
    const endpoint = /http:\S+/.exec(said[0] ?? '')?.[0] ?? '';
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(said).toEqual([
      `API Gateway  ${endpoint}`,
      `stages       ${endpoint}/restapis/{api}/{stage}/_user_request_/`,
      `AWS CLI      aws apigateway get-rest-apis --region eu-west-1 --endpoint-url ${endpoint}`,
      `AWS SDK      new APIGatewayClient({ region: 'eu-west-1', endpoint: '${endpoint}' })`,
      `state        ${join(folder, '.rehearsal', 'gateway.db')}`,
      `logs         ${join(folder, '.rehearsal', 'logs')}`,
    ]);
    // The address is one that answers, and what stands in it for the SDK is enough for it.
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    const client = new APIGatewayClient({ region: 'eu-west-1', endpoint, credentials });
    expect((await client.send(new GetRestApisCommand({}))).items).toEqual([]);
    client.destroy();
  });

  test('with --memory it writes nothing at all', async () => {
    const { url, child, line } = await start('--memory');
    expect(line).not.toHaveProperty('store');
    await create(url, 'gone');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what was acknowledged survives a kill at any moment', async () => {
    const acknowledged: string[] = [];
    for (const calls of [1, 7, 20]) {
      const { url, child } = await start();
      expect(await ids(url)).toEqual(acknowledged);
      // More calls are under way when the process goes, and may or may not have been done.
      for (let call = 0; call < calls; call += 1) acknowledged.push(await create(url, `api ${call}`));
      const late = Array.from({ length: 5 }, () => create(url, 'late').catch(() => undefined));
      await killed(child);
      const told = (await Promise.all(late)).filter(id => id !== undefined);
      const { url: next, child: second } = await start();
      const found = await ids(next);
      expect(found).toEqual(expect.arrayContaining([...acknowledged, ...told]));
      acknowledged.splice(0, acknowledged.length, ...found);
      await killed(second);
    }
  });

  test('a second one on the same file is refused, and the first goes on', async () => {
    const { url } = await start();
    const { status, stderr } = refused('--port', '0');
    expect(status).toBe(2);
    expect(stderr).toContain(join(folder, '.rehearsal', 'gateway.db'));
    expect(stderr).toContain('Another local API Gateway uses');
    expect(await ids(url)).toEqual([]);
  });

  test('a damaged file is named and set aside', async () => {
    const file = join(folder, 'state.db');
    writeFileSync(file, 'this was never a database');
    const { url, stderr } = await start('--store', 'state.db');
    expect(await ids(url)).toEqual([]);
    expect(stderr()).toContain(`${file} is damaged. It was moved to ${file}.damaged-1`);
  });

  test('a busy port is named', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { status, stderr } = refused('--memory', '--port', `${port}`);
    other.close();
    expect(status).toBe(2);
    expect(stderr).toContain(`${port}`);
  });

  test('with --verify-signatures it takes what is signed with the keys of the environment, and nothing else', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'a secret' };
    const { url } = await startWith({ ...process.env, ...keys }, '--memory', '--verify-signatures');
    expect((await fetch(`${url}/restapis`)).status).toBe(403);
    const list = async (secretAccessKey: string): Promise<unknown> => {
      const credentials = { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey };
      const client = new APIGatewayClient({ endpoint: url, region: 'us-east-1', credentials });
      try {
        return (await client.send(new GetRestApisCommand({}))).items;
      } finally {
        client.destroy();
      }
    };
    expect(await list(keys.AWS_SECRET_ACCESS_KEY)).toEqual([]);
    await expect(list('another')).rejects.toThrow('The request signature we calculated does not match');
  });

  test.each([
    [['specs/a.yaml'], 'too many arguments'],
    [['--memory', '--store', 'x.db'], '--memory keeps nothing'],
    [['--region', 'moon'], '--region takes a name such as us-east-1'],
    [['--seed', 'x'], '--seed takes a whole number'],
    [['--port', '99999'], '--port takes a number'],
    [['--verify-signatures'], 'AWS_ACCESS_KEY_ID'],
  ])('%j is misuse', (args, words) => {
    const { status, stderr } = spawnSync(process.execPath, [bin, 'gateway', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect({ status, said: stderr.includes(words) }).toEqual({ status: 2, said: true });
    expect(stderr).not.toContain('    at ');
  });
});
