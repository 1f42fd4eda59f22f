/**
 * The patch engine: `patchOperations` of the Update operations. What can be patched is a table of each kind of resource,
 * one row a path; the engine finds the row and words the refusals, of which AWS has two families.
 */
import { pointerTokens } from '../../../contract/json/pointer.ts';
import { type AwsError, badRequest } from './aws-error.ts';
import { missing, notInSet, refuseViolations } from './framework-check.ts';
import type { Call } from './operation.ts';
import { readStructures } from './read-input.ts';

export type PatchOp = 'add' | 'remove' | 'replace' | 'copy';

/** One operation as a row sees it. */
export interface Patch {
  readonly op: PatchOp;
  /** As it was sent, escapes and all. */
  readonly path: string;
  /** What the stars of the row's path stand for, unescaped. */
  readonly names: readonly string[];
  readonly value: string | undefined;
  /** Of a copy. */
  readonly from: string | undefined;
}

export interface PatchRow<T> {
  /** `/name`, or `/requestModels/*`, where a star is one segment of any text. */
  readonly path: string;
  readonly ops: readonly PatchOp[];
  /** The record after it. Throws AwsError for a value that cannot be. */
  readonly apply: (record: T, patch: Patch) => T;
}

export interface PatchTable<T> {
  readonly rows: readonly PatchRow<T>[];
  /** Words the refusal of what no row takes; `row` is the one of the path, when only the operation is wrong. */
  readonly refusal: (
    patch: SentPatch,
    row: PatchRow<T> | undefined,
    rows: readonly PatchRow<T>[],
  ) => AwsError;
}

/** An operation as it was sent. */
export interface SentPatch {
  readonly op: string;
  readonly path: string | undefined;
  readonly value: string | undefined;
  readonly from: string | undefined;
}

const KNOWN_OPS = ['add', 'remove', 'move', 'test', 'replace', 'copy'];

/**
 * The operations of a call, read but not yet applied, so that a caller can add its own violations of the framework's
 * checks: AWS tells those of all members together.
 */
export function sentPatches({ input }: Pick<Call, 'input'>): readonly SentPatch[] {
  const shape = { op: 'text', path: 'text', value: 'text', from: 'text' } as const;
  return readStructures(input['patchOperations'], shape).map(({ op, ...rest }) => ({
    op: op ?? '',
    ...rest,
  }));
}

/** @param input - `updateMethodInput`, the name of the body's shape, as violations tell it */
export function patchViolations(
  patches: readonly SentPatch[],
  input: string,
): readonly (string | undefined)[] {
  return patches.map(({ op }, index) => {
    const at = `${input}.patchOperations.${index + 1}.member.op`;
    return op === '' ? missing(undefined, at) : notInSet(op, at, KNOWN_OPS);
  });
}

/**
 * The record after the call's operations, in their order. Nothing is written: who calls puts the result, so a refusal
 * of a later operation undoes the earlier ones.
 *
 * @throws AwsError ValidationException for an unknown `op`, BadRequestException for what the table does not take
 */
export function patched<T>(record: T, call: Pick<Call, 'input'>, input: string, table: PatchTable<T>): T {
  const patches = sentPatches(call);
  refuseViolations(...patchViolations(patches, input));
  return applyPatches(record, patches, table);
}

/** {@link patched} after the framework's checks. */
export function applyPatches<T>(record: T, patches: readonly SentPatch[], table: PatchTable<T>): T {
  return patches.reduce((now, patch) => applyOne(now, patch, table), record);
}

function applyOne<T>(record: T, patch: SentPatch, { rows, refusal }: PatchTable<T>): T {
  const { path } = patch;
  const tokens = path?.startsWith('/') === true ? pointerTokens(path) : undefined;
  let ofPath: PatchRow<T> | undefined;
  for (const row of rows) {
    const names = tokens === undefined ? undefined : namesIn(row.path, tokens);
    if (names === undefined) continue;
    const op = row.ops.find(known => known === patch.op);
    if (op !== undefined) return row.apply(record, { ...patch, op, path: path ?? '', names });
    ofPath ??= row;
  }
  throw refusal(patch, ofPath, rows);
}

/** What the stars of a row's path stand for; undefined when the path is another. */
function namesIn(template: string, tokens: readonly string[]): readonly string[] | undefined {
  const parts = template.split('/').slice(1);
  if (parts.length !== tokens.length) return undefined;
  const names: string[] = [];
  for (const [index, part] of parts.entries()) {
    const token = tokens[index] ?? '';
    if (part === '*') names.push(token);
    else if (part !== token) return undefined;
  }
  return names;
}

/** Wording of resources, models, request validators, API keys, documentation parts. Two spaces stand after `path`. */
export function typedRefusal<T>(
  { op, path }: SentPatch,
  _row: PatchRow<T> | undefined,
  rows: readonly PatchRow<T>[],
): AwsError {
  const head = `Invalid patch path  '${path ?? 'null'}' specified for op '${op}'.`;
  const supporting = rows.filter(({ ops }) => ops.some(known => known === op));
  if (supporting.length === 0) return badRequest(`${head} Please choose supported operations`);
  return badRequest(`${head} Must be one of: [${supporting.map(row => row.path).join(', ')}]`);
}

/** Wording of APIs, methods, integrations, their responses, gateway responses. */
export function plainRefusal<T>({ path }: SentPatch, row: PatchRow<T> | undefined): AwsError {
  if (row === undefined) return badRequest(`Invalid patch path ${path ?? 'null'}`);
  return badRequest(`Invalid patch operation specified. Must be one of: [${row.ops.join(', ')}]`);
}
