/** An answer of the mock plan with another body: made from the schema with a seed, or a value put into its place. */
import type { Json } from '../json/value.ts';
import { sampledBody, valueBody } from './answer-body.ts';
import type { Answer } from './mock-plan.ts';

/**
 * The answer with a body made from its schema, never an invalid one. Undefined where it has no body, no schema, or
 * none that a value is known for.
 *
 * @param seed - the same seed makes the same bytes
 * @example
 * ```ts
 * import { dynamicAnswer } from './contract/plan/dynamic-answer.ts';
 * import { mockPlan } from './contract/plan/mock-plan.ts';
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract } = contractFromText(
 *   'openapi: 3.1.1\npaths: { /: { get: { responses: { "200": { content: { application/json: { schema: { type: integer } } } } } } } }\n',
 * );
 * const answer = contract?.operations.map(mockPlan)[0]?.answers[0];
 * if (answer !== undefined) console.log(dynamicAnswer(answer, 7)?.origin); // sample
 * ```
 */
export function dynamicAnswer(answer: Answer, seed: number): Answer | undefined {
  const { content, mediaType } = answer;
  if (content === undefined || mediaType === undefined) return undefined;
  const made = sampledBody({ content, mediaType, report: () => {} }, seed);
  return made && withBody(answer, made.contentType, made.bytes, 'sample');
}

/** The JSON answer with another value; undefined where the schema does not allow it there. */
export function answerWith(answer: Answer, value: Json): Answer | undefined {
  const { content, mediaType } = answer;
  if (content === undefined || mediaType === undefined) return undefined;
  const made = valueBody({ content, mediaType, report: () => {} }, value);
  return made && withBody(answer, made.contentType, made.bytes, answer.origin);
}

function withBody(answer: Answer, contentType: string, bytes: Uint8Array, origin: Answer['origin']): Answer {
  const { status, statusKey, content, declaredType, mediaType } = answer;
  const declared = answer.headers.filter(([name]) => name !== 'Content-Type');
  return {
    status,
    statusKey,
    content,
    declaredType,
    mediaType,
    name: undefined,
    origin,
    headers: [['Content-Type', contentType], ...declared],
    // An operation of HEAD has none either way.
    body: answer.body === undefined ? undefined : bytes,
  };
}
