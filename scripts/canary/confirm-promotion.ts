/**
 * After a promotion: the contract tests once more, of what production is now, with the sequences, whose steps one side
 * answers now. What production broke before is no news.
 */
import type { CaseOutcome, Listener } from '../../contract-tests/events.ts';
import { run } from '../../contract-tests/run.ts';
import type { SettleOptions } from '../../contract-tests/settle.ts';
import type { Judgement } from '../../gateway/stages/canary/ramp.ts';
import type { CommandContext, OptionValues } from '../command.ts';
import { prepareRun } from '../prepared-run.ts';
import { settlingOf } from '../settle-options.ts';
import type { OpenCanary } from './open-canaries.ts';

/** What fails now and then was weighed by the judge; only what fails each time counts here. */
const RETRIES = 5;

/**
 * @param known - breaks that production had as well as the canary
 * @throws RehearsalError those of `prepareRun` and of the run, but for a stage that does not answer
 */
export async function confirmPromotion(
  { stage, tested }: OpenCanary,
  known: readonly string[],
  signal: AbortSignal,
  options: OptionValues,
  context: CommandContext,
): Promise<Judgement> {
  const news = new Set<string>();
  const listener: Listener = event => {
    if (event.kind !== 'case-finished') return;
    for (const broken of newBreaks(event.case.operation.key, event.outcome, known)) news.add(broken);
  };
  const prepared = await prepareRun(stage.name, [tested], options, context);
  const accepted = await acceptedBreaks(options, context);
  const stop = (): void => prepared.close();
  signal.addEventListener('abort', stop);
  try {
    const { transport } = await prepared.open(signal);
    const settle = { retries: RETRIES, repeatWrites: true, flaky: 'warn' as const, ...accepted };
    const summary = await run({ ...prepared.run, transport, settle, signal, listeners: [listener] });
    if (summary.stopped === 'interrupted') return { kind: 'interrupted' };
    const [first, ...others] = news;
    if (first !== undefined) {
      const more = others.length === 0 ? '' : `, and ${others.length} more`;
      return { kind: 'bad', reason: `${first}${more}.` };
    }
    return summary.verdict === 'inconclusive'
      ? { kind: 'unsure', reason: summary.reason ?? 'Nothing could be judged.' }
      : { kind: 'good', reason: `${summary.cases} cases keep the contract.` };
  } finally {
    signal.removeEventListener('abort', stop);
    prepared.close();
  }
}

/**
 * What `--baseline` accepts.
 *
 * @throws RehearsalError BASELINE_INVALID
 */
export async function acceptedBreaks(
  options: OptionValues,
  context: CommandContext,
): Promise<Pick<SettleOptions, 'known'>> {
  const { test: settings } = await context.config();
  const { settle } = await settlingOf(options, settings, context, Date.now());
  return settle.known === undefined ? {} : { known: settle.known };
}

/** `GET /pets breaks response-body`. */
function newBreaks(operation: string, outcome: CaseOutcome, known: readonly string[]): readonly string[] {
  if (outcome.kind !== 'failed' || outcome.flaky === true) return [];
  return outcome.failures
    .filter(({ severity }) => severity === 'error')
    .filter(({ check, source }) => {
      const place = `${source.document.name}#${source.pointer}`;
      return !known.includes(breakKey(operation, check, place));
    })
    .map(({ check }) => `${operation} breaks ${check}`);
}

/** A break by the clause that is broken. */
export function breakKey(operation: string, check: string, place: string): string {
  return `${operation} ${check} ${place}`;
}
