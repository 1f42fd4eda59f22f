/**
 * Tells a request that a server drops from a server that is gone. Only the first says something about the contract: sent
 * once more it is dropped again, while the server answers another.
 */
import type { Check, CheckOptions } from '../contract/checks/check.ts';
import type { Exchange } from '../contract/exchange.ts';
import { judge } from '../contract/judge.ts';
import type { Case, CaseRequest } from '../contract/plan/cases/case.ts';
import { SAFE_METHODS } from '../contract/plan/cases/options.ts';
import type { StageKind } from '../contract/stage-kind.ts';
import type { CaseOutcome } from './events.ts';
import { pause } from './pace.ts';
import type { SettleOptions } from './settle.ts';
import type { Trouble } from './transport/trouble.ts';
import type { Transport } from './transport.ts';

/** Whether a server is there, found out by asking for something else. */
export interface Presence {
  /** It has just answered. */
  readonly seen: () => void;
  readonly isThere: (baseUrl: string) => Promise<boolean>;
}

/** What of a run decides about requests that are dropped. */
export interface DropRules {
  /** Without it, nobody knows whether the server is there. */
  readonly presence?: Presence;
  readonly checks: readonly Check[];
  readonly checkOptions: CheckOptions | undefined;
  readonly stage: StageKind | undefined;
  readonly settle: SettleOptions | undefined;
}

/** Any answer will do, also that there is nothing. */
const ANYTHING: CaseRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: [],
  contentType: undefined,
  body: undefined,
};

/** Waits, one after the other, for a server that is started again after it has died of a request. */
const WAITS_MS: readonly number[] = [0, 250, 500, 1000, 2000];

export function newPresence(transport: Transport, signal?: AbortSignal): Presence {
  /** A server that was never there is not waited for, nor one that did not come back. */
  let waitsFor = false;
  let asking: Promise<boolean> | undefined;
  const ask = async (baseUrl: string): Promise<boolean> => {
    for (const wait of waitsFor ? WAITS_MS : [0]) {
      if (wait > 0) await pause(wait, signal);
      if (signal?.aborted === true) return false;
      const sent = await transport.send(baseUrl, ANYTHING);
      if (sent.kind === 'answered') return true;
    }
    waitsFor = false;
    return false;
  };
  return {
    seen: () => {
      waitsFor = true;
    },
    isThere: baseUrl => {
      asking ??= ask(baseUrl).finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}

/** Without the check that asks for it, nobody wants to know more than that there was no answer. */
export function isAskedFor({ checks, presence }: DropRules): boolean {
  return presence !== undefined && checks.some(({ asks }) => asks === 'connection');
}

/**
 * What becomes of a case that was not answered: a failure, what comes when it is sent again, or still no answer.
 *
 * @param again - sends it once more
 */
export async function afterSilence(
  { sent, trouble, baseUrl }: { readonly sent: Case; readonly trouble: Trouble; readonly baseUrl: string },
  again: () => Promise<CaseOutcome>,
  before: Pick<Exchange, 'earlier' | 'attempts'>,
  rules: DropRules,
): Promise<CaseOutcome> {
  const silent: CaseOutcome = { kind: 'unanswered', trouble };
  const { presence, checks, checkOptions, stage = 'server', settle } = rules;
  // What a step of a sequence writes, the next steps stand on, so it is written once.
  const repeatable = sent.step === undefined || SAFE_METHODS.has(sent.request.method);
  if (trouble.kind !== 'broken' || presence === undefined || !repeatable) return silent;
  if (!(await presence.isThere(baseUrl))) return silent;
  const second = await again();
  if (second.kind === 'unanswered' && !(await presence.isThere(baseUrl))) return second;
  const response = { status: 0, headers: [], body: new Uint8Array(), ms: 0, dropped: trouble.message };
  const dropped = judge({ case: sent, response, stage, ...before }, checks, checkOptions);
  if (dropped.kind !== 'failed') return silent;
  if (second.kind === 'unanswered') return second.trouble.kind === 'timeout' ? second : dropped;
  if (second.kind !== 'passed') return second;
  const failures =
    settle?.flaky === 'fail'
      ? dropped.failures
      : dropped.failures.map(failure => ({ ...failure, severity: 'warning' as const }));
  return { ...dropped, failures, flaky: true };
}
