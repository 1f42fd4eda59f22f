/** Every rule for API Gateway, in the order of docs/reference/apigateway.md. A new one is one file and one line here. */
import type { GatewayRule } from './gateway-rule.ts';
import { LOSS_RULES } from './loss-rules.ts';
import { authorizer } from './rules/authorizer.ts';
import { authorizers } from './rules/authorizers.ts';
import { compressionSize } from './rules/compression-size.ts';
import { documentSize } from './rules/document-size.ts';
import { documentationParts } from './rules/documentation-parts.ts';
import { headerSize } from './rules/header-size.ts';
import { integrationParameter } from './rules/integration-parameter.ts';
import { integrationTimeout } from './rules/integration-timeout.ts';
import { integrationType } from './rules/integration-type.ts';
import { mockStatus } from './rules/mock-status.ts';
import { modelSize } from './rules/model-size.ts';
import { policySize } from './rules/policy-size.ts';
import { reservedPath } from './rules/reserved-path.ts';
import { resources } from './rules/resources.ts';
import { selectionPattern } from './rules/selection-pattern.ts';
import { templateSize } from './rules/template-size.ts';

export const GATEWAY_RULES: readonly GatewayRule[] = [
  ...LOSS_RULES,
  resources,
  documentSize,
  modelSize,
  templateSize,
  headerSize,
  policySize,
  compressionSize,
  documentationParts,
  authorizers,
  authorizer,
  integrationType,
  integrationTimeout,
  integrationParameter,
  mockStatus,
  selectionPattern,
  reservedPath,
];
