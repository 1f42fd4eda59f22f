/**
 * The documents that were deployed from this folder, as they were, so that the next release is compared with what people
 * wrote and not with what the service kept of it. Where a release came from elsewhere, the stage is asked for its export.
 */
import { diffContracts } from '../../contract/diff/diff.ts';
import { driftBetween } from '../../contract/diff/drift.ts';
import type { Change } from '../../contract/diff/rule.ts';
import { contractOfFiles, otherFilesOf } from '../../contract/document-files.ts';
import { RehearsalError } from '../../contract/errors.ts';
import { parseJson } from '../../contract/json/parse.ts';
import { stringifyJson } from '../../contract/json/stringify.ts';
import { type Json, type JsonObject, jsonEqual } from '../../contract/json/value.ts';
import type { Contract } from '../../contract/model.ts';
import { contractFromText } from '../../contract/read.ts';
import type { ControlPlane } from '../../gateway/stages/control-plane.ts';
import type { DeployPlan } from '../../gateway/stages/plan-deployment.ts';
import { exportText } from '../../gateway/stages/stage-export.ts';
import { loweredSchema } from '../lowered-schema.ts';
import { readState, stateFile, writeState } from '../state-file.ts';

/** What a release changes for clients. */
export type Compared =
  | { readonly kind: 'new' }
  | { readonly kind: 'changes'; readonly changes: readonly Change[]; readonly before: string }
  | { readonly kind: 'unknown'; readonly reason: string };

interface SavedSource {
  readonly document: JsonObject;
  readonly files: Readonly<Record<string, Json>>;
  readonly externalValues: Readonly<Record<string, string>>;
}

export function saveSource(folder: string, document: string, hash: string, contract: Contract): void {
  const { files, externalValues } = otherFilesOf(contract);
  const saved: SavedSource = {
    document: contract.source.document.value as JsonObject,
    files: Object.fromEntries(files),
    externalValues: Object.fromEntries(
      [...externalValues].map(([address, bytes]) => [address, Buffer.from(bytes).toString('base64')]),
    ),
  };
  writeState(sourceFile(folder, document, hash), `${stringifyJson(saved as unknown as Json)}\n`);
}

/**
 * Undefined where this folder does not have it.
 *
 * @param name - what messages call it
 */
export function savedSource(
  folder: string,
  document: string,
  hash: string,
  name: string = document,
): Contract | undefined {
  const text = readState(sourceFile(folder, document, hash));
  if (text === undefined) return undefined;
  // With what a double cannot hold, such as the bounds of int64.
  const read = parseJson(text);
  if ('error' in read) return undefined;
  const saved = read.value as unknown as SavedSource;
  const externalValues = Object.fromEntries(
    Object.entries(saved.externalValues).map(([address, text64]) => [address, Buffer.from(text64, 'base64')]),
  );
  // A file that refers back to the document has to find it as itself.
  const own = Object.entries(saved.files).find(([, file]) => jsonEqual(file, saved.document))?.[0];
  const files = own === undefined ? saved.files : { ...saved.files, [own]: saved.document };
  return contractOfFiles(saved.document, { files, externalValues }, name).contract;
}

function sourceFile(folder: string, document: string, hash: string): string {
  return stateFile(folder, 'deployed', `${document}-${hash}.json`);
}

/**
 * What clients of the stage meet once the release is there.
 *
 * @throws RehearsalError as `askPlane`, but for an export that the service cannot make
 */
export async function comparedWithStage(
  plane: ControlPlane,
  { api, state, served, release }: DeployPlan,
  contract: Contract,
  folder: string,
): Promise<Compared> {
  if (api === undefined || state === undefined) return { kind: 'new' };
  const { document, stageName, definition } = release;
  const name = `${document} on ${stageName}`;
  const before = served && savedSource(folder, document, served.hash, name);
  if (before !== undefined)
    return {
      kind: 'changes',
      changes: diffContracts(before, contract),
      before: name,
    };
  try {
    const exported = await exportText(plane, { apiId: api.id, stageName });
    return comparedWithExport(exported, definition, contract, `the export of ${stageName}`);
  } catch (error) {
    if (!(error instanceof RehearsalError) || error.code !== 'PLANE_REFUSED') throw error;
    return { kind: 'unknown', reason: error.details['reason'] ?? error.message };
  }
}

/**
 * An export and a definition are in one language, so they are compared as any two documents; of that, what the service
 * loses by nature is left out with the operations in which nothing else differs.
 */
function comparedWithExport(
  exported: string,
  definition: string,
  contract: Contract,
  before: string,
): Compared {
  const [old, now] = [exported, definition].map(
    (text, index) => contractFromText(text, { name: index === 0 ? before : 'the new definition' }).contract,
  );
  if (old === undefined || now === undefined) return { kind: 'unknown', reason: 'the export cannot be read' };
  const drifting = new Set(
    driftBetween(contract, old, { lowered: loweredSchema }).map(({ operation }) => operation),
  );
  const changes = diffContracts(old, now).filter(
    ({ operation }) => operation === '' || drifting.has(operation),
  );
  return { kind: 'changes', changes, before };
}
