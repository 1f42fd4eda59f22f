/**
 * The patch engine: `patchOperations` of the Update operations. What can be patched is a table of each kind of resource,
 * one row a path; the engine finds the row and words the refusals, of which AWS has two families.
 */
import { type AwsError, badRequest } from './aws-error.ts';
import type { PatchOperation } from './patch-operations.ts';

export type PatchOp = 'add' | 'remove' | 'replace';

/** One operation as a row sees it. */
export interface Patch {
  readonly op: PatchOp;
  /** What the stars of the row's path stand for, unescaped. */
  readonly names: readonly string[];
  readonly value: string | undefined;
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
    operation: PatchOperation,
    row: PatchRow<T> | undefined,
    rows: readonly PatchRow<T>[],
  ) => AwsError;
}

/**
 * The record after the operations, in their order. Nothing is written: who calls puts the result, so a refusal of a
 * later operation undoes the earlier ones. The operations are read before the record is looked up: what AWS's framework
 * refuses comes first.
 *
 * @throws AwsError BadRequestException for what the table does not take
 */
export function applyPatches<T>(record: T, operations: readonly PatchOperation[], table: PatchTable<T>): T {
  return operations.reduce((now, operation) => applyOne(now, operation, table), record);
}

function applyOne<T>(record: T, operation: PatchOperation, { rows, refusal }: PatchTable<T>): T {
  const { path, parts, value } = operation;
  let ofPath: PatchRow<T> | undefined;
  for (const row of rows) {
    const names = path.startsWith('/') ? namesIn(row.path, parts) : undefined;
    if (names === undefined) continue;
    const op = row.ops.find(known => known === operation.op);
    if (op !== undefined) return row.apply(record, { op, names, value });
    ofPath ??= row;
  }
  throw refusal(operation, ofPath, rows);
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
  { op, path }: PatchOperation,
  _row: PatchRow<T> | undefined,
  rows: readonly PatchRow<T>[],
): AwsError {
  const head = `Invalid patch path  '${path || 'null'}' specified for op '${op}'.`;
  const supporting = rows.filter(({ ops }) => ops.some(known => known === op));
  if (supporting.length === 0) return badRequest(`${head} Please choose supported operations`);
  return badRequest(`${head} Must be one of: [${supporting.map(row => row.path).join(', ')}]`);
}

/** Wording of APIs, methods, integrations, their responses, gateway responses. */
export function plainRefusal<T>({ path }: PatchOperation, row: PatchRow<T> | undefined): AwsError {
  if (row === undefined) return badRequest(`Invalid patch path ${path || 'null'}`);
  return badRequest(`Invalid patch operation specified. Must be one of: [${row.ops.join(', ')}]`);
}
