/** `rehearsal generate`: writes what targets make of documents, or says with `--check` what is stale. */
import { relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { RehearsalError } from '../../contract/errors.ts';
import { DEPTHS, type Depth } from '../../contract/plan/cases/options.ts';
import {
  type StageAddress,
  type Target,
  type TargetChoices,
  type TargetInput,
  type TargetLoss,
  type TargetStage,
  unmetRequirement,
} from '../../contract/target.ts';
import {
  type CommandContext,
  type CommandModule,
  type NamedContract,
  type OptionValues,
  textOption,
} from '../command.ts';
import { nearest } from '../config/nearest.ts';
import { fileName } from '../document-name.ts';
import { applyChanges, type Changes, changesFor, type WantedFile } from '../generated-files.ts';
import { mergedFiles, sameTitles, withoutOwn } from '../merged-files.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { stageAddresses } from '../stage-addresses.ts';
import { readOtherStages, readTargetStage } from '../target-stage.ts';
import { TARGETS } from '../targets.ts';
import { tellProblems } from '../usable-contracts.ts';
import { wholeContracts } from '../whole-contracts.ts';

export const generateCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('-o, --out <folder>', 'where the files go (default: a folder for each target)')
    .option('--check', 'write nothing; fail when a file is stale, missing or left over')
    .option(
      '--force',
      'write also over files that were not generated, and over what was changed by hand in those that were',
    )
    .option('--js', 'JavaScript instead of TypeScript')
    .option('--depth <depth>', `requests of each operation in a collection: ${DEPTHS.join(', ')}`)
    .option('--stage <name>', 'gateway: for a stage of the configuration, in a folder of its name')
    .option(
      '--and-stages <names>',
      'gateway: in templates, further stages of the same API, with commas between',
    )
    .option('--losses', 'list what of the documents an output cannot say, each with its place')
    .option('--strict', 'write nothing when an output validates less than its document, or lacks part of it')
    .addHelpText(
      'after',
      `
Targets, all of them unless some are named:
${TARGETS.map(({ name, summary, folder }) => `  ${name.padEnd(10)} ${summary} (${folder}/)`).join('\n')}

Examples:
  $ rehearsal generate vitest specs/petstore.yaml
  $ rehearsal generate msw specs/petstore.yaml --out src/mocks
  $ rehearsal generate --check

Files without the sentence "Made by rehearsal generate" are yours, and only --force writes over them.`,
    );
  for (const { name, options = [] } of TARGETS) {
    for (const { flags, summary, choices } of options) {
      const option = new Option(flags, `${name}: ${summary}`);
      command.addOption(choices === undefined ? option : option.choices([...choices]));
    }
  }
  defineSpecOptions(command);
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const targets = targetsOf(args);
  const specs = args.filter(word => !TARGETS.some(({ name }) => name === word));
  const out = textOption(options, 'out');
  depthOf(options);
  const home = await context.configFolder();
  const loaded = await readSpecs(specs, options, context, 'generate');
  const folderOf = (target: Target): string =>
    out === undefined ? resolve(home, target.folder) : resolve(context.cwd, out);
  for (const target of targets.filter(({ refuse }) => refuse !== undefined)) {
    for (const { name, contract } of loaded) {
      if (contract === undefined) continue;
      const where = { folder: folderOf(target), stage: undefined, otherStages: [], addresses: [] };
      target.refuse?.(inputOf(target, { name, contract }, where, options, context));
    }
  }
  const contracts = wholeContracts(loaded, context);
  const stage = await readTargetStage(options, contracts, context);
  const otherStages = await readOtherStages(options, contracts, context);
  const wanted: WantedFile[] = [];
  const addresses = new Map<NamedContract, readonly StageAddress[]>();
  for (const document of contracts) addresses.set(document, await stageAddresses(document, context));
  const inputFor = (target: Target, document: NamedContract): TargetInput => {
    const where = { folder: folderOf(target), stage, otherStages, addresses: addresses.get(document) ?? [] };
    return inputOf(target, document, where, options, context);
  };
  for (const target of targets) {
    for (const document of contracts) {
      const files = target.emit(inputFor(target, document));
      for (const { path, text } of files) {
        wanted.push({ target: target.name, path: resolve(folderOf(target), path), text });
      }
    }
  }
  const losses = lossesOf(targets, contracts, inputFor);
  if (options['strict'] === true && losses.some(({ all }) => all.some(({ matters }) => matters))) {
    tellLosses(losses, options['losses'] === true, context);
    return 1;
  }
  const sources = new Set(contracts.map(({ name }) => resolve(context.cwd, name)));
  const shown = (path: string): string => relative(context.cwd, path).replaceAll('\\', '/');
  const force = options['force'] === true;
  const merged = force ? { wanted, notes: [] } : mergedFiles(wanted, targets, shown);
  const { changes, notes } = withoutOwn(changesFor(merged.wanted, sources), targets, shown);
  const titles = targets.some(({ merge }) => merge !== undefined) ? sameTitles(contracts) : [];
  for (const note of [...titles, ...merged.notes, ...notes]) context.stderr.write(`note: ${note}\n`);
  if (options['check'] === true) return check(changes, shown, context);
  const exitCode = write(changes, force, shown, context);
  const listed = options['losses'] === true;
  // What has not changed was told when it was written.
  if (listed || changes.stale.length + changes.missing.length > 0) tellLosses(losses, listed, context);
  return exitCode;
}

