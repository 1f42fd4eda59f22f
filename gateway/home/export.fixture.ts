/** For tests: what GetExport gives of a document once it is generated, imported and deployed, and changes made there. */
import { documentOf } from '../../contract/document/document-of.ts';
import { stringifyJson } from '../../contract/json/stringify.ts';
import type { Json } from '../../contract/json/value.ts';
import type { Contract } from '../../contract/model.ts';
import type { SourceDocument } from '../../contract/source.ts';
import { gatewayDocument } from '../document/gateway-document.ts';
import { exportApi } from '../local/export/export-api.ts';
import type { ExportType, Extension } from '../local/export/export-view.ts';
import { ACCOUNT, imported } from '../local/import/import.fixture.ts';
import type { Snapshot } from '../local/state/records.ts';

export const ALL: readonly Extension[] = ['integrations', 'authorizers', 'documentation'];

export function exported(
  snapshot: Snapshot,
  type: ExportType,
  extensions: readonly Extension[],
): SourceDocument {
  const { document } = exportApi({
    type,
    extensions: new Set(extensions),
    snapshot,
    stageName: 'prod',
    deployedAt: 1_700_000_000,
    account: ACCOUNT,
  });
  return exportOf(document);
}

/** A value as the export that it would be. */
export function exportOf(document: Json): SourceDocument {
  return documentOf(document, { name: 'export.json', uri: 'memory:///export.json' });
}

/** @param change - what somebody does in the service, to the document that it would export */
export function changedThere(
  contract: Contract,
  type: ExportType,
  change: (document: never) => void,
): SourceDocument {
  const { snapshot } = imported(stringifyJson(gatewayDocument(contract).document));
  const { value } = exported(snapshot, type, ALL);
  const copy = structuredClone(value) as Json;
  change(copy as never);
  // As the service would write it after the change.
  return exported(imported(stringifyJson(copy)).snapshot, type, ALL);
}
