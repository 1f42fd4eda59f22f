/**
 * Who is told of the turns of a canary, and may stop the next one: a function of the configuration, commands of the shell
 * and addresses. All get the same: the transition as JSON.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { calling, type Hooks } from '../../contract-tests/hooks.ts';
import type { Transition } from '../../gateway/stages/stage.ts';
import type { CommandContext } from '../command.ts';

export interface TransitionHooks {
  /** Of the configuration. */
  readonly hook: Hooks['onTransition'];
  /** Commands, and addresses that begin with http:// or https://. */
  readonly told: readonly string[];
}

export type TellTransition = (transition: Transition) => Promise<void>;

/** How long one may take. */
const TIMEOUT_MS = 60_000;

/**
 * Tells all of them, one after another.
 *
 * @returns what throws HOOK_FAILED when one of them fails: then the others are not told
 */
export function tellingTransitions({ hook, told }: TransitionHooks, context: CommandContext): TellTransition {
  return async transition => {
    if (hook !== undefined) await calling('onTransition', async () => void (await hook(transition)));
    for (const where of told) {
      if (isAddress(where)) await calling(originOf(where), () => post(where, transition));
      else await calling(where, () => runCommand(where, transition, context));
    }
  };
}

export function isAddress(where: string): boolean {
  return /^https?:\/\//i.test(where);
}

/** Addresses of webhooks hold secrets, so what is told of one is where it is. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : 'that is an address';
}

async function post(address: string, transition: Transition): Promise<void> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(transition),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: Error) => {
    // What fetch throws says nothing, and its cause does; neither names the address.
    throw error.cause instanceof Error ? error.cause : error;
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`it answered ${response.status}`);
}

/** What it prints is shown on standard error; it fails by its exit code. */
async function runCommand(
  command: string,
  transition: Transition,
  { cwd, env, stderr }: CommandContext,
): Promise<void> {
  const child = spawn(command, {
    shell: true,
    cwd,
    env: { ...env, ...variablesOf(transition) },
    timeout: TIMEOUT_MS,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk: Buffer) => stderr.write(String(chunk)));
  // A command that does not read is no fault.
  child.stdin.on('error', () => {});
  child.stdin.end(`${JSON.stringify(transition)}\n`);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (signal !== null)
    throw new Error(
      child.killed ? `it took longer than ${TIMEOUT_MS / 1000} s` : `it was ended by ${signal}`,
    );
  if (code !== 0) throw new Error(`it ended with exit code ${code}`);
}

/** Not `REHEARSAL_…`: those are options of the commands that a hook may call. */
function variablesOf({ kind, ...transition }: Transition): Readonly<Record<string, string>> {
  return {
    CANARY_TRANSITION: kind,
    ...Object.fromEntries(
      Object.entries(transition).map(([name, value]) => [
        `CANARY_${name.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`,
        String(value),
      ]),
    ),
  };
}
