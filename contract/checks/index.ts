/** Every check, in the order of reports and documentation. A new one is a file beside this and a line here. */
import { authNotEnforced } from './auth-not-enforced.ts';
import { bodyNotAllowed } from './body-not-allowed.ts';
import type { Check } from './check.ts';
import { framing } from './framing.ts';
import { invalidAccepted } from './invalid-accepted.ts';
import { responseBody } from './response-body.ts';
import { responseHeaders } from './response-headers.ts';
import { serverError } from './server-error.ts';
import { undocumentedMediaType } from './undocumented-media-type.ts';
import { undocumentedStatus } from './undocumented-status.ts';
import { validRefused } from './valid-refused.ts';

export const CHECKS: readonly Check[] = [
  serverError,
  undocumentedStatus,
  undocumentedMediaType,
  responseBody,
  responseHeaders,
  bodyNotAllowed,
  framing,
  invalidAccepted,
  validRefused,
  authNotEnforced,
];
