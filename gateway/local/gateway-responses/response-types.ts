/**
 * The gateway responses that API Gateway knows: what the gateway answers itself, before or in place of a method's own
 * responses (apigateway.md 5.1).
 */

export interface ResponseKind {
  /** Undefined for the two that only others inherit from. */
  readonly status: number | undefined;
  /** What `$context.error.message` says unless the failure says more; null where AWS sends a JSON null. */
  readonly message: string | null;
  /** `x-amzn-ErrorType`. */
  readonly errorType: string;
}

export type ResponseType =
  | 'ACCESS_DENIED'
  | 'API_CONFIGURATION_ERROR'
  | 'AUTHORIZER_CONFIGURATION_ERROR'
  | 'AUTHORIZER_FAILURE'
  | 'BAD_REQUEST_BODY'
  | 'BAD_REQUEST_PARAMETERS'
  | 'DEFAULT_4XX'
  | 'DEFAULT_5XX'
  | 'EXPIRED_TOKEN'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'INVALID_API_KEY'
  | 'INVALID_SIGNATURE'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'QUOTA_EXCEEDED'
  | 'REQUEST_TOO_LARGE'
  | 'RESOURCE_NOT_FOUND'
  | 'THROTTLED'
  | 'UNAUTHORIZED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'WAF_FILTERED';

const KINDS: Readonly<Record<ResponseType, ResponseKind>> = {
  ACCESS_DENIED: kind(403, 'User is not authorized to access this resource', 'AccessDeniedException'),
  API_CONFIGURATION_ERROR: kind(500, 'Internal server error', 'InternalServerErrorException'),
  AUTHORIZER_CONFIGURATION_ERROR: kind(500, null, 'AuthorizerConfigurationException'),
  AUTHORIZER_FAILURE: kind(500, null, 'AuthorizerFailureException'),
  BAD_REQUEST_BODY: kind(400, 'Invalid request body', 'BadRequestException'),
  BAD_REQUEST_PARAMETERS: kind(400, 'Bad Request', 'BadRequestException'),
  DEFAULT_4XX: kind(undefined, 'Bad Request', 'BadRequestException'),
  DEFAULT_5XX: kind(undefined, 'Internal server error', 'InternalServerErrorException'),
  EXPIRED_TOKEN: kind(403, 'The security token included in the request is expired', 'ExpiredTokenException'),
  INTEGRATION_FAILURE: kind(504, 'Internal server error', 'InternalServerErrorException'),
  INTEGRATION_TIMEOUT: kind(504, 'Endpoint request timed out', 'InternalServerErrorException'),
  INVALID_API_KEY: kind(403, 'Forbidden', 'ForbiddenException'),
  INVALID_SIGNATURE: kind(
    403,
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    'InvalidSignatureException',
  ),
  MISSING_AUTHENTICATION_TOKEN: kind(
    403,
    'Missing Authentication Token',
    'MissingAuthenticationTokenException',
  ),
  QUOTA_EXCEEDED: kind(429, 'Limit Exceeded', 'LimitExceededException'),
  REQUEST_TOO_LARGE: kind(413, 'Request Too Long', 'RequestTooLargeException'),
  RESOURCE_NOT_FOUND: kind(404, 'Not Found', 'ResourceNotFoundException'),
  THROTTLED: kind(429, 'Too Many Requests', 'TooManyRequestsException'),
  UNAUTHORIZED: kind(401, 'Unauthorized', 'UnauthorizedException'),
  UNSUPPORTED_MEDIA_TYPE: kind(415, 'Unsupported Media Type', 'BadRequestException'),
  WAF_FILTERED: kind(403, 'Forbidden', 'ForbiddenException'),
};

/** All 21, in the order in which GetGatewayResponses lists them. */
export const RESPONSE_TYPES: readonly ResponseType[] = Object.keys(KINDS) as ResponseType[];

export function isResponseType(name: string): name is ResponseType {
  return Object.hasOwn(KINDS, name);
}

export function responseKind(type: ResponseType): ResponseKind {
  return KINDS[type];
}

function kind(status: number | undefined, message: string | null, errorType: string): ResponseKind {
  return { status, message, errorType };
}
