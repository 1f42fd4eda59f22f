/**
 * The case plan: per operation the requests worth sending, each proved right or wrong as it stands on the wire. The
 * runner, the vitest suites and Postman's items all read this. Lazy: a case is made when it is asked for, because a
 * large document has tens of thousands of them.
 */
import { matchPath, type PathTemplate } from '../http/path-template.ts';
import { validateRequest, type WireRequest } from '../http/request.ts';
import type { Operation } from '../model.ts';
import { acceptCases } from './cases/accept-cases.ts';
import { anonymousCases } from './cases/anonymous.ts';
import { basisOf } from './cases/basis.ts';
import { boundaryCases } from './cases/boundary-cases.ts';
import type { Case, CaseRequest, Expectation, Skipped, SkipReason } from './cases/case.ts';
import { newCaseIds } from './cases/case-id.ts';
import { contentCases } from './cases/content-cases.ts';
import { credentialCases } from './cases/credential-cases.ts';
import type { Basis, Draft, Skip, Step } from './cases/draft.ts';
import { methodCases } from './cases/method-cases.ts';
import { negativeCases } from './cases/negative.ts';
import { type CasePlanOptions, SAFE_METHODS } from './cases/options.ts';
import { type OwnPath, ownPath } from './cases/other-routes.ts';
import { pairCases } from './cases/pair-cases.ts';
import { positiveCases } from './cases/positive.ts';
import { newRepeats } from './cases/repeats.ts';
import { assemble } from './cases/request-parts.ts';
import { unusualTextCases } from './cases/unusual-texts.ts';

export interface CasePlan extends Iterable<Case> {
  readonly operation: Operation;
  /** What was not made, by reason. Complete once all cases have been taken. */
  readonly skipped: readonly Skipped[];
}

/** Words kept of each reason. */
const EXAMPLES_KEPT = 3;

/**
 * The cases of one operation, in a fixed order: positive, negative, credentials, around the body, Accept, methods, boundaries,
 * unusual texts, optional parts in pairs. The same document and options
 * give the same cases, byte for byte.
 *
 * @example
 * ```ts
 * import { casePlan } from './contract/plan/case-plan.ts';
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\npaths: { /pets: { get: { responses: { "200": {} } } } }\n');
 * for (const operation of contract?.operations ?? []) {
 *   for (const { id, request } of casePlan(operation)) console.log(id, request.method, request.path);
 * }
 * ```
 */
export function casePlan(operation: Operation, options: CasePlanOptions = {}): CasePlan {
  let skipped = new Map<SkipReason, Count>();
  return {
    operation,
    get skipped() {
      return [...skipped.values()];
    },
    [Symbol.iterator]: () => {
      skipped = new Map();
      return cases(operation, options, skip => count(skipped, operation, skip));
    },
  };
}

function* cases(
  operation: Operation,
  options: CasePlanOptions,
  skip: (skip: Skip) => void,
): Generator<Case, undefined> {
  const skips: Skip[] = [];
  const basis = basisOf(operation, options, skips);
  for (const known of skips) skip(known);
  if (basis === undefined) return;
  const prover = newProver(basis);
  const idOf = newCaseIds(operation.key);
  const { maxCases = Number.POSITIVE_INFINITY } = options;
  let made = 0;
  for (const step of stepsOf(basis)) {
    if (step.kind === 'skip') {
      skip(step);
      continue;
    }
    if (options.safe === true && !SAFE_METHODS.has(step.parts.method)) {
      skip({ kind: 'skip', reason: 'unsafe', what: step.name });
      continue;
    }
    const proved = prover(step);
    if (proved === undefined) continue;
    if ('reason' in proved) {
      skip(proved);
      continue;
    }
    made += 1;
    if (made > maxCases) {
      skip({ kind: 'skip', reason: 'limit', what: step.name });
      continue;
    }
    const { intent } = step;
    yield {
      id: idOf(intent, step.words ?? step.name, step.name),
      operation,
      intent,
      breaks: step.breaks,
      name: step.name,
      why: step.why,
      request: proved,
      expectation: expectationOf(operation, step),
    };
  }
}

