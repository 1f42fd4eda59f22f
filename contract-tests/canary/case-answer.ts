/** An answer to a case of ours as the judge sees it. */
import type { Answer } from './answer.ts';
import { brokenClauses } from './canary-findings.ts';
import type { AttributedOutcome } from './send-attributed.ts';

/** What came of a case; nobody knows the side of what was not answered. */
export function answerOf({ asked, sent, outcome, side }: AttributedOutcome): Answer {
  const about = { source: 'cases' as const, side, operation: asked.operation, case: sent.id };
  switch (outcome.kind) {
    case 'passed':
      return { ...about, failed: false, judged: true, ms: outcome.exchange.response.ms };
    case 'failed': {
      const failed = brokenClauses({ asked, sent, outcome, side, requestId: undefined }).length > 0;
      return { ...about, failed, judged: true, ms: outcome.exchange.response.ms };
    }
    case 'not-judged': {
      // A canary that refuses what the baseline takes is worse, whatever its reasons.
      const failed = outcome.reason === 'credentials-refused' || outcome.reason === 'rate-limited';
      return { ...about, failed, judged: false, ms: undefined };
    }
    case 'unanswered':
      return { ...about, side: 'unknown', failed: true, judged: false, ms: undefined };
  }
}
