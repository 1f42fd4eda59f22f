/** Every rule for API Gateway, in the order of docs/reference/apigateway.md. A new one is one file and one line here. */
import type { GatewayRule } from './gateway-rule.ts';
import { LOSS_RULES } from './loss-rules.ts';
import { authorizer } from './rules/authorizer.ts';
import { authorizers } from './rules/authorizers.ts';
import { compressionSize } from './rules/compression-size.ts';
import { documentSize } from './rules/document-size.ts';
import { documentationParts } from './rules/documentation-parts.ts';
import { forbiddenHeader } from './rules/forbidden-header.ts';
import { foreachTurns } from './rules/foreach-turns.ts';
import { headerSize } from './rules/header-size.ts';
import { integrationParameter } from './rules/integration-parameter.ts';
import { integrationStatus } from './rules/integration-status.ts';
import { integrationTimeout } from './rules/integration-timeout.ts';
import { integrationType } from './rules/integration-type.ts';
import { methodArn } from './rules/method-arn.ts';
import { metricDimension } from './rules/metric-dimension.ts';
import { mockBody } from './rules/mock-body.ts';
import { mockStatus } from './rules/mock-status.ts';
import { modelSize } from './rules/model-size.ts';
import { payloadSize } from './rules/payload-size.ts';
import { policySize } from './rules/policy-size.ts';
import { remappedHeader } from './rules/remapped-header.ts';
import { reservedPath } from './rules/reserved-path.ts';
import { resources } from './rules/resources.ts';
import { selectionPattern } from './rules/selection-pattern.ts';
import { stageVariable } from './rules/stage-variable.ts';
import { statusTwice } from './rules/status-twice.ts';
import { templateFunction } from './rules/template-function.ts';
import { templateSize } from './rules/template-size.ts';
import { templateSyntax } from './rules/template-syntax.ts';
import { urlLength } from './rules/url-length.ts';

export const GATEWAY_RULES: readonly GatewayRule[] = [
  ...LOSS_RULES,
  resources,
  documentSize,
  modelSize,
  templateSize,
  templateSyntax,
  templateFunction,
  foreachTurns,
  headerSize,
  payloadSize,
  urlLength,
  methodArn,
  metricDimension,
  policySize,
  compressionSize,
  documentationParts,
  authorizers,
  authorizer,
  integrationType,
  integrationTimeout,
  integrationParameter,
  integrationStatus,
  forbiddenHeader,
  remappedHeader,
  stageVariable,
  mockStatus,
  mockBody,
  selectionPattern,
  statusTwice,
  reservedPath,
];
