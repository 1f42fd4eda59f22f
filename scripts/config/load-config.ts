/** Finds, reads and checks the configuration file. Unknown keys are refused, each with the key that was probably meant. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from '../../contract/document/parse-document.ts';
import { RehearsalError } from '../../contract/errors.ts';
import { pointerTokens } from '../../contract/json/pointer.ts';
import { isObject, type Json, own } from '../../contract/json/value.ts';
import { type Violation, validate } from '../../contract/schema/validate.ts';
import type { Place, SourceDocument } from '../../contract/source.ts';
import { clearSecrets } from './clear-secrets.ts';
import type { Config } from './config.ts';
import { CONFIG_SCHEMA } from './config-schema.ts';
import { noFunctions } from './function-keys.ts';
import { nearest } from './nearest.ts';
import { ownSchema } from './own-schema.ts';
import { strayStageKeys } from './stage-keys.ts';

/** The names looked for, in this order. Parent folders are not searched. */
const CONFIG_FILES: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'yaml', 'yml', 'json'].map(
  ending => `rehearsal.config.${ending}`,
);

export interface LoadedConfig {
  readonly config: Config;
  /** The folder that relative paths in it start from. */
  readonly folder: string;
  readonly file: string | undefined;
}

/**
 * Loads the configuration of a folder, or the file that was named.
 *
 * @throws RehearsalError CONFIG_NOT_FOUND, CONFIG_UNREADABLE, CONFIG_INVALID
 */
export async function loadConfig(cwd: string, named?: string): Promise<LoadedConfig> {
  const file =
    named === undefined ? CONFIG_FILES.map(name => join(cwd, name)).find(existsSync) : resolve(cwd, named);
  if (file === undefined) return { config: {}, folder: cwd, file };
  if (!existsSync(file)) throw new RehearsalError('CONFIG_NOT_FOUND', { file: named ?? file });
  const { value, document } = /\.[mc]?[jt]s$/.test(file)
    ? await importConfig(file)
    : readConfigDocument(file);
  const violations = violationsOf(value, file);
  const own = [
    ...clearSecrets(value),
    ...strayStageKeys(value),
    ...noFunctions(value, document === undefined),
  ];
  if (violations.length + own.length > 0) {
    const told = new Set(own.map(({ pointer }) => pointer));
    const found = [
      ...violations
        .filter(({ instance }) => !told.has(instance))
        .map(violation => ({ pointer: violation.instance, told: toldOf(violation) })),
      ...own.map(({ pointer, reason }) => ({
        pointer,
        told: `${pointerTokens(pointer).join('.')} ${reason}.`,
      })),
    ].map(({ pointer, told }) => ({ told, place: document?.locate(pointer) }));
    const order = (place: Place | undefined): number => (place?.line ?? 0) * 10_000 + (place?.column ?? 0);
    const reasons = found
      .toSorted((a, b) => order(a.place) - order(b.place))
      .map(({ told, place }) => `  ${placeText(basename(file), place)} ${told}`)
      .join('\n');
    throw new RehearsalError('CONFIG_INVALID', { file: basename(file), reasons });
  }
  return { config: value as Config, folder: dirname(file), file };
}

function violationsOf(value: Json, file: string): readonly Violation[] {
  try {
    return validate(ownSchema(CONFIG_SCHEMA), value, { maxViolations: 50 });
  } catch (error) {
    // Getters run when they are looked at.
    throw unreadable(file, error);
  }
}

interface ReadConfig {
  readonly value: Json;
  /** Set where lines and columns are known. */
  readonly document?: SourceDocument;
}

async function importConfig(file: string): Promise<ReadConfig> {
  let module: { readonly default?: unknown; readonly config?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw unreadable(file, error);
  }
  const value = module.default ?? module.config;
  if (value === undefined) {
    throw new RehearsalError('CONFIG_UNREADABLE', {
      file: basename(file),
      reason: 'it has no default export; write "export default defineConfig({ … })"',
    });
  }
  return { value: value as Json };
}

/** What somebody's code throws may be anything. */
function unreadable(file: string, error: unknown): RehearsalError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RehearsalError('CONFIG_UNREADABLE', { file: basename(file), reason }, { cause: error });
}

function readConfigDocument(file: string): ReadConfig {
  const parsed = parseDocument(readFileSync(file, 'utf8'), {
    name: basename(file),
    uri: pathToFileURL(file).href,
  });
  if (parsed.document !== undefined) return { value: parsed.document.value ?? {}, document: parsed.document };
  const reason = parsed.problems
    .map(({ message, source }) => {
      const { line, column } = source.document.locate('');
      return `${line}:${column} ${message}`;
    })
    .join(' ');
  throw new RehearsalError('CONFIG_UNREADABLE', { file: basename(file), reason });
}

function placeText(file: string, place: Place | undefined): string {
  return place === undefined ? file : `${file}:${place.line}:${place.column}`;
}

function toldOf(violation: Violation): string {
  const keys = pointerTokens(violation.instance);
  const path = keys.join('.') || 'the configuration';
  if (violation.keyword !== 'additionalProperties') return `${path} ${violation.message}.`;
  const known = knownKeys(keys.slice(0, -1));
  const near = nearest(keys.at(-1) ?? '', known);
  const advice = near === undefined ? `known here: ${known.join(', ')}` : `did you mean "${near}"?`;
  return `${path} is not a known key; ${advice}`;
}

/** The keys that the schema knows at a path. */
function knownKeys(path: readonly string[]): readonly string[] {
  let schema: Json | undefined = CONFIG_SCHEMA;
  for (const key of path) schema = own(own(schema, 'properties'), key) ?? own(schema, 'additionalProperties');
  const properties = own(schema, 'properties');
  return isObject(properties) ? Object.keys(properties).filter(key => key !== '$schema') : [];
}
