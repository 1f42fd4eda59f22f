/** Which checks a run asks, how much each of them weighs, and what they are told: from the command line and the configuration. */
import type { Check, CheckOptions, FailureSeverity } from '../contract/checks/check.ts';
import { CHECKS } from '../contract/checks/index.ts';
import { listOption, numberOption, type OptionValues } from './command.ts';
import type { TestConfig } from './config/config.ts';
import { requireKnown, usage } from './select-cases.ts';

export type CheckLevel = FailureSeverity | 'off';

const LEVELS: readonly CheckLevel[] = ['error', 'warning', 'off'];

/** Options that are words of their own for asking an optional check. */
const OPTION_CHECKS: Readonly<Record<string, string>> = {
  undeclaredProperties: 'undeclared-properties',
  undeclaredHeaders: 'undeclared-headers',
};

/**
 * The checks to ask: those named by `--check`, else all that are not optional; more and fewer by `--severity`, `--exclude`, the
 * configuration and the options that ask an optional check.
 *
 * @throws RehearsalError USAGE for an unknown check or level
 */
export function selectChecks(options: OptionValues, config: TestConfig = {}): readonly Check[] {
  const named = listOption(options, 'check');
  // What is no check is an operation or a tag, and asked for there.
  const excluded = listOption(options, 'exclude');
  for (const name of named) requireCheck(name);
  const levels = levelsOf(options, config);
  return CHECKS.flatMap(check => {
    const level = levels.get(check.name);
    const byOption = Object.entries(OPTION_CHECKS).some(
      ([option, name]) => name === check.name && options[option] === true,
    );
    const asked =
      byOption ||
      (named.length > 0 ? named.includes(check.name) : check.optional !== true || level !== undefined);
    if (
      !asked ||
      excluded.includes(check.name) ||
      (level === 'off' && !byOption && !named.includes(check.name))
    )
      return [];
    return level === undefined || level === 'off' ? [check] : [{ ...check, severity: level }];
  });
}

/** What the checks are told beside the exchange. */
export function checkOptionsOf(options: OptionValues, config: TestConfig = {}): CheckOptions {
  const given = numberOption(options, 'maxResponseTime');
  if (given !== undefined && !(given > 0)) {
    throw usage(
      `--max-response-time takes a number of milliseconds, not ${JSON.stringify(options['maxResponseTime'])}.`,
    );
  }
  const maxResponseMs = given ?? config.maxResponseTime;
  return maxResponseMs === undefined ? {} : { maxResponseMs };
}

/** The command line stands over the configuration. */
function levelsOf(options: OptionValues, { checks = {} }: TestConfig): ReadonlyMap<string, CheckLevel> {
  const levels = new Map<string, CheckLevel>();
  const set = (name: string, level: string): void => {
    requireCheck(name);
    const known = LEVELS.find(candidate => candidate === level);
    if (known === undefined)
      throw usage(`The severity of ${name} is ${LEVELS.join(', ')}, not ${JSON.stringify(level)}.`);
    levels.set(name, known);
  };
  for (const [name, level] of Object.entries(checks)) set(name, level);
  for (const pair of listOption(options, 'severity')) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw usage(`--severity takes CHECK=LEVEL, not ${JSON.stringify(pair)}.`);
    set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
  }
  return levels;
}

function requireCheck(name: string): void {
  requireKnown(
    'check',
    name,
    CHECKS.map(check => check.name),
  );
}
