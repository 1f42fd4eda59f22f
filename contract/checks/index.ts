/** Every check, in the order of reports and documentation. A new one is a file beside this and a line here. */
import { acceptIgnored } from './accept-ignored.ts';
import { allow } from './allow.ts';
import { allowIncomplete } from './allow-incomplete.ts';
import { authNotEnforced } from './auth-not-enforced.ts';
import { bodyNotAllowed } from './body-not-allowed.ts';
import type { Check } from './check.ts';
import { contentTypeNotRefused } from './content-type-not-refused.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { framing } from './framing.ts';
import { invalidAccepted } from './invalid-accepted.ts';
import { jsonByteOrderMark } from './json-byte-order-mark.ts';
import { methodNotRefused } from './method-not-refused.ts';
import { missingStatusHeader } from './missing-status-header.ts';
import { problemJson } from './problem-json.ts';
import { responseBody } from './response-body.ts';
import { responseHeaders } from './response-headers.ts';
import { serverError } from './server-error.ts';
import { statusOutOfPlace } from './status-out-of-place.ts';
import { statusOutOfRange } from './status-out-of-range.ts';
import { undeclaredHeaders } from './undeclared-headers.ts';
import { undeclaredProperties } from './undeclared-properties.ts';
import { undocumentedMediaType } from './undocumented-media-type.ts';
import { undocumentedStatus } from './undocumented-status.ts';
import { validRefused } from './valid-refused.ts';

export const CHECKS: readonly Check[] = [
  serverError,
  statusOutOfRange,
  undocumentedStatus,
  statusOutOfPlace,
  missingStatusHeader,
  allow,
  allowIncomplete,
  undocumentedMediaType,
  acceptIgnored,
  responseBody,
  duplicateKeys,
  jsonByteOrderMark,
  problemJson,
  undeclaredProperties,
  bodyNotAllowed,
  framing,
  responseHeaders,
  undeclaredHeaders,
  invalidAccepted,
  contentTypeNotRefused,
  methodNotRefused,
  validRefused,
  authNotEnforced,
];

/** Those that are asked when nobody chooses. */
export const DEFAULT_CHECKS: readonly Check[] = CHECKS.filter(({ optional }) => optional !== true);
