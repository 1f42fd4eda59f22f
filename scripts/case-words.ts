/** Single cases on the command line: which ones `--case` means, and the command that sends one again. */
import type { Operation } from '../contract/model.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { shellWord } from '../contract-tests/reporters/curl.ts';
import { listOption, type OptionValues, textOption } from './command.ts';

export interface SelectedCases {
  /** True unless none of its cases can be meant, so that others need not be planned. */
  readonly operation: (operation: Operation) => boolean;
  readonly case: (tested: Case) => boolean;
}

/** The cases named by `--case`: an id, or its beginning followed by an asterisk. Undefined when none is named. */
export function selectedCases(options: OptionValues): SelectedCases | undefined {
  const named = listOption(options, 'case');
  if (named.length === 0) return undefined;
  const exact = new Set(named);
  const beginnings = named.filter(name => name.endsWith('*')).map(name => name.slice(0, -1));
  return {
    operation: ({ key }) =>
      named.some(name => name.startsWith(`${key} `)) ||
      beginnings.some(beginning => `${key} `.startsWith(beginning) || beginning.startsWith(`${key} `)),
    case: ({ id }) => exact.has(id) || beginnings.some(beginning => id.startsWith(beginning)),
  };
}

/** What was given for this run and must be given again for one case of it. */
const REPEATED = [
  ['depth', '--depth'],
  ['seed', '--seed'],
  ['stageKind', '--stage-kind'],
  ['config', '--config'],
  ['ca', '--ca'],
  ['cert', '--cert'],
  ['key', '--key'],
] as const;
const SWITCHES = [
  ['undeclaredProperties', '--undeclared-properties'],
  ['undeclaredHeaders', '--undeclared-headers'],
  ['insecure', '--insecure'],
  ['allowRemote', '--allow-remote'],
  ['allowOutside', '--allow-outside'],
] as const;

/**
 * `rehearsal test URL --spec FILE --case ID`, for a shell. Headers stand in it without their values, which may be secret.
 *
 * @param stage - the word that was given, without user and password
 */
export function replayCommand(stage: string, options: OptionValues): (tested: Case) => string {
  const given = [
    ...REPEATED.flatMap(([name, flag]) => {
      const value = textOption(options, name);
      return value === undefined ? [] : [`${flag} ${shellWord(value)}`];
    }),
    ...SWITCHES.flatMap(([name, flag]) => (options[name] === true ? [flag] : [])),
    ...listOption(options, 'header').map(
      line => `--header ${shellWord(`${line.slice(0, line.indexOf(':')).trim()}: ***`)}`,
    ),
  ];
  return ({ id, operation }) =>
    [
      'rehearsal test',
      shellWord(stage),
      '--spec',
      shellWord(operation.contract.source.document.name),
      ...given,
      // A step stands on those before it.
      ...(id.startsWith(`${operation.key} sequence `) ? ['--sequences-only'] : ['--case', shellWord(id)]),
    ].join(' ');
}
