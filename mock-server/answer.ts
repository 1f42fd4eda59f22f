/**
 * A request to an operation, answered: held against the contract, refused in the document's own words where it breaks
 * it, else given the answer of the mock plan that it asks for. Browser-safe, and the same for every server of ours.
 */
import { contentCoding } from '../contract/http/content.ts';
import {
  describeFault,
  type RequestFault,
  validateRequest,
  type WireRequest,
} from '../contract/http/request.ts';
import type { Json } from '../contract/json/value.ts';
import type { Operation } from '../contract/model.ts';
import type { AnswerHeader } from '../contract/plan/answer-headers.ts';
import { hasNoBody } from '../contract/plan/answer-status.ts';
import { dynamicAnswer } from '../contract/plan/dynamic-answer.ts';
import { type Answer, type MockPlan, mockPlan } from '../contract/plan/mock-plan.ts';
import { withProblemStatus } from '../contract/plan/problem-status.ts';
import type { Problem } from '../contract/problem.ts';
import { acceptable, chooseAnswer, responseWith } from './choose-answer.ts';
import { echoed } from './echo.ts';
import {
  mergePreferences,
  NO_PREFERENCES,
  type Preferences,
  parsePrefer,
  preferenceApplied,
  type QueryPreferences,
  queryPreferences,
} from './prefer.ts';
import {
  headerText,
  type RefusalDetails,
  type RefusalKind,
  type Reply,
  refuse,
  refuseWith,
  WARNING_HEADER,
} from './problem.ts';
import { type RequestExample, requestExample, requestExamples } from './request-example.ts';

export interface AnswerOptions {
  /** Hears the problems that an operation's use brings to light, each once. */
  readonly onProblem?: (problem: Problem) => void;
  /**
   * What becomes of a request that breaks the contract: refused (`on`, the default), answered with a header that says
   * what is wrong (`warn`), or answered as if nothing were (`off`).
   */
  readonly validate?: Validation;
  /** Puts path, query and header values into properties of the same name in the answer, where its schema allows them. */
  readonly echo?: boolean;
}

export type Validation = 'on' | 'warn' | 'off';

/**
 * Answers one request. The reply of an unremarkable request is the same object each time, so that a server may keep
 * what it made of it.
 *
 * @param variables - of the path, still percent-encoded
 */
export type Answerer = (
  operation: Operation,
  request: WireRequest,
  variables: ReadonlyMap<string, string>,
) => Reply;

/**
 * An answerer with memory: what an operation needs is made on its first request and kept.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { createAnswerer } from './mock-server/answer.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { get: { responses: { "204": {} } } } }\n');
 * const [operation] = contract?.operations ?? [];
 * const request = { method: 'GET', path: '/pets', query: '', headers: {}, body: undefined };
 * if (operation !== undefined) console.log(createAnswerer()(operation, request, new Map()).status); // 204
 * ```
 */
export function createAnswerer(options: AnswerOptions = {}): Answerer {
  const known = new WeakMap<Operation, Prepared>();
  const tell = options.onProblem === undefined ? undefined : problemTeller(options.onProblem);
  return (operation, request, variables) => {
    let prepared = known.get(operation);
    if (prepared === undefined) {
      prepared = prepare(operation);
      known.set(operation, prepared);
    }
    const reply = respond(prepared, operation, request, variables, options);
    tell?.(operation, prepared.plan);
    return reply;
  };
}

interface Prepared {
  readonly plan: MockPlan;
  /** Replies to requests without preferences, by their Accept header. */
  readonly byAccept: Map<string, Reply>;
  /** The document's own answer to each kind of refusal; undefined where it has none. */
  readonly errors: Map<RefusalKind, DocumentedError | undefined>;
  /** Replies made of answers as they are. */
  readonly whole: WeakMap<Answer, Reply>;
  /** Requests that have an answer of their own name. */
  readonly examples: readonly RequestExample[];
}

/** Accept headers come from strangers, so only so many are remembered. */
const MOST_ACCEPTS = 32;

function prepare(operation: Operation): Prepared {
  return {
    plan: mockPlan(operation),
    byAccept: new Map(),
    errors: new Map(),
    whole: new WeakMap(),
    examples: requestExamples(operation),
  };
}

