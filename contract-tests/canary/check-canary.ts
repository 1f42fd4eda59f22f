/**
 * Sends cases to a stage with a canary, attributes each answer to a side and asks the judge after each, until the canary
 * is to be promoted or rolled back, or until it is clear that nothing more will come. Moves nothing: whoever calls this
 * does what is decided.
 */
import { DEFAULT_CHECKS } from '../../contract/checks/index.ts';
import { newPresence } from '../dropped.ts';
import { hookedPlan } from '../hooks.ts';
import { cleanUpOf } from '../run.ts';
import type { CaseSender } from '../send-case.ts';
import { createTransport } from '../transport.ts';
import type { CanaryCheck } from './canary-events.ts';
import { newCanaryRun } from './canary-run.ts';
import type { CheckCanaryOptions } from './check-options.ts';
import type { InconclusiveReason } from './decision.ts';

/** How long the removal of what was made may take when the check was interrupted. */
const LAST_WAIT_MS = 5000;

/**
 * Judges the canary of a stage.
 *
 * @throws RehearsalError HOOK_FAILED when a hook throws. A stage that does not answer is no error but inconclusive.
 * @example
 * ```ts
 * import { checkCanary } from './contract-tests/canary/check-canary.ts';
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { get: { responses: { "200": {} } } } }\n');
 * if (contract !== undefined) {
 *   const { decision } = await checkCanary({
 *     contracts: [{ name: 'pets', contract }],
 *     baseUrl: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod',
 *     percentTraffic: 10,
 *   });
 *   console.log(decision.kind, decision.reason);
 * }
 * ```
 */
export async function checkCanary(options: CheckCanaryOptions): Promise<CanaryCheck> {
  const { contracts, baseUrl, concurrency = 16, checks = DEFAULT_CHECKS, hooks = {}, mask, signal } = options;
  const plan = await hookedPlan(hooks, { baseUrl, contracts }, options.plan ?? {}, mask);
  const transport = options.transport ?? createTransport({ connections: concurrency });
  const { sequences = {} } = options;
  const cleanUp = cleanUpOf({ baseUrl, sequences, cleanUp: options.cleanUp ?? {} }, plan);
  const sender: CaseSender = {
    transport,
    checks,
    checkOptions: options.checkOptions,
    stage: options.stage ?? 'apigateway',
    hooks,
    mask,
    // Sent again, a case may reach the other side: repeats are the judge's own affair.
    settle: options.known === undefined ? undefined : { known: options.known },
    presence: newPresence(transport, signal),
    ...(cleanUp === undefined ? {} : { noted: cleanUp.note }),
  };
  const run = newCanaryRun(options, plan, sender, concurrency);
  let stopped: InconclusiveReason | undefined;
  try {
    stopped = await run.untilDecided();
  } finally {
    const reachable = stopped !== 'unreachable' && stopped !== 'credentials';
    const last = signal?.aborted === true ? { forMs: LAST_WAIT_MS } : {};
    const cleaned = await cleanUp?.end(sender, { reachable, concurrency, ...last });
    run.cleaned(cleaned);
    if (options.transport === undefined) transport.close();
  }
  return run.finished(stopped);
}
