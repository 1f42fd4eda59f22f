/** The list of everything the control plane can be asked. A new operation is one entry in its file, and its file's line here. */
import { DEPLOYMENT_OPERATIONS } from './deployments.ts';
import { EXPORT_OPERATIONS } from './exports.ts';
import { IMPORT_OPERATIONS } from './imports.ts';
import type { Operation } from './operation.ts';
import { REST_API_OPERATIONS } from './rest-apis.ts';
import { STAGE_OPERATIONS } from './stages.ts';

export const OPERATIONS: readonly Operation[] = [
  ...REST_API_OPERATIONS,
  ...IMPORT_OPERATIONS,
  ...EXPORT_OPERATIONS,
  ...DEPLOYMENT_OPERATIONS,
  ...STAGE_OPERATIONS,
];
