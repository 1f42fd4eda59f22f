/** How sure a decision about a canary has to be: options over the stage's budgets over what is usual. */
import type { CheckCanaryOptions } from '../../contract-tests/canary/check-options.ts';
import { numberOption, type OptionValues } from '../command.ts';
import type { GatewayStageConfig } from '../config/config.ts';
import { usage } from '../select-cases.ts';
import { wholeNumber } from '../whole-number.ts';

const USUAL_ALPHA = 0.05;

/**
 * @param looks - how many there are: each gets its part of the chance to roll back a healthy canary, and as a canary is
 * promoted only when all of them find it good, none needs to be surer than one alone
 * @throws RehearsalError USAGE
 */
export function judgeOptions(
  options: OptionValues,
  { budgets = {} }: GatewayStageConfig,
  looks: number,
): NonNullable<CheckCanaryOptions['judge']> {
  const alpha = share(options, 'alpha', 0.5) ?? budgets.alpha ?? USUAL_ALPHA;
  const margin = share(options, 'margin', 1) ?? budgets.failureRate;
  const tolerance = share(options, 'slowdown', 100) ?? budgets.slowdown;
  const minimumAnswers = wholeNumber(options, 'minAnswers', 1, 1_000_000) ?? budgets.answers;
  return {
    alpha: alpha / looks,
    promoteAlpha: alpha,
    ...(margin === undefined ? {} : { margin }),
    ...(minimumAnswers === undefined ? {} : { minimumAnswers }),
    ...latencyOf(options, tolerance),
  };
}

function latencyOf(
  options: OptionValues,
  tolerance: number | undefined,
): Pick<NonNullable<CheckCanaryOptions['judge']>, 'latency'> {
  if (options['latency'] === false) return { latency: false };
  return tolerance === undefined ? {} : { latency: { tolerance } };
}

/** @throws RehearsalError USAGE */
export function limitsOf(
  options: OptionValues,
  { budgets = {} }: GatewayStageConfig,
): Pick<CheckCanaryOptions, 'maxRequests' | 'maxMs'> {
  const maxRequests = wholeNumber(options, 'maxRequests', 1, 1_000_000_000);
  const minutes = numberOption(options, 'maxMinutes') ?? budgets.minutes;
  if (minutes !== undefined && !(minutes > 0 && minutes <= 10_080))
    throw usage(
      `--max-minutes takes minutes up to 10080, a week, not ${String(options['maxMinutes'])}.`,
      'canary',
    );
  return {
    ...(maxRequests === undefined ? {} : { maxRequests }),
    ...(minutes === undefined ? {} : { maxMs: minutes * 60_000 }),
  };
}

/** A number above 0 and below the most that makes sense. */
function share(options: OptionValues, name: string, most: number): number | undefined {
  const value = numberOption(options, name);
  if (value === undefined || (value > 0 && value < most)) return value;
  throw usage(
    `--${name} takes a number above 0 and below ${most}, not ${JSON.stringify(options[name])}.`,
    'canary',
  );
}
