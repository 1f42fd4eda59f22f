/** Every rule of `diff`, in the order of docs/reference/diff.md. A new family is one file in `rules/` and one line here. */
import type { DiffRule } from './rule.ts';
import { BODY_RULES } from './rules/bodies.ts';
import { comparisonIncomplete } from './rules/comparison.ts';
import { EVENT_RULES } from './rules/events.ts';
import { integrationChanged } from './rules/integrations.ts';
import { OPERATION_RULES } from './rules/operations.ts';
import { PARAMETER_RULES } from './rules/parameters.ts';
import { RESPONSE_RULES } from './rules/responses.ts';
import { SCHEMA_RULES } from './rules/schema-rules.ts';
import { SECURITY_RULES } from './rules/security.ts';
import { WHOLE_RULES } from './rules/whole.ts';

export const DIFF_RULES: readonly DiffRule[] = [
  ...WHOLE_RULES,
  ...OPERATION_RULES,
  ...EVENT_RULES,
  ...SECURITY_RULES,
  ...PARAMETER_RULES,
  ...BODY_RULES,
  ...RESPONSE_RULES,
  ...SCHEMA_RULES,
  integrationChanged,
  comparisonIncomplete,
];
