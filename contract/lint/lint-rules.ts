/** Every rule of `lint`, in the order of docs/reference/problems.md. A new rule is one file and one line here. */
import type { LintRule } from './rule.ts';
import { componentUnused } from './rules/component-unused.ts';
import { defaultInvalid } from './rules/default-invalid.ts';
import { discriminatorProperty } from './rules/discriminator-property.ts';
import { exampleBoth } from './rules/example-both.ts';
import { exampleExternal } from './rules/example-external.ts';
import { exampleInvalid } from './rules/example-invalid.ts';
import { formatUnknown } from './rules/format-unknown.ts';
import { infoIncomplete } from './rules/info-incomplete.ts';
import { linkParameter } from './rules/link-parameter.ts';
import { mediaTypeInvalid } from './rules/media-type-invalid.ts';
import { operationIdDuplicate } from './rules/operation-id-duplicate.ts';
import { parameterDuplicate } from './rules/parameter-duplicate.ts';
import { parameterIgnored } from './rules/parameter-ignored.ts';
import { parameterValue } from './rules/parameter-value.ts';
import { pathParameterOptional } from './rules/path-parameter-optional.ts';
import { pathParameterUndeclared } from './rules/path-parameter-undeclared.ts';
import { pathParameterUnused } from './rules/path-parameter-unused.ts';
import { pathTemplate } from './rules/path-template.ts';
import { pathTemplateCollision } from './rules/path-template-collision.ts';
import { patternDelimited } from './rules/pattern-delimited.ts';
import { patternInvalid } from './rules/pattern-invalid.ts';
import { patternUnsupported } from './rules/pattern-unsupported.ts';
import { referenceSiblings } from './rules/reference-siblings.ts';
import { requestBodyIgnored } from './rules/request-body-ignored.ts';
import { responseBodyForbidden } from './rules/response-body-forbidden.ts';
import { responseHeaderIgnored } from './rules/response-header-ignored.ts';
import { responseSuccessMissing } from './rules/response-success-missing.ts';
import { responsesMissing } from './rules/responses-missing.ts';
import { schemaBounds } from './rules/schema-bounds.ts';
import { schemaEnumType } from './rules/schema-enum-type.ts';
import { schemaItemsMissing } from './rules/schema-items-missing.ts';
import { schemaKeywordVersion } from './rules/schema-keyword-version.ts';
import { schemaNothing } from './rules/schema-nothing.ts';
import { schemaNullable } from './rules/schema-nullable.ts';
import { schemaReadWrite } from './rules/schema-read-write.ts';
import { schemaRequiredUndefined } from './rules/schema-required-undefined.ts';
import { securityScopeUndefined } from './rules/security-scope-undefined.ts';
import { sequenceHint } from './rules/sequence-hint.ts';
import { serverVariable } from './rules/server-variable.ts';
import { tagUndeclared } from './rules/tag-undeclared.ts';

export const LINT_RULES: readonly LintRule[] = [
  infoIncomplete,
  serverVariable,
  pathTemplate,
  pathTemplateCollision,
  pathParameterUndeclared,
  pathParameterUnused,
  pathParameterOptional,
  operationIdDuplicate,
  tagUndeclared,
  securityScopeUndefined,
  parameterDuplicate,
  parameterValue,
  parameterIgnored,
  requestBodyIgnored,
  responsesMissing,
  responseSuccessMissing,
  responseBodyForbidden,
  responseHeaderIgnored,
  mediaTypeInvalid,
  linkParameter,
  sequenceHint,
  schemaBounds,
  schemaNothing,
  schemaRequiredUndefined,
  schemaEnumType,
  schemaItemsMissing,
  schemaNullable,
  schemaReadWrite,
  schemaKeywordVersion,
  referenceSiblings,
  discriminatorProperty,
  patternInvalid,
  patternUnsupported,
  patternDelimited,
  formatUnknown,
  defaultInvalid,
  exampleInvalid,
  exampleBoth,
  exampleExternal,
  componentUnused,
];
