/**
 * What the tests of a document have in common while they run: the connections, the hooks, the counts. Sends and judges
 * with what `run` uses, and says with vitest's words what came of a case.
 */
import type { TestContext } from 'vitest';
import { DEFAULT_CHECKS } from '../../contract/checks/index.ts';
import type { Case } from '../../contract/plan/cases/case.ts';
import type { Sequence } from '../../contract/sequences/sequence.ts';
import type { SequencePlan } from '../../contract/sequences/sequence-plan.ts';
import { missingBasePath } from '../base-url.ts';
import { newProgress, type Progress } from '../case-queue.ts';
import { newPresence } from '../dropped.ts';
import type { CaseOutcome, TestedContract } from '../events.ts';
import { calling } from '../hooks.ts';
import type { Mask } from '../mask.ts';
import { cleanUpOf, newSequencePlans, type RunOptions } from '../run.ts';
import { runSequences } from '../run-sequences.ts';
import { type CaseSender, sendCase } from '../send-case.ts';
import { LEFT_SHOWN, leftBehindLines, SKIPPED_BECAUSE } from '../summary-text.ts';
import { newTally } from '../tally.ts';
import type { Transport } from '../transport.ts';
import { told, type Word, wordOf } from './outcome-text.ts';

export interface SuiteOptions
  extends Omit<
    RunOptions,
    'contracts' | 'concurrency' | 'listeners' | 'mask' | 'maxMs' | 'signal' | 'transport'
  > {
  /** The name of the outermost `describe`. */
  readonly name: string;
  readonly tested: TestedContract;
  readonly mask: Mask;
  /** Called before the first case, so that nothing is fetched for tests that are only listed. */
  readonly open: () => Promise<Transport>;
  readonly close: () => void;
  /** Cases of an operation are sent at once, as many as vitest's `maxConcurrency` says. Default: true. */
  readonly concurrent?: boolean;
}

