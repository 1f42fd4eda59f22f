/** What a document is called where its path would say too much: in names of files, in tags, in the configuration's keys. */
import { basename, resolve } from 'node:path';
import type { CommandContext } from './command.ts';

/** `specs/Box Office.openapi.yaml` makes `box-office`. */
export function fileName(address: string): string {
  const stem = basename(address).replace(/(\.openapi|\.swagger)?\.(ya?ml|json)$/i, '');
  const words = stem
    .normalize('NFKD')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  return words === '' ? 'api' : words;
}

/**
 * The name that the configuration gives a document, else the one that its file makes. By this a stage knows which REST
 * API belongs to it, wherever the command was run.
 *
 * @param document - as it was typed or found: a path, a URL, `<stdin>`
 */
export async function documentName(document: string, context: CommandContext): Promise<string> {
  const { specs = {} } = await context.config();
  const folder = await context.configFolder();
  const path = resolve(context.cwd, document);
  const named = Object.entries(specs).find(([, spec]) => resolve(folder, spec) === path);
  if (named !== undefined) return named[0];
  return fileName(/^https?:\/\//.test(document) ? new URL(document).pathname : document);
}
