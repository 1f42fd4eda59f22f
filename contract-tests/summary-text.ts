/** How a run ended, in words: one line that every report for people shares. */
import type { Skipped, SkipReason } from '../contract/plan/cases/case.ts';
import type { LeftReason, NotJudged, RunSummary } from './events.ts';

export const SKIPPED_BECAUSE: Readonly<Record<SkipReason, string>> = {
  'no-sample': 'no valid value known',
  'unsupported-body': 'media type not supported',
  'no-violation': 'impossible to break',
  'no-boundary': 'impossible to reach',
  'valid-on-the-wire': 'valid once written down',
  'not-writable': 'impossible to write there',
  'example-invalid': 'example invalid',
  'example-elsewhere': 'example not in the document',
  'sample-invalid': 'not valid once written down',
  open: 'without a right answer',
  unsafe: 'not safe',
  'other-route': "another operation's path",
  'credentials-unsupported': 'credentials that cannot be sent',
  'no-lesser-credential': 'no credential of less scope given',
  method: 'method not sent',
  limit: 'over the limit',
  'not-sendable': 'impossible to send with newman',
  'step-failed': 'step before refused',
  asynchronous: 'done later by the server',
  'value-missing': 'no id or other value to go on with',
  stateless: 'server keeps no state',
  'would-write': 'would change something',
  'left-out': 'left out of sequences',
};

export const NOT_JUDGED_BECAUSE: Readonly<Record<NotJudged, string>> = {
  'changed-by-hook': 'changed by a hook',
  'credentials-refused': 'credentials refused',
  'rate-limited': 'rate limited',
  stateless: 'server keeps no state',
  'stage-cannot-refuse': 'taken, for the stage cannot refuse them',
  'stage-cannot-accept': 'refused, for the stage takes an empty value for none',
};

export const LEFT_BECAUSE: Readonly<Record<LeftReason, string>> = {
  'no-delete': 'no DELETE known for it',
  'no-id': 'no id in the answer',
  'maybe-older': 'it may have been there before',
  promised: 'made later by the server',
  refused: 'DELETE refused',
  unanswered: 'DELETE not answered',
};

/** All counts but the verdict: `2 failures in 10 cases of 3 operations; 1 not answered`. */
export function countsText(summary: RunSummary): string {
  const { cases, operations, leftOut, failures, warnings, flaky, known, unanswered, notJudged, skipped } =
    summary;
  const left = summary.cleanUp?.left ?? [];
  return [
    `${plural(failures, 'failure')} in ${plural(cases, 'case')} of ${plural(operations, 'operation')}`,
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(flaky > 0 ? [plural(flaky, 'flaky case')] : []),
    ...(known > 0 ? [plural(known, 'known failure')] : []),
    ...(unanswered > 0 ? [`${unanswered} not answered`] : []),
    ...(notJudged.size > 0 ? [`not judged: ${[...notJudged].map(notJudgedText).join(', ')}`] : []),
    ...(leftOut > 0 ? [`left out: ${plural(leftOut, 'operation')}`] : []),
    ...(skipped.length > 0 ? [`not made: ${skipped.map(skippedText).join(', ')}`] : []),
    ...(left.length > 0
      ? [`left behind: ${left.map(({ reason, count }) => `${count} (${LEFT_BECAUSE[reason]})`).join(', ')}`]
      : []),
  ].join('; ');
}

/**
 * A line for each thing of a run that stays: what somebody may want to remove by hand.
 *
 * @param most - how many are named for each reason; the rest is counted. Default: all that are known
 */
export function leftBehindLines(
  { cleanUp }: Pick<RunSummary, 'cleanUp'>,
  most: number = Number.POSITIVE_INFINITY,
): readonly string[] {
  return (cleanUp?.left ?? []).flatMap(({ reason, count, examples }) => {
    const named = examples.slice(0, most);
    const rest = count - named.length;
    return [
      ...named.map(example => `left behind: ${example} (${LEFT_BECAUSE[reason]})`),
      ...(rest > 0 ? [`left behind: ${rest} more (${LEFT_BECAUSE[reason]})`] : []),
    ];
  });
}

/** Things of each reason that people are shown at once; reports for machines and --verbose have more. */
export const LEFT_SHOWN = 3;

export function skippedText({ reason, count }: Skipped): string {
  return `${count} ${SKIPPED_BECAUSE[reason]}`;
}

function notJudgedText([reason, count]: readonly [NotJudged, number]): string {
  return `${count} ${NOT_JUDGED_BECAUSE[reason]}`;
}

/** `1 case`, `2 cases`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
