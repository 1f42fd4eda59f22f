/** What a mock could not answer with, found by planning every answer: the document contradicts itself there. */
import { mockPlan } from '../plan/mock-plan.ts';
import type { Problem } from '../problem.ts';
import type { Survey } from './survey.ts';

/** The rules say these themselves, of every example and not only of those that are answered with. */
const SAID_BY_RULES = new Set(['example-invalid', 'example-external', 'response-body-forbidden']);

export function planProblems({ contract }: Survey): readonly Problem[] {
  return contract.operations.flatMap(operation => {
    const plan = mockPlan(operation);
    for (const answer of plan.answers) void [answer.headers, answer.body];
    return plan.problems.filter(({ rule }) => !SAID_BY_RULES.has(rule));
  });
}
