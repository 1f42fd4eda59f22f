/** What the client gets in the place of an answer that breaks the document. */
import type { Failure } from '../../contract/checks/check.ts';
import { CHECKS } from '../../contract/checks/index.ts';
import type { Operation } from '../../contract/model.ts';
import type { CaseOutcome } from '../../contract-tests/events.ts';
import { type Reply, refuse } from '../../mock-server/problem.ts';

/** Lists grow with the answer, so there is an end to them. */
const MOST_LISTED = 20;

/** What is wrong with the answer itself. That the server should have refused the request does not make it a broken one. */
export function errorsOf(outcome: CaseOutcome): readonly Failure[] {
  if (outcome.kind !== 'failed') return [];
  return outcome.failures.filter(
    ({ check, severity }) =>
      severity === 'error' && CHECKS.find(({ name }) => name === check)?.asks !== 'refusal',
  );
}

export function brokenAnswer({ key }: Operation, status: number, failures: readonly Failure[]): Reply {
  const ways = failures.length === 1 ? 'one way' : `${failures.length} ways`;
  const detail = `The real server's answer to ${key}, status ${status}, breaks the document in ${ways}.`;
  const listed = failures.slice(0, MOST_LISTED).map(({ check, received, documented, instance }) => ({
    check,
    received: received.toWellFormed(),
    documented: documented.toWellFormed(),
    ...(instance === undefined ? {} : { pointer: instance.toWellFormed() }),
  }));
  const reply = refuse({ kind: 'broken-answer', detail });
  // What breaks an answer is told in other words than what breaks a request.
  const body = String(reply.body).replace(/\}$/, `,"failures":${JSON.stringify(listed)}}`);
  return { ...reply, body };
}