export interface SuiteRun {
  readonly begin: () => Promise<void>;
  /** Sends a case; its test passes, fails or is skipped by what came back. */
  readonly take: (planned: Case, progress: Progress, context: TestContext) => Promise<void>;
  /** Sends the sequences of these ids, and those beside them that show whether the server has a memory. */
  readonly takeSequences: (ids: ReadonlySet<string>) => Promise<void>;
  /** Says what came of a sequence. */
  readonly tellSequence: (id: string, context: TestContext) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Requests in a row without a connection after which nobody waits for a server that was never there. */
const GONE_AFTER = 3;
/** As `run` has it when nobody chooses; sequences know their own limit. */
const CONCURRENCY = 16;

export function newSuiteRun(options: SuiteOptions): SuiteRun {
  const { tested, baseUrl, hooks = {}, mask, checks = DEFAULT_CHECKS, checkOptions, stage, settle } = options;
  const tally = newTally([]);
  const started = performance.now();
  const { plan = {} } = options;
  const cleanUp = cleanUpOf(options, plan);
  const noted = cleanUp === undefined ? {} : { noted: cleanUp.note };
  let sender: CaseSender | undefined;
  let reached = false;
  let silent = 0;
  let gone: string | undefined;
  const steps = new Map<string, Word[]>();
  const leftOut: string[] = [];

  const opened = (): CaseSender => {
    if (sender === undefined) throw new Error('A case was to be sent before the suite began.');
    return sender;
  };

  const note = (sent: Case, outcome: CaseOutcome, progress: Progress): Word => {
    if (outcome.kind !== 'unanswered') reached = true;
    else if (outcome.trouble.kind === 'unreachable' && !reached) {
      silent += 1;
      if (silent >= GONE_AFTER) gone = `${mask.text(baseUrl)} does not answer: ${outcome.trouble.message}`;
    }
    tally.finished(sent, outcome, progress);
    return wordOf(sent, outcome, baseUrl, mask);
  };

  /** A failure says more than a doubt, and whatever is wrong shall be read. */
  const say = async (words: readonly Word[], context: TestContext): Promise<void> => {
    for (const warning of words.flatMap(({ warnings }) => warnings))
      await context.annotate(warning, 'warning');
    const wrong = words.flatMap(({ error }) => error ?? []);
    const [first] = wrong;
    if (first !== undefined) {
      await context.annotate(`seed ${plan.seed ?? 0}`, 'notice');
      throw wrong.length === 1 ? first : told(first.name, wrong.map(({ message }) => message).join('\n\n'));
    }
    const doubt = words.find(({ skip }) => skip !== undefined)?.skip;
    if (doubt !== undefined) context.skip(doubt);
  };

  return {
    begin: async () => {
      const transport = await options.open();
      const presence = newPresence(transport);
      sender = { transport, checks, checkOptions, stage, hooks, mask, settle, presence, ...noted };
    },
    take: async (planned, progress, context) => {
      if (gone !== undefined) throw told('NotJudged', `could not judge: ${gone}`);
      const { sent, outcome } = await sendCase(planned, progress.baseUrl, opened());
      await say([note(sent, outcome, progress)], context);
    },
    takeSequences: async ids => {
      const { select, sequences = {} } = options;
      const wanted = { contracts: [tested], sequences, ...(select === undefined ? {} : { select }) };
      await runSequences({
        plans: newSequencePlans(wanted, plan).map(all => narrowed(all, ids)),
        options: sequences,
        sender: opened(),
        concurrency: CONCURRENCY,
        ended: () => gone !== undefined,
        begin: operation => newProgress(operation, baseUrl),
        told: (sent, outcome, progress) => {
          const id = sent.step?.sequence ?? '';
          steps.set(id, [...(steps.get(id) ?? []), note(sent, outcome, progress)]);
        },
        forgetful: () => cleanUp?.forget(tested.contract),
        skip: (reason, what) => leftOut.push(`${what}: ${SKIPPED_BECAUSE[reason]}`),
      });
    },
    tellSequence: async (id, context) => {
      const words = steps.get(id) ?? [];
      if (words.length > 0) return say(words, context);
      if (gone !== undefined) throw told('NotJudged', `could not judge: ${gone}`);
      context.skip(leftOut.find(left => left.startsWith(`${id}: `)) ?? 'no step could be made');
    },
    end: async () => {
      const operations = tested.contract.operations.length;
      const stopped = gone === undefined ? undefined : 'unreachable';
      const ms = performance.now() - started;
      const lacking = missingBasePath([tested.contract], baseUrl);
      const reachable = reached && gone === undefined;
      const cleaned =
        sender === undefined
          ? undefined
          : await cleanUp?.end(sender, { reachable, concurrency: CONCURRENCY });
      const summary = tally.end(
        { operations, leftOut: 0, stopped, unreadable: 0, cleanUp: cleaned, ms },
        lacking,
      );
      // The tests are over, so none of them can say it.
      for (const line of leftBehindLines(summary, LEFT_SHOWN))
        process.stderr.write(`note: ${tested.name}: ${mask.text(line)}\n`);
      const { afterRun } = hooks;
      try {
        if (afterRun !== undefined) await calling('afterRun', () => afterRun(summary));
      } finally {
        options.close();
      }
      // Tests that failed have said so themselves. Skipped ones alone would look like a contract that is kept.
      const { verdict, reason = '', cases, unanswered } = summary;
      if (verdict === 'inconclusive' && cases > 0 && unanswered === 0)
        throw told('NotJudged', `could not judge: ${reason}`);
    },
  };
}

/** Sequences of one group share what is known about the server's memory, so they are sent together. */
function narrowed(plan: SequencePlan, ids: ReadonlySet<string>): SequencePlan {
  const all: readonly Sequence[] = [...plan];
  const groups = new Set(all.filter(({ id }) => ids.has(id)).map(({ group }) => group));
  const chosen = all.filter(
    ({ id, group, probes }) => ids.has(id) || (groups.has(group) && probes !== undefined),
  );
  return { operations: plan.operations, unplanned: [], [Symbol.iterator]: () => chosen[Symbol.iterator]() };
}
