/** What every step of an export sees: the API as it was deployed, the version it is written in, and what was asked for. */
import type { Json } from '../../../contract/json/value.ts';
import type { Snapshot } from '../state/records.ts';

export type ExportType = 'swagger' | 'oas30';

/** What may be asked for beside the plain document (reference 7). */
export const EXTENSIONS = [
  'integrations',
  'apigateway',
  'authorizers',
  'documentation',
  'postman',
  'validators',
] as const;
export type Extension = (typeof EXTENSIONS)[number];

export interface ExportView {
  readonly type: ExportType;
  readonly snapshot: Snapshot;
  /** Integrations, and with them whatever else is about how the API answers. */
  readonly integrations: boolean;
  readonly authorizers: boolean;
  readonly validators: boolean;
  readonly documentation: boolean;
}

/** An object that is being written; keys stand in the order in which they are set. */
export type Written = Readonly<Record<string, Json>>;

export function viewOf(type: ExportType, snapshot: Snapshot, extensions: ReadonlySet<Extension>): ExportView {
  const integrations = extensions.has('integrations') || extensions.has('apigateway');
  return {
    type,
    snapshot,
    integrations,
    authorizers: extensions.has('authorizers'),
    validators: integrations || extensions.has('validators'),
    documentation: extensions.has('documentation'),
  };
}

/** `https://apigateway…/models/Pet` inside the service, and this inside a document. */
export function modelReference({ type }: ExportView, name: string): Written {
  return { $ref: `${type === 'swagger' ? '#/definitions/' : '#/components/schemas/'}${name}` };
}
