/**
 * Calls of the control plane whose refusals are told in our words: who is not allowed what, who is throttled, who does
 * not answer. What a caller expects, such as a stage that is not there, stays as the client throws it.
 */
import { RehearsalError } from '../../contract/errors.ts';

/** What AWS's client throws, as far as it is looked at. */
interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly code?: string;
}

/**
 * @param operation - in AWS's words: `PutRestApi`
 * @throws RehearsalError PLANE_DENIED, PLANE_CREDENTIALS, PLANE_THROTTLED, PLANE_UNREACHABLE, PLANE_REFUSED
 */
export async function askPlane<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw codedError(operation, error);
  }
}

/** As `askPlane`, and undefined for what is not there. */
export async function findOnPlane<T>(operation: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw codedError(operation, error);
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotFoundException';
}

const DENIED = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'UnauthorizedException',
  'ForbiddenException',
]);
const THROTTLED = new Set([
  'TooManyRequestsException',
  'LimitExceededException',
  'ThrottlingException',
  'Throttling',
]);
const CREDENTIALS = new Set([
  'CredentialsProviderError',
  'ExpiredTokenException',
  'ExpiredToken',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'TimeoutError',
]);

/** A fault of our own stays what it is. */
export function codedError(operation: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RehearsalError) return error;
  const { name, code = '', message, $metadata } = error as ServiceError;
  const options: ErrorOptions = { cause: error };
  const reason = message.trim().replace(/[.\s]+$/, '') || name;
  if (CREDENTIALS.has(name) || /security token .* (expired|invalid)/i.test(message))
    return new RehearsalError('PLANE_CREDENTIALS', { reason }, options);
  if (/region is missing/i.test(message)) return new RehearsalError('PLANE_REGION', {}, options);
  if (DENIED.has(name)) {
    const { action, resource } = deniedAction(operation, message);
    return new RehearsalError('PLANE_DENIED', { actions: `${action} on ${resource}`, operation }, options);
  }
  if (THROTTLED.has(name)) {
    const attempts = $metadata?.attempts ?? 1;
    const times = attempts === 1 ? 'once' : `${attempts} times`;
    return new RehearsalError('PLANE_THROTTLED', { operation, reason, times }, options);
  }
  if (NETWORK.has(code) || NETWORK.has(name) || ($metadata?.httpStatusCode ?? 0) >= 500)
    return new RehearsalError('PLANE_UNREACHABLE', { operation, reason }, options);
  if ($metadata?.httpStatusCode === undefined) return error;
  return new RehearsalError('PLANE_REFUSED', { operation, reason }, options);
}

/** The verb of each operation, which is the action of IAM. */
const ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/^Get/, 'GET'],
  [/^(Create|Import)/, 'POST'],
  [/^(Put|Tag)/, 'PUT'],
  [/^Update/, 'PATCH'],
  [/^(Delete|Untag)/, 'DELETE'],
];

/**
 * What is missing, as IAM calls it. AWS says it in its message, mostly.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 */
function deniedAction(
  operation: string,
  message: string,
): { readonly action: string; readonly resource: string } {
  const [, said] = /not authorized to perform: ([\w:*]+)/.exec(message) ?? [];
  const [, on] = /on resource: (\S+?)[.,]?(\s|$)/.exec(message) ?? [];
  const verb = ACTIONS.find(([pattern]) => pattern.test(operation))?.[1] ?? '*';
  const action = operation === 'FilterLogEvents' ? 'logs:FilterLogEvents' : `apigateway:${verb}`;
  return { action: said ?? action, resource: on ?? `what ${operation} asks for` };
}