/** The words that are names of targets; all targets without any. */
function targetsOf(args: readonly string[]): readonly Target[] {
  const names = TARGETS.map(({ name }) => name);
  const [first] = args;
  // A word without a dot or a slash is hardly a document.
  if (first !== undefined && !names.includes(first) && /^[a-z-]+$/.test(first)) {
    const meant = nearest(first, names);
    if (meant !== undefined)
      throw new RehearsalError('USAGE', {
        reason: `There is no target ${JSON.stringify(first)}: did you mean ${JSON.stringify(meant)}?`,
        command: 'generate',
      });
  }
  const named = TARGETS.filter(({ name }) => args.includes(name));
  return named.length === 0 ? TARGETS : named;
}

/** Where an output goes, and what it is for. */
interface OutputPlace {
  readonly folder: string;
  readonly stage: TargetStage | undefined;
  readonly addresses: readonly StageAddress[];
  readonly otherStages: readonly TargetStage[];
}

function inputOf(
  target: Target,
  { name, contract }: NamedContract,
  { folder, stage, otherStages, addresses }: OutputPlace,
  options: OptionValues,
  { cwd }: CommandContext,
): TargetInput {
  const remote = /^https?:\/\//.test(name);
  const address = remote
    ? name
    : name === '<stdin>'
      ? undefined
      : relative(folder, resolve(cwd, name)).replaceAll('\\', '/');
  const depth = depthOf(options);
  const unmet = unmetRequirement(target, { spec: address });
  if (unmet !== undefined)
    throw new RehearsalError('TARGET_REQUIREMENT', { target: target.name, name, ...unmet });
  return {
    contract,
    spec: address,
    name: fileName(remote ? new URL(name).pathname : (address ?? contract.title)),
    language: options['js'] === true ? 'js' : 'ts',
    ...(depth === undefined ? {} : { depth }),
    choices: choicesOf(target, options),
    addresses,
    ...(stage === undefined ? {} : { stage, otherStages }),
  };
}

/** @throws RehearsalError USAGE for a word that is none of the depths */
function depthOf(options: OptionValues): Depth | undefined {
  const word = textOption(options, 'depth');
  const depth = DEPTHS.find(candidate => candidate === word);
  if (word !== undefined && depth === undefined)
    throw new RehearsalError('USAGE', {
      reason: `--depth takes ${DEPTHS.join(', ')}, not ${JSON.stringify(word)}.`,
      command: 'generate',
    });
  return depth;
}

function choicesOf({ options: own = [] }: Target, options: OptionValues): TargetChoices {
  const names = own.map(({ flags }) => new Option(flags).attributeName());
  return Object.fromEntries(names.flatMap(name => (name in options ? [[name, options[name]]] : [])));
}

interface Losses {
  readonly target: string;
  readonly name: string;
  readonly all: readonly TargetLoss[];
}

function lossesOf(
  targets: readonly Target[],
  contracts: readonly NamedContract[],
  inputFor: (target: Target, document: NamedContract) => TargetInput,
): readonly Losses[] {
  return targets.flatMap(target =>
    contracts.flatMap(document => {
      const all = target.losses?.(inputFor(target, document)) ?? [];
      return all.length === 0 ? [] : [{ target: target.name, name: document.name, all }];
    }),
  );
}

/** Never in silence: a line that counts, or every one of them. */
function tellLosses(losses: readonly Losses[], listed: boolean, context: CommandContext): void {
  for (const { target, name, all } of losses) {
    if (listed) tellProblems(all, context);
    const counts = [...Map.groupBy(all, ({ effectName }) => effectName)].map(
      ([effect, group]) => `${group.length} ${effect}`,
    );
    context.stderr.write(`${name} as ${target}: ${counts.join(', ')}\n`);
  }
  if (losses.length > 0 && !listed) context.stderr.write('--losses lists them.\n');
}

function check(
  { stale, missing, foreign, orphaned }: Changes,
  shown: (path: string) => string,
  { stdout }: CommandContext,
): number {
  const rows: readonly (readonly [string, string])[] = [
    ...stale.map(({ path }) => ['stale', path] as const),
    ...missing.map(({ path }) => ['missing', path] as const),
    ...foreign.map(({ path }) => ['not generated', path] as const),
    ...orphaned.map(path => ['left over', path] as const),
  ];
  for (const [what, path] of rows) stdout.write(`${what}: ${shown(path)}\n`);
  if (rows.length > 0) stdout.write('Run rehearsal generate to mend this.\n');
  return rows.length === 0 ? 0 : 1;
}

function write(
  { stale, missing, foreign, orphaned }: Changes,
  force: boolean,
  shown: (path: string) => string,
  { stdout }: CommandContext,
): number {
  const [own] = foreign;
  if (own !== undefined && !force) throw new RehearsalError('OUTPUT_FOREIGN', { path: shown(own.path) });
  const files = [...stale, ...missing, ...foreign];
  applyChanges(files, orphaned);
  for (const { path } of files) stdout.write(`wrote ${shown(path)}\n`);
  for (const path of orphaned) stdout.write(`removed ${shown(path)}\n`);
  if (files.length + orphaned.length === 0) stdout.write('All generated files are fresh.\n');
  return 0;
}
