/**
 * The reporter `rehearsal` for a plain `newman run` of a generated collection: our reports, JUnit to HTML, of what newman
 * did. What `newman run … -r rehearsal` loads, and `import … from 'rehearsal/newman'` gives.
 *
 * @module
 */

import { RehearsalError } from '../contract/errors.ts';
import type { Json } from '../contract/json/value.ts';
import { createMask } from '../contract-tests/mask.ts';
import type { NewmanEmitter } from '../contract-tests/newman/newman-types.ts';
import { tellCollection } from '../contract-tests/newman/tell-collection.ts';
import { exitCodeOf } from '../contract-tests/verdict.ts';
import { readCollection } from '../postman/read-collection.ts';
import { namesOf, variablesOf } from '../postman/variables.ts';
import type { CommandContext, Output } from './command.ts';
import { credentialPlaces } from './credential-places.ts';
import { openReports } from './open-reports.ts';

export type { NewmanEmitter } from '../contract-tests/newman/newman-types.ts';

export interface NewmanReporterOptions {
  /** Reports with their files, `junit=report.xml,html=report.html`, or a file whose ending says which: `report.xml`. */
  readonly export?: string;
  /** Also what was not judged, case by case. */
  readonly verbose?: boolean | string;
}

/** What of newman's own options is looked at. */
export interface NewmanReporterRun {
  /** As newman has read it. */
  readonly collection: unknown;
  readonly environment?: unknown;
  readonly globals?: unknown;
  /** Beside the reporter `cli` people are told nothing twice. */
  readonly reporters?: string | readonly string[];
  readonly suppressExitCode?: boolean;
}

/**
 * Listens to a run of newman. Where it found nothing wrong because it could not look, the exit code becomes 3.
 *
 * @throws RehearsalError USAGE for a collection that was not generated, or a report that there is not
 * @example
 * ```ts
 * import { type NewmanEmitter, rehearsalReporter } from './scripts/newman-reporter.ts';
 *
 * export const listen = (newman: NewmanEmitter, collection: object): void =>
 *   rehearsalReporter(newman, { export: 'report.xml' }, { collection });
 * ```
 */
export function rehearsalReporter(
  newman: NewmanEmitter,
  options: NewmanReporterOptions,
  run: NewmanReporterRun,
): void {
  const collection = readCollection(plain(run.collection));
  if (collection === undefined)
    throw new RehearsalError('USAGE', {
      reason:
        'The reporter rehearsal is for collections that rehearsal generate postman made, and this is none.',
      command: 'generate',
    });
  const scopes = [run.environment, run.globals].map(plain);
  const own = plain(run.collection);
  const variable = (name: string): string | undefined => valueIn([...scopes, own], name);
  const { contract } = collection;
  const secrets = [...variablesOf(contract).credentials.values()]
    .flatMap(namesOf)
    .flatMap(([name, secret]) => (secret ? (variable(name) ?? []) : []))
    .filter(value => value !== '');
  const mask = createMask([], secrets, credentialPlaces([{ name: collection.name, contract }]));
  const reporters = typeof run.reporters === 'string' ? [run.reporters] : (run.reporters ?? []);
  const context = contextOf(reporters.includes('cli'));
  const { verbose } = options;
  const reports = openReports(
    { reporter: reportersOf(options.export), verbose: verbose !== undefined && verbose !== 'false' },
    { mask },
    context,
  );
  const untold = new Set<string>();
  tellCollection(newman, {
    collection,
    variable,
    listeners: reports.listeners,
    untold: (name, why) => untold.add(`${name}, which ${why}`),
    ended: summary => {
      reports.write();
      for (const item of untold) context.stderr.write(`note: no report tells of ${mask.text(item)}.\n`);
      const code = exitCodeOf(summary);
      if (code !== 1 && run.suppressExitCode !== true) process.exitCode = code;
    },
  });
}

/** Newman hands over objects of Postman's SDK, which know their plain form. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? {})) as Json;
}

/** The first scope that has a variable says its value. */
function valueIn(scopes: readonly Json[], name: string): string | undefined {
  for (const scope of scopes) {
    const { values, variable } = scope as Readonly<
      Record<
        'values' | 'variable',
        readonly { readonly key?: string; readonly value?: unknown }[] | undefined
      >
    >;
    const found = (values ?? variable ?? []).find(({ key }) => key === name);
    if (found?.value !== undefined) return String(found.value);
  }
  return undefined;
}

const BY_ENDING: readonly (readonly [ending: RegExp, reporter: string])[] = [
  [/\.xml$/i, 'junit'],
  [/\.html?$/i, 'html'],
  [/\.ndjson$/i, 'ndjson'],
  [/\.md$/i, 'markdown'],
  [/\.sarif(\.json)?$/i, 'sarif'],
  [/\.har$/i, 'har'],
  [/\.json$/i, 'json'],
];

function reportersOf(words: string | undefined): readonly string[] {
  if (words === undefined) return [];
  return words.split(',').map(word => {
    const text = word.trim();
    if (text.includes('=')) return text;
    const reporter = BY_ENDING.find(([ending]) => ending.test(text))?.[1];
    return reporter === undefined ? text : `${reporter}=${text}`;
  });
}

function contextOf(silent: boolean): CommandContext {
  const output = (stream: NodeJS.WriteStream): Output => ({
    write: text => void stream.write(text),
    isTTY: stream.isTTY === true,
    columns: stream.columns ?? 80,
  });
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: silent ? { write: () => {}, isTTY: false, columns: 80 } : output(process.stdout),
    stderr: output(process.stderr),
    config: () => Promise.resolve({}),
    configFolder: () => Promise.resolve(process.cwd()),
  };
}
