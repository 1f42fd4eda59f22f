/** The list of everything the control plane can be asked. A new operation is one entry in its file, and its file's line here. */
import type { Operation } from './operation.ts';
import { REST_API_OPERATIONS } from './rest-apis.ts';

export const OPERATIONS: readonly Operation[] = [...REST_API_OPERATIONS];
