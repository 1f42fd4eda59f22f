/** What somebody wishes of a ramp: options over the configuration, and undefined where nobody said anything. */
import { type OptionValues, textOption } from '../command.ts';
import type { CanaryConfig } from '../config/config.ts';
import { usage } from '../select-cases.ts';
import type { RampWishes } from './first-journal.ts';

/** @throws RehearsalError USAGE */
export function rampWishes(options: OptionValues, config: CanaryConfig = {}): RampWishes {
  const ending = textOption(options, 'then') ?? config.ending;
  if (ending !== undefined && ending !== 'promote' && ending !== 'hold')
    throw usage(`--then takes promote or hold, not ${JSON.stringify(ending)}.`, 'canary');
  return { steps: stepsOf(options) ?? config.steps, ending, afresh: options['afresh'] === true };
}

function stepsOf(options: OptionValues): readonly number[] | undefined {
  const text = textOption(options, 'steps');
  if (text === undefined) return undefined;
  const steps = text.split(',').map(word => (word.trim() === '' ? Number.NaN : Number(word)));
  const refuse = (why: string) => usage(`--steps takes percentages such as 5,25,50: ${why}.`, 'canary');
  if (steps.some(step => Number.isNaN(step))) throw refuse(`${JSON.stringify(text)} has none`);
  if (steps.some(step => step < 0 || step > 100)) throw refuse('each from above 0 to below 100');
  if (steps.includes(0)) throw refuse('with 0 % there is nothing of the canary to judge');
  if (steps.includes(100)) throw refuse('with 100 % there is nothing left to compare the canary with');
  if (steps.some((step, index) => step <= (steps[index - 1] ?? 0)))
    throw refuse('each more than the one before');
  return steps;
}