function respond(
  prepared: Prepared,
  operation: Operation,
  request: WireRequest,
  variables: ReadonlyMap<string, string>,
  { validate = 'on', echo = false }: AnswerOptions,
): Reply {
  const accept = headerOf(request, 'accept');
  const prefer = headerOf(request, 'prefer');
  const wished = request.query.includes('__') ? queryWishes(operation, request) : undefined;
  const asked = wished === undefined ? request : { ...request, query: wished.query };
  const paired = prepared.examples.length > 0;
  const checked = validate !== 'off' || paired || echo;
  const { faults, values, body } = checked ? validateRequest(operation, asked, variables) : UNCHECKED;
  const broken = faults.length > 0 && validate !== 'off';
  if (broken && validate === 'on') return refuseFaults(prepared, operation, faults, accept);
  if (validate === 'on' && asked.body !== undefined) {
    const coding = contentCoding(asked.headers);
    if (coding !== undefined && !declaresCoding(operation))
      return refused(prepared, codedBody(coding), accept);
  }
  const likely = paired ? requestExample(prepared.examples, { values, body }) : undefined;
  if (prefer === undefined && wished === undefined && likely === undefined && !echo && !broken) {
    return usual(prepared, accept);
  }
  const preferences = mergePreferences(parsePrefer(prefer), wished?.preferences ?? NO_PREFERENCES);
  const reply = preferred(prepared, preferences, accept, likely, echo ? values : NO_VALUES);
  return broken ? warned(reply, faults) : reply;
}
const NO_VALUES: ReadonlyMap<string, Json> = new Map();
/**
 * Nothing says that a body may come in this coding, and what is in it cannot be seen.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16
 */
function codedBody(coding: string): RefusalDetails {
  return {
    kind: 'unsupported-media-type',
    detail: `Content-Encoding: must be identity, is ${JSON.stringify(coding)}`,
    headers: [['Accept-Encoding', 'identity']],
  };
}

function declaresCoding({ parameters }: Operation): boolean {
  return parameters.some(
    ({ in: place, name }) => place === 'header' && name.toLowerCase() === 'content-encoding',
  );
}

const UNCHECKED = { faults: [], values: NO_VALUES, body: undefined };

function queryWishes(operation: Operation, { query }: WireRequest): QueryPreferences | undefined {
  const declared = (name: string): boolean =>
    operation.parameters.some(parameter => parameter.in === 'query' && parameter.name === name);
  const found = queryPreferences(query, declared);
  return found.query === query ? undefined : found;
}

function usual(prepared: Prepared, accept: string | undefined): Reply {
  const key = accept ?? '*/*';
  let reply = prepared.byAccept.get(key);
  if (reply === undefined) {
    const choice = chooseAnswer(prepared.plan, NO_PREFERENCES, accept);
    reply = 'kind' in choice ? refused(prepared, choice, accept) : whole(prepared, choice.answer);
    if (prepared.byAccept.size < MOST_ACCEPTS && key.length < 500) prepared.byAccept.set(key, reply);
  }
  return reply;
}

function preferred(
  prepared: Prepared,
  preferences: Preferences,
  accept: string | undefined,
  likely: string | undefined,
  values: ReadonlyMap<string, Json>,
): Reply {
  const choice = chooseAnswer(prepared.plan, preferences, accept, likely);
  if ('kind' in choice) return refused(prepared, choice, accept);
  const { status } = choice;
  // A range or `default` may stand for a status that has no body, such as 204.
  const bodiless = hasNoBody(status);
  const { code, example, dynamic, seed, delay } = preferences;
  const made =
    dynamic === true && example === undefined && !bodiless
      ? dynamicAnswer(choice.answer, seed ?? DYNAMIC_SEED)
      : undefined;
  const answer =
    values.size === 0 || bodiless ? (made ?? choice.answer) : echoed(made ?? choice.answer, values);
  const applied = preferenceApplied({
    code,
    example,
    dynamic: dynamic === true && made === undefined ? undefined : dynamic,
    seed: made === undefined ? undefined : seed,
    delay,
  });
  if (applied === '' && answer === choice.answer) return whole(prepared, answer);
  const headers = bodiless ? answer.headers.filter(([name]) => name !== 'Content-Type') : answer.headers;
  return {
    status,
    headers: applied === '' ? headers : [...headers, ['Preference-Applied', applied]],
    body: bodiless ? undefined : bodyFor(answer, status),
    lasting: false,
    ...(delay === undefined ? {} : { delay }),
  };
}

/** The body of an answer that is sent with a status which may not be its own. */
function bodyFor(answer: Answer, status: number): Uint8Array | undefined {
  const { body, content, origin } = answer;
  const itsOwn = status === answer.status && origin === 'example';
  return body === undefined || itsOwn ? body : withProblemStatus(content, body, status);
}

/** The seed of bodies made on demand when none is given: 0 would only repeat the plainest value. */
const DYNAMIC_SEED = 1;

/** The answer to a request that breaks its contract when that is allowed: as it is, with the faults in a header. */
function warned(reply: Reply, faults: readonly RequestFault[]): Reply {
  const text = headerText(faults.map(describeFault).join('; '));
  return { ...reply, headers: [...reply.headers, [WARNING_HEADER, text]], lasting: false };
}

function whole({ whole: kept }: Prepared, answer: Answer): Reply {
  let reply = kept.get(answer);
  if (reply === undefined) {
    reply = { status: answer.status, headers: answer.headers, body: answer.body, lasting: true };
    kept.set(answer, reply);
  }
  return reply;
}

