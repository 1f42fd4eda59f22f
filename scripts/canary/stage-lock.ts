/** The lock of a stage for the time of a command: taken, renewed while there is nothing to change, and given up. */
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { type Lock, takeLock } from '../../gateway/stages/canary/lock.ts';
import type { CommandContext, OptionValues } from '../command.ts';
import type { OpenCanary } from './open-canaries.ts';

export interface HeldLock {
  /** Asked right before each change. */
  readonly guard: () => Promise<void>;
}

/** Well within the time for which a lock holds. */
const RENEWED_EVERY_MS = 300_000;

/**
 * Does something with a stage that nobody else is at.
 *
 * @throws RehearsalError CANARY_LOCKED, those of `askPlane`, and what the work throws
 */
export async function withLock<T>(
  { address, now, prefix }: Pick<OpenCanary, 'address' | 'now' | 'prefix'>,
  options: OptionValues,
  context: CommandContext,
  work: (held: HeldLock) => Promise<T>,
): Promise<T> {
  if (options['lock'] === false) return work({ guard: () => Promise.resolve() });
  const lock = await takeLock(address, {
    owner: ownerIn(context.env),
    run: randomUUID().slice(0, 8),
    now,
    takeOver: options['takeOver'] === true,
  });
  if (lock.takenFrom !== undefined)
    context.stderr.write(`${prefix}note: took the stage over from ${lock.takenFrom}.\n`);
  // Whether it still is ours is asked before the next change; nothing happens between two.
  const renewal = setInterval(() => void lock.renew().catch(() => {}), RENEWED_EVERY_MS);
  renewal.unref();
  try {
    return await work({ guard: lock.renew });
  } finally {
    clearInterval(renewal);
    await givenUp(lock);
  }
}

/** It ends by itself, so nobody waits for a control plane that is gone. */
async function givenUp(lock: Lock): Promise<void> {
  await lock.release().catch(() => {});
}

function ownerIn(env: CommandContext['env']): string {
  const job = env['GITHUB_RUN_ID'] ?? env['CI_JOB_ID'] ?? env['BUILD_ID'];
  const name = userInfo().username;
  return `${name}@${hostname()}${job === undefined ? '' : `/job-${job}`}`;
}
