/** Every check, in the order of reports and documentation. A new one is a file beside this and a line here. */
import { acceptIgnored } from './accept-ignored.ts';
import { allow } from './allow.ts';
import { allowIncomplete } from './allow-incomplete.ts';
import { authNotEnforced } from './auth-not-enforced.ts';
import { bodyInBase64 } from './body-in-base64.ts';
import { bodyNotAllowed } from './body-not-allowed.ts';
import { cacheHeaders } from './cache-headers.ts';
import { charset } from './charset.ts';
import type { Check } from './check.ts';
import { conditionalIgnored } from './conditional-ignored.ts';
import { connectionDropped } from './connection-dropped.ts';
import { contentTypeNotRefused } from './content-type-not-refused.ts';
import { contentTypeSyntax } from './content-type-syntax.ts';
import { cors } from './cors.ts';
import { corsCredentials } from './cors-credentials.ts';
import { createdNotEqual } from './created-not-equal.ts';
import { createdNotReadable } from './created-not-readable.ts';
import { createdWithoutLocation } from './created-without-location.ts';
import { credentialsRefused } from './credentials-refused.ts';
import { deletedStillListed } from './deleted-still-listed.ts';
import { deprecatedWithoutNotice } from './deprecated-without-notice.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { endlessList } from './endless-list.ts';
import { filterIgnored } from './filter-ignored.ts';
import { framing } from './framing.ts';
import { headRefused } from './head-refused.ts';
import { headUnlikeGet } from './head-unlike-get.ts';
import { httpDates } from './http-dates.ts';
import { idReused } from './id-reused.ts';
import { idempotencyKeyIgnored } from './idempotency-key-ignored.ts';
import { invalidAccepted } from './invalid-accepted.ts';
import { jsonByteOrderMark } from './json-byte-order-mark.ts';
import { linkBroken } from './link-broken.ts';
import { listIncomplete } from './list-incomplete.ts';
import { locationBroken } from './location-broken.ts';
import { methodNotRefused } from './method-not-refused.ts';
import { missingChallenge } from './missing-challenge.ts';
import { missingStatusHeader } from './missing-status-header.ts';
import { neighbourChanged } from './neighbour-changed.ts';
import { nextPageBroken } from './next-page-broken.ts';
import { notIdempotent } from './not-idempotent.ts';
import { pageOverlap } from './page-overlap.ts';
import { pageSize } from './page-size.ts';
import { patchChangedMore } from './patch-changed-more.ts';
import { problemJson } from './problem-json.ts';
import { putMerged } from './put-merged.ts';
import { rateLimit } from './rate-limit.ts';
import { refusedButChanged } from './refused-but-changed.ts';
import { repeatedHeader } from './repeated-header.ts';
import { responseBody } from './response-body.ts';
import { responseHeaders } from './response-headers.ts';
import { responseTime } from './response-time.ts';
import { retryAfter } from './retry-after.ts';
import { serverError } from './server-error.ts';
import { serverVersion } from './server-version.ts';
import { setCookie } from './set-cookie.ts';
import { stackTrace } from './stack-trace.ts';
import { statusOutOfPlace } from './status-out-of-place.ts';
import { statusOutOfRange } from './status-out-of-range.ts';
import { totalWrong } from './total-wrong.ts';
import { undeclaredHeaders } from './undeclared-headers.ts';
import { undeclaredProperties } from './undeclared-properties.ts';
import { undocumentedMediaType } from './undocumented-media-type.ts';
import { undocumentedStatus } from './undocumented-status.ts';
import { unknownFound } from './unknown-found.ts';
import { updateNotVisible } from './update-not-visible.ts';
import { uriHeaders } from './uri-headers.ts';
import { useAfterDelete } from './use-after-delete.ts';
import { validRefused } from './valid-refused.ts';
import { writeOnlyReturned } from './write-only-returned.ts';
import { xmlBody } from './xml-body.ts';

export const CHECKS: readonly Check[] = [
  serverError,
  statusOutOfRange,
  undocumentedStatus,
  statusOutOfPlace,
  missingStatusHeader,
  allow,
  allowIncomplete,
  missingChallenge,
  undocumentedMediaType,
  contentTypeSyntax,
  charset,
  acceptIgnored,
  responseBody,
  duplicateKeys,
  jsonByteOrderMark,
  xmlBody,
  problemJson,
  undeclaredProperties,
  writeOnlyReturned,
  stackTrace,
  bodyInBase64,
  bodyNotAllowed,
  framing,
  connectionDropped,
  responseHeaders,
  undeclaredHeaders,
  repeatedHeader,
  uriHeaders,
  createdWithoutLocation,
  cacheHeaders,
  httpDates,
  retryAfter,
  rateLimit,
  setCookie,
  cors,
  corsCredentials,
  deprecatedWithoutNotice,
  serverVersion,
  responseTime,
  invalidAccepted,
  contentTypeNotRefused,
  methodNotRefused,
  validRefused,
  authNotEnforced,
  credentialsRefused,
  createdNotReadable,
  locationBroken,
  createdNotEqual,
  updateNotVisible,
  patchChangedMore,
  putMerged,
  neighbourChanged,
  notIdempotent,
  refusedButChanged,
  useAfterDelete,
  unknownFound,
  listIncomplete,
  deletedStillListed,
  filterIgnored,
  pageOverlap,
  pageSize,
  nextPageBroken,
  endlessList,
  totalWrong,
  headUnlikeGet,
  headRefused,
  conditionalIgnored,
  linkBroken,
  idReused,
  idempotencyKeyIgnored,
];

/** Those that are asked when nobody chooses. */
export const DEFAULT_CHECKS: readonly Check[] = CHECKS.filter(({ optional }) => optional !== true);
