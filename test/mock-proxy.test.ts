/** `rehearsal mock --proxy` as its users see it: what it prints, writes and ends with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PETS } from '../scripts/proxy/proxy.fixture.ts';

const bin = join(import.meta.dirname, '../scripts/rehearsal.js');

let folder = '';
let server: Server;
let serverUrl = '';
let body = '{"name":"Rex"}';
let children: ChildProcess[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-proxy-'));
  writeFileSync(join(folder, 'pets.yaml'), PETS);
  server = createServer((request, response) => {
    if (request.method === 'DELETE') return void response.writeHead(500).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  body = '{"name":"Rex"}';
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly url: string;
  readonly end: (signal: NodeJS.Signals) => Promise<Ended>;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function proxy(...args: readonly string[]): Promise<Run> {
  const words = [bin, 'mock', 'pets.yaml', '--port', '0', ...args];
  const child = spawn(process.execPath, words, { cwd: folder });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  while (!/http:\/\/127\.0\.0\.1:\d+/.test(stdout)) {
    const [code] = await Promise.race([once(child.stdout, 'data'), exited]);
    if (child.exitCode !== null) throw new Error(`exit ${code}: ${stderr}`);
  }
  const url = /http:\/\/127\.0\.0\.1:\d+\/v1/.exec(stdout)?.[0] ?? '';
  return {
    url,
    end: async signal => {
      child.kill(signal);
      const [code] = await exited;
      return { code, stdout, stderr };
    },
  };
}

describe('the end', () => {
  test('kept: 0, on Ctrl-C too, which is how it ends', async () => {
    const { url, end } = await proxy('--proxy', serverUrl, '--log');
    expect(await (await fetch(`${url}/pets/7`)).json()).toEqual({ name: 'Rex' });
    const { code, stdout, stderr } = await end('SIGINT');
    expect(stdout).toMatch(/\nkept: 0 failures in 1 case of 1 operation\n/);
    expect(stderr).toMatch(/^GET \/v1\/pets\/7 200 \d/m);
    expect(code).toBe(0);
  });

  test('broken: 1, with the failures as they came and in a report, and no secret in either', async () => {
    body = '{"name":7}';
    const { url, end } = await proxy('--proxy', serverUrl, '--json', '--reporter', 'json=report.json');
    const headers = { 'x-key': 'secret-of-mine', authorization: 'Bearer another-secret' };
    await fetch(`${url}/pets/7`, { headers });
    await fetch(`${url}/pets/7`, { method: 'DELETE', headers });
    await fetch(`${url}/pets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"Rex","password":"hunter-2000"}',
    });
    await fetch(`${url}/pets/seven`);
    await fetch(`${url}/nothing`);
    const { code, stdout, stderr } = await end('SIGTERM');
    expect(stderr).toMatch(/^✗ GET \/pets\/\{id\} {2}response-body/m);
    expect(stderr).toMatch(/^✗ DELETE \/pets\/\{id\} {2}server-error/m);
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect(last).toMatchObject({
      event: 'ended',
      verdict: 'broken',
      exchanges: 4,
      invalid: 1,
      undocumented: 1,
    });
    const report = readFileSync(join(folder, 'report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ verdict: 'broken' });
    expect(stdout + stderr + report).not.toMatch(/secret-of-mine|another-secret|hunter-2000/);
    expect(code).toBe(1);
  });

  test('nothing judged: 3', async () => {
    const { end } = await proxy('--proxy', serverUrl);
    const { code, stdout } = await end('SIGTERM');
    expect(stdout).toMatch(/inconclusive: .*\nNothing passed by that could be judged\./);
    expect(code).toBe(3);
  });
});

test('the server may be a stage of the configuration; what it lacks comes from the mock', async () => {
  writeFileSync(
    join(folder, 'rehearsal.config.json'),
    JSON.stringify({ stages: { mine: { provider: 'url', url: 'http://127.0.0.1:1/api' } } }),
  );
  const { url, end } = await proxy('--proxy', 'mine', '--fallback', 'unreachable,undocumented');
  expect(await (await fetch(`${url}/pets/7`)).json()).toEqual({ name: 'Mock' });
  expect((await fetch(`${url}/nothing`)).headers.get('x-rehearsal-fallback')).toBe('undocumented');
  expect((await end('SIGTERM')).stdout).toMatch(/1 undocumented request; 2 answered by the mock\n$/);
});

describe('the configuration', () => {
  const configure = (config: object): void =>
    writeFileSync(join(folder, 'rehearsal.config.json'), JSON.stringify(config));
  afterEach(() => rmSync(join(folder, 'rehearsal.config.json'), { force: true }));

  test('may have the mock stand before a server, and says how', async () => {
    const fallback = ['unreachable', 'undocumented'];
    configure({ mock: { proxy: { server: 'http://127.0.0.1:1/api', fallback } } });
    const { url, end } = await proxy();
    expect(await (await fetch(`${url}/pets/7`)).json()).toEqual({ name: 'Mock' });
    expect((await end('SIGTERM')).stdout).toMatch(/1 answered by the mock\n$/);
    // Flags stand over it.
    const never = await proxy('--fallback', 'never', '--proxy', serverUrl);
    expect(await (await fetch(`${never.url}/pets/7`)).json()).toEqual({ name: 'Rex' });
    expect((await fetch(`${never.url}/nothing`)).headers.has('x-rehearsal-fallback')).toBe(false);
    await never.end('SIGTERM');
    const mock = await proxy('--no-proxy');
    expect(await (await fetch(`${mock.url}/pets/7`)).json()).toEqual({ name: 'Mock' });
    expect((await mock.end('SIGTERM')).stdout).not.toContain('answered by the mock');
  });

  test('says what is not passed on, and how much checks weigh', async () => {
    body = '{"name":7}';
    configure({ mock: { proxy: { server: serverUrl, errors: 'responses' } } });
    const strict = await proxy();
    expect((await fetch(`${strict.url}/pets/7`)).status).toBe(502);
    expect((await strict.end('SIGTERM')).code).toBe(1);
    const all = await proxy('--no-proxy-errors');
    expect((await fetch(`${all.url}/pets/7`)).status).toBe(200);
    expect((await all.end('SIGTERM')).code).toBe(1);
    configure({
      mock: { proxy: { server: serverUrl, errors: 'all' } },
      test: { checks: { 'response-body': 'warning' } },
    });
    const mild = await proxy();
    expect((await fetch(`${mild.url}/pets/7`)).status).toBe(200);
    const { code, stdout, stderr } = await mild.end('SIGTERM');
    expect(stderr).toMatch(/^! GET \/pets\/\{id\} {2}response-body/m);
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 warning')]);
    const flags = await proxy('--severity', 'response-body=off', '--max-response-time', '60000');
    expect((await fetch(`${flags.url}/pets/7`)).status).toBe(200);
    const ended = await flags.end('SIGTERM');
    expect([ended.code, ended.stderr]).toEqual([0, '']);
  });
});

test('--record writes what keeps to the document into it, and the mock answers with it', async () => {
  const text = PETS.replace(', example: { name: Mock }', '');
  writeFileSync(join(folder, 'pets.yaml'), text);
  const { url, end } = await proxy('--proxy', serverUrl, '--record');
  await (await fetch(`${url}/pets/7`, { headers: { authorization: 'Bearer another-secret' } })).text();
  expect((await end('SIGTERM')).stderr).toMatch(/^recorded GET \/pets\/\{id\} 200 as get-pets-id-200 in /m);
  const written = readFileSync(join(folder, 'pets.yaml'), 'utf8');
  expect(written).toContain('"examples": {"get-pets-id-200":{"value":{"name":"Rex"}}}');
  expect(written).not.toContain('another-secret');
});

test.each<[readonly string[], RegExp]>([
  [['--record'], /--record is for --proxy/],
  [['--proxy', 'http://x', '--record', 'some'], /Allowed choices are kept, all/],
  [['--proxy', 'localhost:3000'], /is no URL: did you mean http:\/\/localhost:3000/],
  [
    ['--proxy', 'http://x', '--fallback', 'unreachble'],
    /There is no fallback "unreachble": did you mean "unreachable"/,
  ],
  [['--proxy', 'http://x', '--proxy-errors', 'some'], /Allowed choices are requests, responses, all/],
  [['--fallback', 'unreachable'], /--fallback is for --proxy/],
  [['--proxy-errors'], /--proxy-errors is for --proxy/],
  [['--severity', 'framing=off'], /--severity is for --proxy/],
  [['--proxy', 'http://x', '--severity', 'framing=loud'], /The severity of framing is error, warning, off/],
  [['--proxy', 'http://x', '--reporter', 'jsno=a'], /There is no reporter "jsno"/],
])('%j is refused', async (args, reason) => {
  await expect(proxy(...args)).rejects.toThrow(reason);
});