function* stepsOf(basis: Basis): Generator<Step> {
  yield* positiveCases(basis);
  yield* negativeCases(basis);
  yield* anonymousCases(basis);
  yield* credentialCases(basis);
  yield* contentCases(basis);
  yield* acceptCases(basis);
  yield* methodCases(basis);
  yield* boundaryCases(basis);
  yield* unusualTextCases(basis);
  yield* pairCases(basis);
}

/** An operation that documents no success cannot be asked for one, nor an example whose answer is a failure. */
function expectationOf({ responses }: Operation, { expectation, mayFail }: Draft): Expectation {
  if (expectation !== 'accepted' || responses.length === 0) return expectation;
  if (mayFail === true) return 'any';
  return responses.some(({ status }) => /^[23]|^default$/.test(status)) ? 'accepted' : 'any';
}

/**
 * Puts a draft on the wire and holds it against the document: a positive one must be without fault, a negative one
 * must have one. Undefined for a request that was made before under another name.
 */
function newProver(basis: Basis): (draft: Draft) => CaseRequest | Skip | undefined {
  const { operation, least } = basis;
  const { template } = least;
  const own = ownPath(operation, template);
  const routed = new Map<string, boolean>();
  const routes = (path: string): boolean => {
    let known = routed.get(path);
    if (known === undefined) routed.set(path, (known = isOwnRoute(path, template, own)));
    return known;
  };
  const repeated = newRepeats();
  return draft => {
    const skip = (reason: SkipReason): Skip => ({ kind: 'skip', reason, what: draft.name });
    const request = assemble(draft.parts);
    if (request === undefined) return skip('no-sample');
    if (!routes(request.path)) return skip('other-route');
    if (repeated(request, draft.expectation)) return undefined;
    if (draft.certain === true) return request;
    const faulty = hasFaults(operation, request, template);
    if (draft.intent === 'positive') {
      return faulty ? skip(draft.fromExample ? 'example-invalid' : 'sample-invalid') : request;
    }
    return faulty ? request : skip('valid-on-the-wire');
  };
}

/** Servers and proxies drop empty segments and those of dots, so such a path is no longer the operation's. */
function isOwnRoute(path: string, template: PathTemplate, own: OwnPath): boolean {
  if (template.names.length === 0) return true;
  return !/\/(?:\.|%2e){0,2}(?=\/|$)/i.test(path.replace(/\/$/, '')) && own(path);
}

/** True when a request breaks its operation's rules as it stands on the wire. */
export function hasFaults(operation: Operation, request: CaseRequest, template: PathTemplate): boolean {
  return (
    validateRequest(operation, wireRequest(request), matchPath(template, request.path) ?? NOTHING).faults
      .length > 0
  );
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** The request as a server sees it: what the transport adds is there too. */
function wireRequest({ method, path, query, headers, contentType, body }: CaseRequest): WireRequest {
  const named: Record<string, string> = { host: 'localhost', connection: 'keep-alive', accept: '*/*' };
  for (const [name, value] of headers) named[name.toLowerCase()] = value;
  if (contentType !== undefined) named['content-type'] = contentType;
  if (body !== undefined) named['content-length'] = String(body.length);
  return { method, path, query, headers: named, body };
}

interface Count extends Skipped {
  count: number;
  readonly examples: string[];
}

function count(skipped: Map<SkipReason, Count>, operation: Operation, { reason, what }: Skip): void {
  let known = skipped.get(reason);
  if (known === undefined) skipped.set(reason, (known = { reason, count: 0, examples: [] }));
  known.count += 1;
  if (known.examples.length < EXAMPLES_KEPT) known.examples.push(`${operation.key}: ${what}`);
}