/** One refusal for all faults of a request: who may not ask is not told what was wrong with the asking. */
function refuseFaults(
  prepared: Prepared,
  operation: Operation,
  faults: readonly RequestFault[],
  accept: string | undefined,
): Reply {
  if (faults.some(isAboutSecurity)) {
    const security = faults.filter(isAboutSecurity);
    const headers: readonly AnswerHeader[] = [['WWW-Authenticate', challenges(operation)]];
    return refused(prepared, { ...detailsOf('unauthenticated', security), headers }, accept);
  }
  if (faults.some(isAboutType)) {
    return refused(prepared, detailsOf('unsupported-media-type', faults.filter(isAboutType)), accept);
  }
  return refused(prepared, detailsOf('invalid-request', faults), accept);
}

function isAboutSecurity({ where }: RequestFault): boolean {
  return where === 'security';
}

function isAboutType({ where }: RequestFault): boolean {
  return where === 'content-type';
}

function detailsOf(kind: RefusalKind, faults: readonly RequestFault[]): RefusalDetails {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return {
    kind,
    detail: first === undefined ? '' : `${describeFault(first)}${more}`,
    violations: faults,
  };
}

/**
 * The statuses under which a document may tell of a refusal, the best first. Each is looked for written out; then its
 * range and `default` are asked for the first.
 */
const STATUSES: Readonly<Partial<Record<RefusalKind, readonly number[]>>> = {
  unauthenticated: [401, 403],
  'unsupported-media-type': [415],
  'invalid-request': [400, 422],
  'not-acceptable': [406],
};

interface DocumentedError {
  readonly status: number;
  readonly answers: readonly Answer[];
}

/** The document's own error where it has one, else ours. */
function refused(prepared: Prepared, details: RefusalDetails, accept: string | undefined): Reply {
  const { kind } = details;
  if (!prepared.errors.has(kind)) prepared.errors.set(kind, documentedError(prepared.plan, kind));
  const error = prepared.errors.get(kind);
  const answer = error && (acceptable(error.answers, accept) ?? error.answers[0]);
  if (error === undefined || answer === undefined) return refuse(details);
  const reply = whole(prepared, answer);
  const { status } = error;
  return refuseWith(
    status === answer.status ? reply : { ...reply, body: bodyFor(answer, status) },
    status,
    details,
  );
}

function documentedError(plan: MockPlan, kind: RefusalKind): DocumentedError | undefined {
  const statuses = STATUSES[kind];
  const [first] = statuses ?? [];
  // What only users of mocks ask for, no document has an answer to.
  if (statuses === undefined || first === undefined) return undefined;
  const exact = statuses.find(status => plan.responses.some(({ statusKey }) => statusKey === String(status)));
  const status = exact ?? first;
  const response = responseWith(plan, status);
  return response && { status, answers: response.answers };
}

/** The challenges of a 401 (RFC 9110, 11.6.1), one for each way in. */
function challenges({ security, contract }: Operation): string {
  const realm = `realm="${quotable(contract.title)}"`;
  const ways = new Set<string>();
  for (const { scheme } of security.flat()) {
    switch (scheme?.kind) {
      case 'http':
        ways.add(`${/^[\w-]+$/.test(scheme.scheme) ? titleCase(scheme.scheme) : 'Unknown'} ${realm}`);
        break;
      case 'oauth2':
      case 'openIdConnect':
        ways.add(`Bearer ${realm}`);
        break;
      case 'apiKey':
        ways.add(`ApiKey ${realm}, in="${scheme.in}", name="${quotable(scheme.parameter)}"`);
        break;
      case 'mutualTLS':
      case undefined:
        break;
      default:
        scheme satisfies never;
    }
  }
  return ways.size === 0 ? `Unknown ${realm}` : [...ways].join(', ');
}

/** Titles and names come from documents; a header holds visible ASCII. */
function quotable(text: string): string {
  return text.replace(/[^\x20-\x7e]|["\\]/g, '?');
}

function titleCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

/** Of a header sent more than once, all of them: both headers asked for here are lists. */
function headerOf({ headers }: WireRequest, name: 'accept' | 'prefer'): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value.join(', ');
}

/** Tells each problem of contracts and plans once. Both lists only grow, so a length tells what is new. */
function problemTeller(
  onProblem: (problem: Problem) => void,
): (operation: Operation, plan: MockPlan) => void {
  const told = new WeakMap<object, number>();
  const tellFrom = (owner: object, problems: readonly Problem[]): void => {
    const before = told.get(owner) ?? 0;
    if (problems.length === before) return;
    told.set(owner, problems.length);
    for (const problem of problems.slice(before)) onProblem(problem);
  };
  return ({ contract }, plan) => {
    tellFrom(contract, contract.problems);
    tellFrom(plan, plan.problems);
  };
}
