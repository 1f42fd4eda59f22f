/** `rehearsal import`: shows what an export of API Gateway would change in its document, and with `--write` changes it. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { parseDocument } from '../../contract/document/parse-document.ts';
import { documentText, rewriteText } from '../../contract/document/rewrite-text.ts';
import { RehearsalError } from '../../contract/errors.ts';
import { readTextFile } from '../../contract/load/read-file.ts';
import type { Contract } from '../../contract/model.ts';
import { describeSource, type SourceDocument } from '../../contract/source.ts';
import { type BroughtHome, bringHome, newDocument } from '../../gateway/home/bring-home.ts';
import { exportFaults } from '../../gateway/home/export-faults.ts';
import { collectionFormat } from '../../postman/saved-answers.ts';
import type { CommandContext, CommandModule, NamedContract, OptionValues } from '../command.ts';
import { textOption } from '../command.ts';
import { examplesHome } from '../examples-home.ts';
import { applyChanges } from '../generated-files.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { type Replacement, replaceFiles } from '../replace-files.ts';
import { exportInPlaceOfFile, namesStage } from '../stage-export.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { wholeContracts } from '../whole-contracts.ts';

export const importCommand: CommandModule = { define, run };

function define(command: Command): void {
  command
    .option('--write', 'change the document; without it the change is only shown')
    .option('--expect <mark>', 'write only what was shown with this mark')
    .option('--base <file>', 'what was deployed when the two parted, to tell who changed a thing')
    .option('-o, --out <file>', 'no merge: write a new document of the export alone')
    .option('--force', 'merge also an export of another API; with --out write over a file')
    .addHelpText(
      'after',
      `
Of a Postman collection, format 2.0 or 2.1, the saved responses become named examples, as far as they keep to the schemas.

The export is what GetExport gives, as swagger or oas30, with extensions or without, in a file or from a stage. Nothing is deleted: what the export
does not say may only have been lost. What both sides changed is listed and left to you.

Exit code: 0 all of it is or would be merged, 1 something is left to you, 2 nothing could be merged.

Examples:
  $ rehearsal import export.json specs/petstore.yaml
  $ rehearsal import export.json specs/petstore.yaml --write
  $ rehearsal import prod specs/petstore.yaml
  $ rehearsal import export.yaml --out specs/petstore.yaml
  $ rehearsal import petstore.postman_collection.json specs/petstore.yaml`,
    );
  defineSpecOptions(command);
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const [file = '', ...specs] = args;
  const exported = await readExport(file, specs, options, context);
  const out = textOption(options, 'out');
  if (collectionFormat(exported.value) === '2')
    return importCollection(file, exported, specs, options, context);
  if (out !== undefined) return writeNew(exported, out, options, context);
  const base = textOption(options, 'base');
  const deployed = base === undefined ? undefined : await readExport(base, specs, options, context);
  const found = await documents(specs, options, context);
  if (found === undefined) {
    context.stdout.write(documentText(newDocument(exported), 'yaml'));
    context.stderr.write('There is no document to merge it into; --out writes this as a new one.\n');
    return 0;
  }
  const force = options['force'] === true;
  const home = chosen(file, found, contract => bringHome(contract, exported, deployed), force);
  return merge(home, options, context);
}

/** @throws RehearsalError USAGE for what is for exports only, and those of finding its document */
async function importCollection(
  file: string,
  collection: SourceDocument,
  specs: readonly string[],
  options: OptionValues,
  context: CommandContext,
): Promise<number> {
  for (const option of ['out', 'base'])
    if (options[option] !== undefined)
      throw new RehearsalError('USAGE', {
        reason: `--${option} is for exports of API Gateway, and ${file} is a Postman collection.`,
        command: 'import',
      });
  const found = await documents(specs, options, context);
  if (found === undefined) throw new RehearsalError('DOCUMENT_NONE', { command: 'import' });
  const force = options['force'] === true;
  return merge(
    chosen(file, found, contract => examplesHome(contract, collection), force),
    options,
    context,
  );
}

/** @throws RehearsalError COLLECTION_UNUSABLE, EXPORT_UNUSABLE and those of reading a file */
async function readExport(
  file: string,
  specs: readonly string[],
  options: OptionValues,
  context: CommandContext,
): Promise<SourceDocument> {
  const path = resolve(context.cwd, file);
  const text = (await namesStage(file, context))
    ? await exportInPlaceOfFile(file, specs, 'import', options, context)
    : readTextFile(path, file);
  const parsed = parseDocument(text, { name: file, uri: pathToFileURL(path).href });
  const format = parsed.document === undefined ? undefined : collectionFormat(parsed.document.value);
  if (parsed.document !== undefined && format === '2') return parsed.document;
  if (format === '1') throw new RehearsalError('COLLECTION_UNUSABLE', { file });
  const faults = parsed.document === undefined ? parsed.problems : exportFaults(parsed.document);
  if (parsed.document !== undefined && faults.length === 0) return parsed.document;
  const reasons = faults.map(({ message, source }) => `  ${describeSource(source)} ${message}`);
  throw new RehearsalError('EXPORT_UNUSABLE', { file, reasons: reasons.join('\n') });
}

