/** Load on a server in another process, and what that cost it. Knows bytes on connections, and nothing of mocks. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';

export interface Target {
  readonly pid: number;
  readonly port: number;
  readonly process: ChildProcess;
}

/** Starts a server that prints its port as the first number of a line `port 1234`. */
export function startServer(args: readonly string[], command: string = process.execPath): Promise<Target> {
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const port = /(?:port |http:\/\/127\.0\.0\.1:)(\d+)/.exec(output)?.[1];
      if (port !== undefined && child.pid !== undefined)
        resolve({ pid: child.pid, port: Number(port), process: child });
    });
    child.on('exit', code => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
}

/** A request as it stands on the wire. */
export function wire(method: string, path: string, body?: string, headers: readonly string[] = []): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Accept: application/json', ...headers];
  if (body !== undefined)
    lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
}

/** Status and body of the answer to one request. */
export async function answerTo(target: Target, request: Buffer): Promise<{ status: number; body: string }> {
  let received = Buffer.alloc(0);
  await new Promise<void>((resolve, reject) => {
    const socket = connect(target.port, '127.0.0.1', () => socket.write(request));
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk]);
      const length = lengthOf(received);
      if (length !== undefined && received.length >= length) socket.destroy();
    });
    socket.on('close', () => resolve()).on('error', reject);
  });
  const end = received.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(received.toString('latin1'))?.[1]);
  return { status, body: received.subarray(end + 4).toString() };
}

/** How long the answer that begins here is, head and body. */
function lengthOf(bytes: Buffer): number | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const length = /^content-length: *(\d+)/im.exec(bytes.toString('latin1', 0, end))?.[1];
  return end + 4 + Number(length ?? 0);
}

/**
 * Sends so many requests over keep-alive connections, one under way on each. All answers must be equally long, so that
 * counting bytes is all the client has to do.
 */
export function fire(
  { port }: Target,
  requests: readonly Buffer[],
  count: number,
  connections = 50,
): Promise<void> {
  let begun = 0;
  let ended = 0;
  return new Promise((resolve, reject) => {
    for (let index = 0; index < connections; index += 1) {
      let length: number | undefined;
      let pending = 0;
      const socket = connect(port, '127.0.0.1');
      const next = (): void => {
        if (begun >= count) {
          socket.destroy();
          return;
        }
        socket.write(requests[begun % requests.length] ?? '');
        begun += 1;
      };
      socket.setNoDelay(true);
      socket.on('connect', next);
      socket.on('data', chunk => {
        length ??= lengthOf(chunk);
        pending += chunk.length;
        if (length === undefined || pending < length) return;
        if (pending > length) reject(new Error(`an answer of ${pending} bytes in the place of ${length}`));
        pending = 0;
        ended += 1;
        if (ended === count) resolve();
        next();
      });
      socket.on('error', reject);
    }
  });
}

/** Seconds of CPU, user and system, that a process has used in all its threads. */
export function cpuOf(pid: number): number {
  let nanoseconds = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1e9;
}

/** Resident megabytes of a process. */
export function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Requests for each second of the server's CPU. */
export async function rate(target: Target, requests: readonly Buffer[], count: number): Promise<number> {
  const before = cpuOf(target.pid);
  await fire(target, requests, count);
  return count / (cpuOf(target.pid) - before);
}
