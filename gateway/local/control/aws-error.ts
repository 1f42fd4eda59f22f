/**
 * The control plane's refusals as AWS writes them: a status, a type in `x-amzn-ErrorType`, and a message as the body.
 * Thrown, so that a transaction around the work undoes it.
 */

/** The types of the service model, with the status each one travels with. */
const STATUS = {
  BadRequestException: 400,
  ValidationException: 400,
  SerializationException: 400,
  UnauthorizedException: 401,
  AccessDeniedException: 403,
  ForbiddenException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  NotFoundException: 404,
  UnknownOperationException: 404,
  ConflictException: 409,
  RequestTooLargeException: 413,
  LimitExceededException: 429,
  TooManyRequestsException: 429,
  InternalFailure: 500,
  NotImplementedException: 501,
  ServiceUnavailableException: 503,
} as const;

export type AwsErrorType = keyof typeof STATUS;

/** A refusal. It has no stack worth reading: it is an answer, not a fault. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly type: AwsErrorType;
  readonly status: number;
  /** What AWS does not say and a person wants to know. */
  readonly detail: string | undefined;

  constructor(type: AwsErrorType, message: string, detail?: string) {
    super(message);
    this.type = type;
    this.status = STATUS[type];
    this.detail = detail;
  }
}

export function badRequest(message: string, detail?: string): AwsError {
  return new AwsError('BadRequestException', message, detail);
}

/** Refuses what a rule has a reason against. */
export function refuseFault(reason: string | undefined): void {
  if (reason !== undefined) throw badRequest(reason);
}

export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message);
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message);
}
