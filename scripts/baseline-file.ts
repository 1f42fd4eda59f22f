/** The file of `--baseline`: YAML or JSON, read with a place for everything that is wrong in it, and written by us. */
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseDocument } from '../contract/document/parse-document.ts';
import { RehearsalError } from '../contract/errors.ts';
import { isArray, type Json, type JsonObject, own } from '../contract/json/value.ts';
import { validate } from '../contract/schema/validate.ts';
import type { SourceDocument } from '../contract/source.ts';
import type { BaselineEntry } from '../contract-tests/baseline.ts';
import { ownSchema } from './config/own-schema.ts';

const TEXT: JsonObject = { type: 'string', minLength: 1 };

/** JSON Schema of a baseline. */
export const BASELINE_SCHEMA: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['breaks'],
  properties: {
    breaks: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['reason', 'expires'],
        properties: {
          document: { ...TEXT, description: "The document's name, as it is given to the command." },
          operation: { ...TEXT, description: '`GET /pets`, or an operationId.' },
          check: { ...TEXT, description: 'The name of a check.' },
          pointer: {
            type: 'string',
            description: 'Where the document says what is broken, as reports give it.',
          },
          case: { ...TEXT, description: 'The id of a case.' },
          reason: { ...TEXT, description: 'Why it is accepted.' },
          expires: { type: 'string', format: 'date', description: 'The last day on which it is, in UTC.' },
        },
      },
    },
  },
};

/**
 * The entries of a baseline.
 *
 * @param name - the path as it was given, for messages
 * @throws RehearsalError BASELINE_INVALID with every fault and its place
 */
export function readBaseline(file: string, name: string): readonly BaselineEntry[] {
  const invalid = (reasons: readonly string[]): RehearsalError =>
    new RehearsalError('BASELINE_INVALID', {
      file: name,
      reasons: reasons.map(line => `  ${line}`).join('\n'),
    });
  if (!existsSync(file)) throw invalid(['There is no such file; --write-baseline makes one.']);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw invalid([`It cannot be read: ${(error as Error).message}.`]);
  }
  const parsed = parseDocument(text, { name, uri: pathToFileURL(file).href });
  const { document } = parsed;
  if (document === undefined) {
    throw invalid(
      parsed.problems.map(({ message, source }) => `${place(source.document, source.pointer)} ${message}`),
    );
  }
  const faults = [
    ...validate(ownSchema(BASELINE_SCHEMA), document.value, { maxViolations: 50 }).map(violation => ({
      pointer: violation.instance,
      message: `${nameOf(violation.instance)} ${violation.message}`,
    })),
    ...vagueEntries(document.value),
  ];
  if (faults.length > 0)
    throw invalid(faults.map(({ pointer, message }) => `${place(document, pointer)} ${message}.`));
  return own(document.value, 'breaks') as unknown as readonly BaselineEntry[];
}

function nameOf(instance: string): string {
  const key = instance.split('/').at(-1) ?? '';
  if (key === '') return 'the file';
  return /^\d+$/.test(key) ? 'the entry' : key;
}

/** An entry that names too little would accept whatever comes. */
function vagueEntries(value: Json): readonly { readonly pointer: string; readonly message: string }[] {
  const entries = own(value, 'breaks');
  if (!isArray(entries)) return [];
  return entries.flatMap((entry, index) => {
    const named = (key: string): boolean => own(entry, key) !== undefined;
    if (named('case') || (named('operation') && named('check'))) return [];
    return [
      { pointer: `/breaks/${index}`, message: 'the entry names neither a case nor an operation and a check' },
    ];
  });
}

function place(document: SourceDocument, pointer: string): string {
  const { line, column } = document.locate(pointer);
  return `${document.name}:${line}:${column}`;
}

/** The text of a baseline. Values are written as JSON, which is YAML too. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const KEYS = ['document', 'operation', 'case', 'check', 'pointer', 'reason', 'expires'] as const;
  const blocks = entries.map(entry => {
    const lines = KEYS.flatMap(key =>
      entry[key] === undefined ? [] : [`${key}: ${JSON.stringify(entry[key])}`],
    );
    return `  - ${lines.join('\n    ')}\n`;
  });
  return `# Breaks of the contract that are accepted until the day given. Say why in each reason.
${entries.length === 0 ? 'breaks: []\n' : `breaks:\n${blocks.join('')}`}`;
}
