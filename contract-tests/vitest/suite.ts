/**
 * The cases of a document as tests of vitest: a `describe` for each operation, a `test` for each case. What vitest does
 * with tests (filters, retries, shards, reports) it does with these.
 */
import { afterAll, beforeAll, describe, type TaskMeta, type TestContext, test } from 'vitest';
import type { Operation } from '../../contract/model.ts';
import type { Case, Skipped, SkipReason } from '../../contract/plan/cases/case.ts';
import type { CasePlanOptions } from '../../contract/plan/cases/options.ts';
import { newCaseQueue, type Progress } from '../case-queue.ts';
import { hookedPlan } from '../hooks.ts';
import { newSequencePlans } from '../run.ts';
import { skippedText } from '../summary-text.ts';
import { tagsOf } from './case-tags.ts';
import { newSuiteRun, type SuiteOptions, type SuiteRun } from './suite-run.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Of a contract test, for reporters. */
    rehearsal?: { readonly case: string; readonly seed: number };
  }
}

/**
 * Registers all tests of a document, in the order in which `run` sends. Nothing is sent before the first of them runs but
 * what `beforeRun` sends: which cases there are depends on the credentials that it gives.
 *
 * @throws RehearsalError HOOK_FAILED
 */
export async function contractSuite(given: SuiteOptions): Promise<void> {
  const { hooks = {}, mask } = given;
  const hooked = { baseUrl: given.baseUrl, contracts: [given.tested] };
  const options = { ...given, plan: await hookedPlan(hooks, hooked, given.plan ?? {}, mask) };
  const { name, tested, select = () => true, baseUrl, plan, sequences = {}, concurrent = true } = options;
  const { seed = 0 } = plan;
  const run = newSuiteRun(options);
  describe(name, () => {
    beforeAll(run.begin);
    // However long it takes to remove what was made.
    afterAll(run.end, 0);
    const operations = sequences.only === true ? [] : tested.contract.operations.filter(select);
    const all = plannedCases(operations, baseUrl, plan);
    for (const [progress, cases] of all) {
      const { operation, skipped } = progress;
      describe(operation.key, { concurrent }, () => {
        const titles = new Set<string>();
        for (const planned of cases) {
          let title = `${planned.intent}: ${planned.name}`;
          if (titles.has(title)) title = `${title} (${planned.id.slice(operation.key.length + 1)})`;
          titles.add(title);
          const meta = { rehearsal: { case: planned.id, seed } };
          taggedTest(title, tagsOf(planned), meta, context => run.take(planned, progress, context));
        }
        if (cases.length === 0) notMade('no case could be made', skipped);
      });
    }
    const left = leftOut([...all.keys()].flatMap(({ skipped }) => skipped));
    if (left.length > 0) notMade('cases that were not made', left);
    sequenceTests(options, run);
  });
}

function plannedCases(
  operations: readonly Operation[],
  baseUrl: string,
  plan: CasePlanOptions,
): ReadonlyMap<Progress, readonly Case[]> {
  const all = new Map<Progress, Case[]>();
  const casesOf = (progress: Progress): Case[] => {
    const known = all.get(progress) ?? [];
    all.set(progress, known);
    return known;
  };
  const queue = newCaseQueue(operations, baseUrl, plan, casesOf);
  for (let next = queue.next(); next !== undefined; next = queue.next())
    casesOf(next.progress).push(next.planned);
  return all;
}

/** One test for each sequence, after all single cases; they are sent together, since one shows what another may claim. */
function sequenceTests({ tested, select, sequences = {}, plan = {} }: SuiteOptions, run: SuiteRun): void {
  const { seed = 0 } = plan;
  const wanted = { contracts: [tested], sequences, ...(select === undefined ? {} : { select }) };
  const [planned] = newSequencePlans(wanted, plan);
  const all = [...(planned ?? [])];
  if (all.length === 0) return;
  describe('sequences', () => {
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to know what is asked for.
    beforeAll(({}, { tasks }) => {
      const chosen = tasks.flatMap(({ mode, meta }) => (mode === 'run' ? (meta.rehearsal?.case ?? []) : []));
      return run.takeSequences(new Set(chosen));
    }, 0);
    for (const { id, name, writes } of all) {
      const meta = { rehearsal: { case: id, seed } };
      const tags = ['sequence', writes ? 'write' : 'read'];
      taggedTest(`${name} (${id})`, tags, meta, context => run.tellSequence(id, context));
    }
    const left = leftOut((planned?.unplanned ?? []).map(({ reason }) => ({ reason, count: 1 })));
    if (left.length > 0) notMade('sequences that were not made', left);
  });
}

function leftOut(all: readonly Pick<Skipped, 'reason' | 'count'>[]): readonly Skipped[] {
  const counts = new Map<SkipReason, number>();
  for (const { reason, count } of all) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count, examples: [] }));
}

/** A test that is always skipped, so that every report shows what was left out and why. */
function notMade(title: string, skipped: readonly Skipped[]): void {
  test(title, ({ skip }) => skip(skipped.map(skippedText).join(', ')));
}

/** Tags that the configuration of vitest does not have, found out one by one. */
const undeclared = new Set<string>();

/** A test with those of its tags that are declared: for any other, vitest throws before it registers the test. */
function taggedTest(
  title: string,
  tags: readonly string[],
  meta: Partial<TaskMeta>,
  body: (context: TestContext) => Promise<void>,
): void {
  for (;;) {
    const declared = tags.filter(tag => !undeclared.has(tag));
    try {
      // However long it takes: each request has a time of its own, and a stage may set the pace.
      test(title, { ...(declared.length === 0 ? {} : { tags: declared }), meta, timeout: 0 }, body);
      return;
    } catch (error) {
      const unknown = declared.find(tag => String(error).includes(`"${tag}"`));
      if (unknown === undefined) throw error;
      undeclared.add(unknown);
    }
  }
}
