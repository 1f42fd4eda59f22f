/** The options by which a command is told which checks to ask. Knows none of them, so that defining options loads none. */
import type { Command } from 'commander';

/** The options of checks, by the names under which their values are found. */
export const CHECK_OPTIONS: readonly string[] = [
  'check',
  'severity',
  'undeclaredProperties',
  'undeclaredHeaders',
  'maxResponseTime',
];

/** @param when - where they mean nothing by themselves: `with --proxy, ` */
export function defineCheckOptions(command: Command, when = ''): void {
  const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
    ...(before ?? []),
    value,
  ];
  command
    .option(
      '--check <name>',
      `${when}only this check of those in docs/reference/checks.md; give it again for more`,
      collect,
    )
    .option(
      '--severity <check=level>',
      `${when}how much a check weighs: error breaks the contract, warning is only told, off is not asked; give it again for more`,
      collect,
    )
    .option('--undeclared-properties', `${when}call properties that the document does not name an error`)
    .option('--undeclared-headers', `${when}call headers that the document does not name an error`)
    .option('--max-response-time <milliseconds>', `${when}call a slower answer an error`);
}
