/** The documents a command works on: those named, else the configuration's, else the folder `specs/`. */
import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { RehearsalError } from '../contract/errors.ts';
import { type LoadedContract, loadContracts } from '../contract/load/load-contracts.ts';
import type { CommandContext, OptionValues } from './command.ts';

/** The options of every command that reads documents. */
export function defineSpecOptions(command: Command): void {
  command
    .option('--allow-remote', 'fetch documents and references that are URLs')
    .option('--allow-outside', "read referenced files outside a document's folder");
}

/**
 * Loads the documents of a command line. Problems inside them are the caller's matter; what names nothing is thrown.
 *
 * @param specs - as typed; empty for the default
 * @throws RehearsalError DOCUMENT_NONE and those of `loadContracts`
 */
export async function readSpecs(
  specs: readonly string[],
  options: OptionValues,
  context: CommandContext,
  command: string,
): Promise<readonly LoadedContract[]> {
  return loadContracts(specs.length > 0 ? specs : await defaultSpecs(context, command), {
    cwd: context.cwd,
    allowRemote: options['allowRemote'] === true,
    allowOutside: options['allowOutside'] === true,
  });
}

async function defaultSpecs(context: CommandContext, command: string): Promise<readonly string[]> {
  const { specs } = await context.config();
  const folder = await context.configFolder();
  if (specs !== undefined)
    return Object.values(specs).map(path => relative(context.cwd, resolve(folder, path)));
  if (statSync(resolve(folder, 'specs'), { throwIfNoEntry: false })?.isDirectory() === true) {
    return [relative(context.cwd, resolve(folder, 'specs')) || 'specs'];
  }
  throw new RehearsalError('DOCUMENT_NONE', { command });
}
