/** What reports of a canary say alike, in words. */
import { eValue, percent } from '../decide.ts';
import type { Outlook } from '../decision.ts';
import type { BreakRecord, CanaryRecord, EvidenceRecord, SideRecord, TrialRecord } from './canary-record.ts';

export const DECISION_WORDS: Readonly<Record<CanaryRecord['decision'], string>> = {
  promote: 'promote',
  rollback: 'roll back',
  inconclusive: 'inconclusive',
};

/** `1204 answers: 1083 of the baseline, 121 of the canary (10 % expected)`. */
export function answersText({ counts, share }: CanaryRecord): string {
  const { baseline, canary, unknown } = counts.answers;
  const parts = [
    `${baseline} of the baseline`,
    `${canary} of the canary (${percent(share)} expected)`,
    ...(unknown > 0 ? [`${unknown} of nobody knows which`] : []),
    ...(counts.traffic > 0 ? [`${counts.traffic} to others`] : []),
    ...(counts.repeats > 0 ? [`${counts.repeats} to repeats`] : []),
    ...(counts.unanswered > 0 ? [`${counts.unanswered} requests not answered`] : []),
  ];
  return `${baseline + canary + unknown} answers: ${parts.join(', ')}`;
}

/** `2 of 121 (1.65 %)`. */
export function rateText({ answers, failed }: Pick<SideRecord, 'answers' | 'failed'>): string {
  return answers === 0 ? 'none' : `${failed} of ${answers} (${percent(failed / answers)})`;
}

/** `E = 0.31 of 28.6`. */
export function evidenceText({
  log10E,
  log10Needed,
}: Pick<EvidenceRecord, 'log10E' | 'log10Needed'>): string {
  return `E = ${eOf(log10E)} of ${eOf(log10Needed)}`;
}

export function eOf(log10E: number): string {
  return eValue(log10E * Math.LN10);
}

/** How far evidence has come from nothing to enough, from 0 to 1. */
export function progressOf({ log10E, log10Needed }: Pick<EvidenceRecord, 'log10E' | 'log10Needed'>): number {
  return Math.max(0, Math.min(1, log10E / log10Needed));
}

/** What kind of break it is, as far as repeats have shown. */
export function breakKind({ trials, failed }: Pick<BreakRecord, 'trials' | 'failed'>): string {
  const states = new Set(trials.map(({ state }) => state));
  if (states.has('break')) return 'canary only, each time';
  if (states.has('both')) return 'on both sides';
  if (failed.canary === 0) return 'baseline only';
  if (states.has('sometimes')) return 'sometimes';
  return trials.some(wasRepeated) ? 'not repeated often enough' : 'not repeated';
}

/** False for one that a decision came before. */
export function wasRepeated({ failed, clean }: TrialRecord): boolean {
  return failed.canary + failed.baseline + clean.canary + clean.baseline > 0;
}

/** Worst first: what rolled back, then the canary's own, then what both have. */
export function breaksInOrder(breaks: readonly BreakRecord[]): readonly BreakRecord[] {
  const rank = ({ trials, failed }: BreakRecord): number => {
    if (trials.some(({ state }) => state === 'break')) return 0;
    if (trials.some(({ state }) => state === 'both')) return 2;
    return failed.canary > 0 ? 1 : 3;
  };
  return breaks.toSorted((a, b) => rank(a) - rank(b) || b.failed.canary - a.failed.canary);
}

/** What a promotion would still take; nothing where nothing lacks. */
export function outlookLines({ lacks, canaryAnswers, requests, minutes }: Outlook): readonly string[] {
  if (lacks.length === 0) return [];
  if (canaryAnswers === undefined || requests === undefined)
    return [...lacks, 'No number of answers would do while the sides differ as they do.'];
  if (canaryAnswers === 0) return lacks;
  const time = minutes === undefined ? '' : `, ${minutesText(minutes)} at the present rate`;
  return [...lacks, `About ${canaryAnswers} more answers of the canary: ${requests} requests${time}.`];
}

function minutesText(minutes: number): string {
  if (minutes < 1) return 'less than a minute';
  const whole = Math.ceil(minutes);
  return whole === 1 ? 'a minute' : `${whole} minutes`;
}

/** `5 % for a wrong roll-back (0.5 % breaks, 3.5 % failure rates, 1 % latency), 5 % for a wrong promotion`. */
export function alphaText({ settings: { alpha } }: CanaryRecord): string {
  return `${percent(alpha.rollback)} for a wrong roll-back (${percent(alpha.breaks)} breaks, ${percent(alpha.rates)} failure rates, ${percent(alpha.latency)} latency), ${percent(alpha.promote)} for a wrong promotion`;
}

export function latencyText({ latency }: CanaryRecord): string | undefined {
  if (latency === undefined) return undefined;
  const { medianMs, ratio, tolerance, budget } = latency;
  const { baseline, canary } = medianMs;
  if (baseline === undefined || canary === undefined) return undefined;
  const times = ratio === undefined ? '' : `, ${ratio.toFixed(2)} times in the median over cases`;
  const over =
    budget === undefined
      ? ''
      : `; over ${budget.limitMs} ms: ${rateText(budget.over.baseline)} and ${rateText(budget.over.canary)}, ${percent(budget.share)} may`;
  return `${baseline} ms on the baseline, ${canary} ms on the canary${times} (${percent(tolerance)} more is tolerated)${over}`;
}
