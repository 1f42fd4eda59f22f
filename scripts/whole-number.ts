/** Whole numbers of the command line. */
import { numberOption, type OptionValues } from './command.ts';
import { usage } from './select-cases.ts';

/**
 * A whole number within bounds, or undefined when it was not given.
 *
 * @throws RehearsalError USAGE for anything else
 */
export function wholeNumber(
  options: OptionValues,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const value = numberOption(options, name);
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  const flag = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw usage(`--${flag} takes a whole number ${range}, not ${JSON.stringify(options[name])}.`);
}
