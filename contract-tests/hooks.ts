/**
 * What the owner of a run may do around it: fetch credentials, make data, change a request, clean up. What a hook makes
 * of a negative case is looked at again, because one that mends the request would turn a right answer into an alarm.
 */
import { RehearsalError } from '../contract/errors.ts';
import { parsePathTemplate } from '../contract/http/path-template.ts';
import { hasFaults } from '../contract/plan/case-plan.ts';
import type { Case, CaseRequest } from '../contract/plan/cases/case.ts';
import { credentialHeaders } from '../contract/plan/cases/credentials.ts';
import type { CasePlanOptions } from '../contract/plan/cases/options.ts';
import type { Transition } from '../gateway/stages/stage.ts';
import type { CaseOutcome, RunSummary, TestedContract } from './events.ts';
import type { Mask } from './mask.ts';

/** Each may be asynchronous and is waited for. One that throws ends the run with `HOOK_FAILED`. */
export interface Hooks {
  /** Before the first request. What it gives is sent along and hidden in reports. */
  readonly beforeRun?: (run: HookedRun) => Awaitable<RunAdditions | Nothing>;
  /** Before each request. Gives the one to send instead, or nothing to leave it as it is. */
  readonly beforeCase?: (request: CaseRequest, planned: Case) => Awaitable<CaseRequest | Nothing>;
  /** After each case, before the next of the same worker. */
  readonly afterCase?: (outcome: CaseOutcome, planned: Case) => unknown;
  /** After the last case, also of a run that ended early: the place to remove what was made. */
  readonly afterRun?: (summary: RunSummary) => unknown;
  /** Around each turn of a canary: what it throws before a change stops the change, and never a rollback. */
  readonly onTransition?: (transition: Transition) => unknown;
}

type Awaitable<T> = T | Promise<T>;

// biome-ignore lint/suspicious/noConfusingVoidType: a hook without a return statement is the usual one.
type Nothing = undefined | void;

export interface HookedRun {
  readonly baseUrl: string;
  readonly contracts: readonly TestedContract[];
}

/** What a run gets to know only when it begins. */
export interface RunAdditions {
  /** Secrets by the name of their security scheme; they stand over those of the configuration. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** Sent with every case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The request with a header in the place of those of the same name: what most `beforeCase` hooks are for. */
export function withHeader(request: CaseRequest, name: string, value: string): CaseRequest {
  const wanted = name.toLowerCase();
  const others = request.headers.filter(([other]) => other.toLowerCase() !== wanted);
  return { ...request, headers: [...others, [name, value]] };
}

/** What a hook throws ends the run in the words it was thrown with. */
export async function calling<T>(hook: string, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof RehearsalError) throw error;
    const reason = (error instanceof Error ? error.message : String(error)).replace(/[.\s]+$/, '');
    throw new RehearsalError('HOOK_FAILED', { hook, reason }, { cause: error });
  }
}

/**
 * The options of a plan once `beforeRun` has spoken.
 *
 * @throws RehearsalError HOOK_FAILED
 */
export async function hookedPlan(
  { beforeRun }: Hooks,
  run: HookedRun,
  plan: CasePlanOptions,
  mask: Mask | undefined,
): Promise<CasePlanOptions> {
  if (beforeRun === undefined) return plan;
  const added = (await calling('beforeRun', () => beforeRun(run))) ?? {};
  const headers = Object.entries(added.headers ?? {});
  const credentials = Object.entries(added.credentials ?? {});
  mask?.learn(
    headers,
    credentials.map(([, secret]) => secret),
  );
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  const kept = (plan.headers ?? []).filter(([name]) => !named.has(name.toLowerCase()));
  return {
    ...plan,
    headers: [...kept, ...headers],
    credentials: new Map([...(plan.credentials ?? []), ...credentials]),
  };
}

export interface HookedCase {
  /** The case with the request that is sent. */
  readonly sent: Case;
  /** The hook took away what the case gets wrong on purpose, so its answer says nothing about that. */
  readonly mended: boolean;
}

/**
 * A case as `beforeCase` wants it sent.
 *
 * @throws RehearsalError HOOK_FAILED
 */
export async function hookedCase(
  beforeCase: Required<Hooks>['beforeCase'],
  planned: Case,
  mask: Mask | undefined,
): Promise<HookedCase> {
  const request =
    (await calling('beforeCase', () => beforeCase(planned.request, planned))) ?? planned.request;
  if (request === planned.request) return { sent: planned, mended: false };
  const known = new Set(planned.request.headers.map(([name, value]) => `${name.toLowerCase()}:${value}`));
  mask?.learn(
    request.headers.filter(([name, value]) => !known.has(`${name.toLowerCase()}:${value}`)),
    [],
  );
  return { sent: { ...planned, request }, mended: isMended(planned, request) };
}

function isMended({ operation, intent, breaks, request }: Case, sent: CaseRequest): boolean {
  if (intent === 'positive') return false;
  const template = parsePathTemplate(operation.path);
  if (hasFaults(operation, request, template)) return !hasFaults(operation, sent, template);
  // What no document can tell, such as a key that is not valid, is broken as long as nobody touched it.
  switch (breaks) {
    case undefined:
      return false;
    case 'parameter':
      return request.path !== sent.path || request.query !== sent.query;
    case 'body':
      return request.body !== sent.body;
    case 'content-type':
      return request.contentType !== sent.contentType;
    case 'method':
      return request.method !== sent.method;
    case 'accept':
      return valuesOf(request, new Set(['accept'])) !== valuesOf(sent, new Set(['accept']));
    case 'credentials': {
      const names = credentialHeaders(operation);
      return request.query !== sent.query || valuesOf(request, names) !== valuesOf(sent, names);
    }
    default:
      return breaks satisfies never;
  }
}

function valuesOf({ headers }: CaseRequest, names: ReadonlySet<string>): string {
  return JSON.stringify(headers.filter(([name]) => names.has(name.toLowerCase())));
}
