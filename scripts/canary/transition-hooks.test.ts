import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Transition } from '../../gateway/stages/stage.ts';
import type { CommandContext } from '../command.ts';
import { type TransitionHooks, tellingTransitions } from './transition-hooks.ts';

let folder: string;
let printed: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rehearsal-hooks-'));
  printed = '';
});
afterEach(() => rmSync(folder, { recursive: true }));

const TURN: Transition = {
  kind: 'moving',
  percent: 25,
  reason: "The canary's good at 5 %.",
  stage: 'live',
  stageName: 'prod',
  document: 'pets',
  apiId: 'a1b2c3d4e5',
  run: 'r1',
  baseline: 'old001',
  canary: 'new001',
};

function tell(hooks: Partial<TransitionHooks>): Promise<void> {
  const output = { write: (text: string) => void (printed += text), isTTY: false, columns: 80 };
  const context: CommandContext = {
    cwd: folder,
    env: process.env,
    stdout: output,
    stderr: output,
    config: () => Promise.resolve({}),
    configFolder: () => Promise.resolve(folder),
  };
  return tellingTransitions({ hook: undefined, told: [], ...hooks }, context)(TURN);
}

/** A server that answers with a status, and what it was sent. */
async function listening(
  status: number,
): Promise<{ readonly url: string; readonly heard: string[]; readonly close: () => void }> {
  const heard: string[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    heard.push(`${request.method} ${request.headers['content-type']} ${body}`);
    response.writeHead(status, { location: '/elsewhere' }).end();
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, heard, close: () => server.close() };
}

test('a function gets the transition', async () => {
  const heard: unknown[] = [];
  await tell({ hook: turn => heard.push(turn) });
  expect(heard).toEqual([TURN]);
});

test('a command gets it as JSON on its standard input and in variables', async () => {
  await tell({
    told: ['cat > in.json', 'echo "$CANARY_TRANSITION $CANARY_STAGE_NAME $CANARY_PERCENT $CANARY_REASON"'],
  });
  expect(JSON.parse(readFileSync(join(folder, 'in.json'), 'utf8'))).toEqual(TURN);
  expect(printed).toBe("moving prod 25 The canary's good at 5 %.\n");
});

test('an address is sent it as JSON', async () => {
  const { url, heard, close } = await listening(204);
  await tell({ told: [`${url}/hooks/T0KEN`] });
  close();
  expect(heard).toEqual([`POST application/json ${JSON.stringify(TURN)}`]);
});

test('the first that fails ends it, and the secret of an address is not told', async () => {
  const failed = (hooks: Partial<TransitionHooks>): Promise<string> =>
    tell(hooks).then(
      () => 'nothing failed',
      (error: Error) => error.message,
    );
  const fix = 'Mend the hook, or what it needs; nothing was sent after it.';
  expect(await failed({ hook: () => Promise.reject(new Error('Friday.')), told: ['touch later'] })).toBe(
    `The hook onTransition failed: Friday. ${fix}`,
  );
  expect(await failed({ told: ['exit 3', 'touch later'] })).toBe(
    `The hook exit 3 failed: it ended with exit code 3. ${fix}`,
  );
  for (const status of [500, 302]) {
    const { url, close } = await listening(status);
    const message = await failed({ told: [`${url}/hooks/T0KEN`, 'touch later'] });
    close();
    expect(message).toContain(`The hook ${url} failed: `);
    expect(message).not.toContain('T0KEN');
    expect(await failed({ told: [`${url}/hooks/T0KEN`] })).toContain('ECONNREFUSED');
  }
  expect(() => readFileSync(join(folder, 'later'))).toThrow('ENOENT');
});

test('a command that does not read is no fault', async () => {
  await expect(tell({ told: ['true'] })).resolves.toBeUndefined();
});