/** Undefined where nobody has named one and there is none. */
async function documents(
  specs: readonly string[],
  options: OptionValues,
  context: CommandContext,
): Promise<readonly NamedContract[] | undefined> {
  try {
    return wholeContracts(await readSpecs(specs, options, context, 'import'), context);
  } catch (error) {
    const none = ['DOCUMENT_NONE', 'DOCUMENT_EMPTY_FOLDER'];
    if (specs.length === 0 && error instanceof RehearsalError && none.includes(error.code)) return undefined;
    throw error;
  }
}

interface Chosen {
  readonly name: string;
  readonly brought: BroughtHome;
}

/**
 * The document that the export is of: the only one that has operations in common with it.
 *
 * @throws RehearsalError EXPORT_FOREIGN, USAGE
 */
function chosen(
  file: string,
  found: readonly NamedContract[],
  bring: (contract: Contract) => BroughtHome,
  force: boolean,
): Chosen {
  const all = found.map(({ name, contract }) => ({ name, brought: bring(contract) }));
  const related = all.filter(({ brought }) => brought.common > 0);
  const [first, second] = related.length === 0 && force ? all : related;
  if (first === undefined)
    throw new RehearsalError('EXPORT_FOREIGN', { file, name: found.map(({ name }) => name).join(', ') });
  if (second !== undefined)
    throw new RehearsalError('USAGE', {
      reason: `${file} has operations in common with ${first.name} and ${second.name}; name the one that it belongs to.`,
      command: 'import',
    });
  return first;
}

function merge({ name, brought }: Chosen, options: OptionValues, context: CommandContext): number {
  const { arrivals, conflicts, remarks, drafts } = brought;
  const { stdout, stderr, cwd } = context;
  const replacements: Replacement[] = [];
  let diff = '';
  for (const { document, value } of drafts) {
    const rewritten = document.uri.startsWith('file:') ? rewriteText(document, value) : undefined;
    if (rewritten === undefined) throw new RehearsalError('EXPORT_UNMERGEABLE', { path: document.name });
    const path = fileURLToPath(document.uri);
    const before = document.text();
    replacements.push({ path, before, after: rewritten.text });
    diff += unifiedDiff(relative(cwd, path).replaceAll('\\', '/'), before, rewritten.edits);
  }
  const mark = createHash('sha256').update(diff).digest('hex').slice(0, 12);
  const expected = textOption(options, 'expect');
  if (expected !== undefined && expected !== mark) throw new RehearsalError('SOURCE_CHANGED', { path: name });
  const written = options['write'] === true;
  if (written) replaceFiles(replacements);
  else stdout.write(diff);
  for (const { message, source } of remarks) stderr.write(`note: ${message} ${describeSource(source)}\n`);
  for (const { message, here, there, fix } of conflicts)
    stderr.write(
      `conflict: ${message} ${fix}\n  here:  ${describeSource(here)}\n  there: ${describeSource(there)}\n`,
    );
  if (written) {
    for (const { what } of arrivals) stdout.write(`${what}\n`);
    for (const { path } of replacements) stdout.write(`wrote ${relative(cwd, path).replaceAll('\\', '/')}\n`);
  }
  if (replacements.length === 0)
    stderr.write(
      `${name} says all that the export says${conflicts.length === 0 ? '' : ', the conflicts apart'}.\n`,
    );
  else if (!written)
    stderr.write(
      `${counted(arrivals.length, 'change')}, nothing is written yet: --write --expect ${mark} writes this.\n`,
    );
  if (conflicts.length > 0) stderr.write(`${counted(conflicts.length, 'conflict')} left to you.\n`);
  return conflicts.length > 0 ? 1 : 0;
}

/** @throws RehearsalError OUTPUT_FOREIGN, OUTPUT_UNWRITABLE */
function writeNew(
  exported: SourceDocument,
  out: string,
  options: OptionValues,
  { cwd, stdout }: CommandContext,
): number {
  const path = resolve(cwd, out);
  if (existsSync(path) && options['force'] !== true)
    throw new RehearsalError('OUTPUT_FOREIGN', { path: out });
  const text = documentText(newDocument(exported), path.endsWith('.json') ? 'json' : 'yaml');
  applyChanges([{ target: 'import', path, text }], []);
  stdout.write(`wrote ${out}\n`);
  return 0;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
