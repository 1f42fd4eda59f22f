/**
 * What neither a mock nor a client could say, found by planning every answer and making a value for every part of a
 * request: where none is found, the document asks for something that nobody can send.
 */
import type { Schema } from '../model.ts';
import { mockPlan } from '../plan/mock-plan.ts';
import type { Problem } from '../problem.ts';
import { sample } from '../schema/sample.ts';
import type { Survey } from './survey.ts';

/** The rules say these themselves, of every example and not only of those that are answered with. */
const SAID_BY_RULES = new Set(['example-invalid', 'example-external', 'response-body-forbidden']);

/** The problems of answers and requests. */
export function planProblems(survey: Survey): readonly Problem[] {
  return [...answerProblems(survey), ...requestProblems(survey)];
}

function answerProblems({ contract }: Survey): readonly Problem[] {
  return contract.operations.flatMap(operation => {
    const plan = mockPlan(operation);
    for (const answer of plan.answers) void [answer.headers, answer.body];
    return plan.problems.filter(({ rule }) => !SAID_BY_RULES.has(rule));
  });
}

function requestProblems({ parameters, mediaTypes }: Survey): readonly Problem[] {
  const schemas: (Schema | undefined)[] = parameters.map(({ schema }) => schema);
  for (const { mediaType, way } of mediaTypes) if (way === 'request') schemas.push(mediaType.schema);
  return schemas.flatMap(schema => {
    const made = schema === undefined ? { value: null } : sample(schema, { direction: 'request' });
    return 'value' in made
      ? []
      : [{ rule: 'sample-impossible', severity: 'warning' as const, ...made.problem }];
  });
}
