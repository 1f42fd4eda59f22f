/**
 * The mock plan: what an operation can answer, in order, and what chooses each answer. Everything that answers in the
 * place of an API (the mock server, MSW, API Gateway's mock integrations, saved responses) reads this and nothing else
 * of the document. Bodies are made when they are first read, and kept.
 */
import { lazy } from '../build/context.ts';
import type { MediaType, Operation, Response } from '../model.ts';
import type { Problem } from '../problem.ts';
import { type AnswerBody, exampleBody, usualBody } from './answer-body.ts';
import { type AnswerHeader, answerHeaders } from './answer-headers.ts';
import { hasNoBody, statusFor, usualKey } from './answer-status.ts';
import { concreteMediaType } from './concrete-media-type.ts';
import { withProblemStatus } from './problem-status.ts';

export interface MockPlan {
  readonly operation: Operation;
  /** The response given when nothing else is asked for first, then the others in document order. */
  readonly responses: readonly PlannedResponse[];
  /** All answers of all responses, in that order; never empty. The first is the one given by itself. */
  readonly answers: readonly Answer[];
  /** What of the document could not be answered with. Grows as answers are read. */
  readonly problems: readonly Problem[];
}

export interface PlannedResponse {
  /** `200`, `4XX` or `default`; undefined for an operation that declares no response. */
  readonly statusKey: string | undefined;
  readonly status: number;
  /** Media types in document order, each with its named examples in theirs; never empty. */
  readonly answers: readonly Answer[];
}

export interface Answer {
  readonly status: number;
  /** The key in `responses` that it is an answer of. */
  readonly statusKey: string | undefined;
  /** What the document says about the body; undefined for an answer without one. */
  readonly content: MediaType | undefined;
  /** The media type or range as the document writes it; undefined for an answer without a body. */
  readonly declaredType: string | undefined;
  /** The media type without wildcards that it is sent with, before a boundary is added. */
  readonly mediaType: string | undefined;
  /** Of the example it was made from, when that has one. */
  readonly name: string | undefined;
  /** An example of the media type, one of its schema, made by us, or nothing to send. */
  readonly origin: 'example' | 'schema' | 'sample' | 'empty';
  /** `Content-Type` first, then the declared headers in document order, named as the document names them. */
  readonly headers: readonly AnswerHeader[];
  readonly body: Uint8Array | undefined;
}

const plans = new WeakMap<Operation, MockPlan>();

/**
 * The mock plan of an operation; the same one each time.
 *
 * @example
 * ```ts
 * import { mockPlan } from './contract/plan/mock-plan.ts';
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { get: { responses: { "204": {} } } } }\n');
 * const [operation] = contract?.operations ?? [];
 * if (operation !== undefined) console.log(mockPlan(operation).answers[0]?.status); // 204
 * ```
 */
export function mockPlan(operation: Operation): MockPlan {
  let plan = plans.get(operation);
  if (plan === undefined) {
    plan = makePlan(operation);
    plans.set(operation, plan);
  }
  return plan;
}

function makePlan(operation: Operation): MockPlan {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const report = (problem: Problem): void => {
    const key = `${problem.rule} ${problem.source.document.uri}#${problem.source.pointer}`;
    if (!seen.has(key)) problems.push(problem);
    seen.add(key);
  };
  const responses = planResponses(operation, report);
  const answers = lazy(() => responses.flatMap(response => response.answers));
  return {
    operation,
    responses,
    get answers() {
      return answers();
    },
    problems,
  };
}

function planResponses(operation: Operation, report: (problem: Problem) => void): readonly PlannedResponse[] {
  const keys = operation.responses.map(response => response.status);
  const planned: PlannedResponse[] = [];
  for (const response of operation.responses) {
    const status = statusFor(response.status, keys);
    if (status === undefined) {
      report(unreachable(response));
      continue;
    }
    const answers = lazy(() => answersOf(operation, response, status, report));
    planned.push({
      statusKey: response.status,
      status,
      get answers() {
        return answers();
      },
    });
  }
  const usual = usualKey(planned.map(({ statusKey = '' }) => statusKey));
  const ordered = planned.toSorted((a, b) => Number(b.statusKey === usual) - Number(a.statusKey === usual));
  return ordered.length > 0 ? ordered : [{ statusKey: undefined, status: 200, answers: [NOTHING] }];
}

/** For an operation without responses: the document asks for nothing, so nothing is said. */
const NOTHING: Answer = {
  status: 200,
  statusKey: undefined,
  content: undefined,
  declaredType: undefined,
  mediaType: undefined,
  name: undefined,
  origin: 'empty',
  headers: [],
  body: undefined,
};

function answersOf(
  operation: Operation,
  response: Response,
  status: number,
  report: (problem: Problem) => void,
): readonly Answer[] {
  const headers = lazy(() => answerHeaders(response, status, report));
  if (response.content.length === 0 || hasNoBody(status)) {
    if (response.content.length > 0) report(bodyImpossible(response, status));
    return [emptyAnswer(response, status, headers)];
  }
  return response.content.flatMap(content => {
    const place = { content, mediaType: concreteMediaType(content), report };
    const named = content.examples.flatMap(example => {
      const body = example.name === undefined ? undefined : exampleBody(place, example);
      return body === undefined ? [] : [{ name: example.name, body: lazy(body) }];
    });
    const bodies = named.length > 0 ? named : [{ name: undefined, body: lazy(() => usualBody(place)) }];
    return bodies.map(({ name, body }) =>
      fullAnswer(operation, response, status, content, place.mediaType, name, body, headers),
    );
  });
}

function emptyAnswer(response: Response, status: number, headers: () => readonly AnswerHeader[]): Answer {
  return {
    status,
    statusKey: response.status,
    content: undefined,
    declaredType: undefined,
    mediaType: undefined,
    name: undefined,
    origin: 'empty',
    get headers() {
      return headers();
    },
    body: undefined,
  };
}

function fullAnswer(
  operation: Operation,
  response: Response,
  status: number,
  content: MediaType,
  mediaType: string,
  name: string | undefined,
  body: () => AnswerBody,
  declared: () => readonly AnswerHeader[],
): Answer {
  const headers = lazy((): readonly AnswerHeader[] => [['Content-Type', body().contentType], ...declared()]);
  // What a document's example says of its own status is the document's word.
  const bytes = lazy(() =>
    response.status === String(status) && body().origin === 'example'
      ? body().bytes
      : withProblemStatus(content, body().bytes, status),
  );
  return {
    status,
    statusKey: response.status,
    content,
    declaredType: content.mediaType,
    mediaType,
    name,
    get origin() {
      return body().origin;
    },
    get headers() {
      return headers();
    },
    get body() {
      return operation.method === 'HEAD' ? undefined : bytes();
    },
  };
}

function unreachable(response: Response): Problem {
  const interim = response.status.startsWith('1');
  return {
    rule: 'response-not-answered',
    severity: 'note',
    message: interim
      ? `The response ${response.status} is never answered with: a status of 100 to 199 does not end an exchange.`
      : `The response ${response.status} is never answered with: every status it stands for has a response of its own.`,
    source: response.source,
    fix: interim ? 'Declare the response that follows it.' : 'Remove it, or one of the responses beside it.',
  };
}

function bodyImpossible(response: Response, status: number): Problem {
  return {
    rule: 'response-body-forbidden',
    severity: 'warning',
    message: `A response with status ${status} has no body, so its content is left out.`,
    source: response.source,
    fix: 'Remove "content" here, or give the response another status.',
  };
}
