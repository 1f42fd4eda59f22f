/**
 * What becomes of the steps of sequences while nobody knows whether the server has a memory: which sequences are worth
 * sending, and what of an answer still counts. Pure; the runner and Postman's sandbox go by this.
 */
import type { Failure } from './checks/check.ts';
import { CHECKS } from './checks/index.ts';
import { type Exchange, isAccepted } from './exchange.ts';
import type { Sequence } from './sequences/sequence.ts';
import { type Memory, memoryShown } from './sequences/state.ts';

/** What is known about the server behind a contract. */
export interface ContractMemory {
  /** Some resource of it has shown that the server keeps what it is told. */
  kept: boolean;
  /** Some resource of it has shown that the server does not. */
  none: boolean;
}

/** What is known about a resource. */
export interface GroupMemory {
  memory: Memory | undefined;
  /** Nothing could be made. */
  refused: boolean;
}

/** Why a sequence is not sent; undefined when it is. */
export function reasonAgainst(
  { remembers, probes }: Pick<Sequence, 'remembers' | 'probes'>,
  group: GroupMemory,
  contract: ContractMemory,
): 'stateless' | 'step-failed' | undefined {
  if (!remembers) return undefined;
  if (group.memory === 'none') return 'stateless';
  if (probes !== undefined) return undefined;
  if (group.refused) return 'step-failed';
  return group.memory === 'kept' || contract.kept ? undefined : 'stateless';
}

/** Whether claims mean anything of this server, as far as the exchanges of a sequence show by now, which is noted. */
export function isTrusted(
  sequence: Pick<Sequence, 'remembers' | 'probes'>,
  exchanges: readonly Exchange[],
  group: GroupMemory,
  contract: ContractMemory,
): boolean {
  if (sequence.probes !== undefined) group.memory = memoryShown(sequence, exchanges);
  if (group.memory === 'kept') contract.kept = true;
  if (group.memory === 'none') contract.none = true;
  return !sequence.remembers || group.memory === 'kept' || (group.memory !== 'none' && contract.kept);
}

/** Notes at the end of a probing sequence whether anything could be made. */
export function noteRefusal(
  { probes }: Pick<Sequence, 'probes'>,
  exchanges: readonly Exchange[],
  group: GroupMemory,
): void {
  if (probes?.made === undefined) return;
  const maker = exchanges.findLast(({ case: { step } }) => step?.index === probes.made);
  group.refused = maker === undefined || !isAccepted(maker);
}

/** The checks that a server without a memory cannot pass. */
const CLAIM_CHECKS: ReadonlySet<string> = new Set(
  CHECKS.filter(({ samples }) => samples.failing.claims !== undefined).map(({ name }) => name),
);

/** True where a later answer to the same may be better: a server may need a moment to show what it was told. */
export function failsClaim(failures: readonly Failure[]): boolean {
  return failures.some(({ check }) => CLAIM_CHECKS.has(check));
}

/** What is left of the outcome of a step on a server of which nobody knows whether it has a memory. */
export type Claimless =
  | { readonly kind: 'as-it-is' }
  | { readonly kind: 'stateless' }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[] };

/** @param outcome - of a step whose answer came */
export function withoutClaims(
  outcome:
    | { readonly kind: 'passed' }
    | { readonly kind: 'not-judged'; readonly reason: string }
    | { readonly kind: 'failed'; readonly failures: readonly Failure[] },
  { case: { step } }: Exchange,
): Claimless {
  if ((step?.claims.length ?? 0) === 0 || outcome.kind === 'not-judged') return { kind: 'as-it-is' };
  if (outcome.kind === 'passed') return { kind: 'stateless' };
  const failures = outcome.failures.filter(({ check }) => !CLAIM_CHECKS.has(check));
  return failures.length > 0 ? { kind: 'failed', failures } : { kind: 'stateless' };
}

/** Refusals that another body of the same step may escape. */
export const WRONG_BODY: ReadonlySet<number> = new Set([400, 409, 422]);

/** Shares of the patience after which the same is asked again. */
export const PAUSES: readonly number[] = [0.1, 0.3, 0.6];

/** How long a server may take to show what it was told, unless somebody says otherwise. */
export const PATIENCE_MS = 1000;
