/** The list of everything the control plane can be asked. A new operation is one entry in its file, and its file's line here. */
import { ACCOUNT_OPERATIONS } from './account.ts';
import { AUTHORIZER_OPERATIONS } from './authorizers.ts';
import { DEPLOYMENT_OPERATIONS } from './deployments.ts';
import { DOCUMENTATION_PART_OPERATIONS } from './documentation-parts.ts';
import { EXPORT_OPERATIONS } from './exports.ts';
import { GATEWAY_RESPONSE_OPERATIONS } from './gateway-responses.ts';
import { IMPORT_OPERATIONS } from './imports.ts';
import { INTEGRATION_RESPONSE_OPERATIONS } from './integration-responses.ts';
import { INTEGRATION_OPERATIONS } from './integrations.ts';
import { METHOD_RESPONSE_OPERATIONS } from './method-responses.ts';
import { METHOD_OPERATIONS } from './methods.ts';
import { MODEL_OPERATIONS } from './models.ts';
import type { Operation } from './operation.ts';
import { REQUEST_VALIDATOR_OPERATIONS } from './request-validators.ts';
import { RESOURCE_OPERATIONS } from './resources.ts';
import { REST_API_OPERATIONS } from './rest-apis.ts';
import { STAGE_OPERATIONS } from './stages.ts';
import { TAG_OPERATIONS } from './tags.ts';
import { TEST_INVOKE_OPERATIONS } from './test-invoke-method.ts';
import { UNIMPLEMENTED_OPERATIONS } from './unimplemented.ts';

export const OPERATIONS: readonly Operation[] = [
  ...REST_API_OPERATIONS,
  ...IMPORT_OPERATIONS,
  ...EXPORT_OPERATIONS,
  ...RESOURCE_OPERATIONS,
  ...METHOD_OPERATIONS,
  ...METHOD_RESPONSE_OPERATIONS,
  ...INTEGRATION_OPERATIONS,
  ...INTEGRATION_RESPONSE_OPERATIONS,
  ...MODEL_OPERATIONS,
  ...REQUEST_VALIDATOR_OPERATIONS,
  ...AUTHORIZER_OPERATIONS,
  ...GATEWAY_RESPONSE_OPERATIONS,
  ...DOCUMENTATION_PART_OPERATIONS,
  ...DEPLOYMENT_OPERATIONS,
  ...STAGE_OPERATIONS,
  ...TAG_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...TEST_INVOKE_OPERATIONS,
  ...UNIMPLEMENTED_OPERATIONS,
];
