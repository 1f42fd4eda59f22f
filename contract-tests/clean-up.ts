/**
 * Removes at the end of a run what its single cases made; sequences remove what is theirs. What an answer shows to be
 * new is noted as it comes, so that an interrupted run can remove it too, and what stays is counted and named.
 */
import type { Exchange } from '../contract/exchange.ts';
import type { Contract, Operation } from '../contract/model.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import type { CasePlanOptions } from '../contract/plan/cases/options.ts';
import type { ConfiguredHints } from '../contract/sequences/hints.ts';
import type { Unremovable } from '../contract/sequences/made.ts';
import { type Removal, removals } from '../contract/sequences/removal.ts';
import { baseUrlOf } from './base-url.ts';
import type { CleanUpSummary, LeftBehind, LeftReason } from './events.ts';
import { type CaseSender, sendCase } from './send-case.ts';

export interface CleanUpOptions {
  /** Leaves everything where it is. */
  readonly off?: boolean;
  /** The DELETEs that may be sent, whether they are tested or not. Default: all that are documented. */
  readonly mayRemove?: (operation: Operation) => boolean;
}

export interface CleanUp {
  /** Takes note of what an answer shows to have been made. */
  readonly note: (exchange: Exchange) => void;
  /** Nothing of a contract is removed when its server keeps nothing. */
  readonly forget: (contract: Contract) => void;
  /** Removes everything, what stands under something else first. */
  readonly end: (sender: CaseSender, last: LastRequests) => Promise<CleanUpSummary>;
}

export interface LastRequests {
  /** Whether there is somebody left to send them to. */
  readonly reachable: boolean;
  /** How long they may take. Default: however long it takes. */
  readonly forMs?: number;
  /** Requests under way at once; a few are enough. */
  readonly concurrency: number;
}

/** Many servers lock what they write to. */
const MOST_AT_ONCE = 4;
/** Named of each reason; whoever has to remove things by hand wants to know which. */
const NAMED = 20;

/** @param plan - with the credentials of the run */
export function newCleanUp(
  baseUrl: string,
  plan: CasePlanOptions,
  { mayRemove = () => true }: CleanUpOptions,
  hints: ConfiguredHints,
): CleanUp {
  const removalOf = new Map<Contract, (exchange: Exchange) => Removal | undefined>();
  /** By address, since several answers may speak of one thing. */
  const made = new Map<string, Made>();
  const left = new Map<LeftReason, LeftBehind>();
  /** Of contracts whose things have no address. */
  const staying: { readonly contract: Contract; readonly reason: Unremovable; readonly what: string }[] = [];
  const leave = (reason: LeftReason, what: string): void => {
    const { count, examples } = left.get(reason) ?? { count: 0, examples: [] };
    left.set(reason, {
      reason,
      count: count + 1,
      examples: examples.length < NAMED ? [...examples, what] : examples,
    });
  };
  return {
    note: exchange => {
      const { contract } = exchange.case.operation;
      let find = removalOf.get(contract);
      if (find === undefined)
        removalOf.set(contract, (find = removals(contract, { ...plan, hints, mayRemove })));
      const removal = find(exchange);
      if (removal === undefined) return;
      if (removal.kind === 'stays') {
        staying.push({ contract, reason: removal.reason, what: exchange.case.id });
        return;
      }
      const { planned } = removal;
      const base = baseUrlOf(planned.operation, baseUrl);
      made.set(`${base} ${planned.request.path}`, { planned, base });
    },
    forget: contract => {
      for (const [address, { planned }] of made)
        if (planned.operation.contract === contract) made.delete(address);
      for (let index = staying.length - 1; index >= 0; index -= 1)
        if (staying[index]?.contract === contract) staying.splice(index, 1);
    },
    end: async (sender, { reachable, forMs = Number.POSITIVE_INFINITY, concurrency }) => {
      for (const { reason, what } of staying) leave(reason, what);
      const all = [...made.values()].toReversed();
      const until = performance.now() + forMs;
      const gone = reachable
        ? await removeAll(
            all,
            quietly(sender),
            { until, workers: Math.min(MOST_AT_ONCE, concurrency) },
            leave,
          )
        : 0;
      if (!reachable) for (const { planned } of all) leave('unanswered', nameOf(planned));
      return { removed: gone, left: [...left.values()] };
    },
  };
}

/** It is no case: nothing is judged or sent again, and only the hook that has a say in requests is asked. */
function quietly({ transport, stage, mask, hooks: { beforeCase } }: CaseSender): CaseSender {
  const hooks = beforeCase === undefined ? {} : { beforeCase };
  return { transport, checks: [], checkOptions: undefined, stage, hooks, mask, settle: undefined };
}

interface Made {
  readonly planned: Case;
  readonly base: string;
}

/** What is refused because something else still needs it is asked for once more when that is gone. */
async function removeAll(
  all: readonly Made[],
  sender: CaseSender,
  { until, workers }: { readonly until: number; readonly workers: number },
  leave: (reason: LeftReason, what: string) => void,
): Promise<number> {
  let removed = 0;
  const remove = async (some: readonly Made[], last: boolean): Promise<readonly Made[]> => {
    const later: Made[] = [];
    await each(some, workers, async one => {
      const status = await statusOf(one, sender, until);
      const name = nameOf(one.planned);
      if (status === undefined) leave('unanswered', name);
      else if (isGone(status)) removed += 1;
      else if (status === 409 && !last) later.push(one);
      else leave('refused', `${name}: ${status}`);
    });
    return later;
  };
  const needed: Made[] = [];
  const byDepth = Map.groupBy(all, ({ planned }) => planned.request.path.split('/').length);
  for (const depth of [...byDepth.keys()].toSorted((a, b) => b - a))
    needed.push(...(await remove(byDepth.get(depth) ?? [], false)));
  await remove(needed, true);
  return removed;
}

async function each(
  all: readonly Made[],
  workers: number,
  work: (one: Made) => Promise<void>,
): Promise<void> {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: Math.max(1, workers) }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}

/** The status that DELETE is answered with; undefined when it is not, or when there is no time to wait for it. */
async function statusOf(
  { planned, base }: Made,
  sender: CaseSender,
  until: number,
): Promise<number | undefined> {
  const leftMs = until - performance.now();
  if (leftMs <= 0) return undefined;
  const sending = sendCase(planned, base, sender).then(
    ({ outcome }) => (outcome.kind === 'unanswered' ? undefined : outcome.exchange.response.status),
    // A hook that fails here has failed before, or is told of by the others.
    () => undefined,
  );
  return leftMs === Number.POSITIVE_INFINITY ? sending : Promise.race([sending, after(leftMs)]);
}

function after(ms: number): Promise<undefined> {
  return new Promise(resolve => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
}

/** Deleted now, or already. */
function isGone(status: number): boolean {
  return (status >= 200 && status < 300) || status === 404 || status === 410;
}

function nameOf({ request: { method, path } }: Case): string {
  return `${method} ${path}`;
}
