/**
 * The end of a request that API Gateway answers itself. Thrown by a step, so that the steps after it are not run;
 * `gateway-response.ts` makes the answer of it.
 */
import { type ResponseType, responseKind } from '../gateway-responses/response-types.ts';

export interface FailureDetails {
  /** What the client is told, where that is not what the type says by itself. */
  readonly message?: string | null;
  /** The status while nobody configured one, where that is not the type's. */
  readonly status?: number;
  readonly errorType?: string;
  /** `$context.error.validationErrorString`. */
  readonly validation?: readonly string[];
  /** The line of the execution log. */
  readonly log?: string;
}

/** Has no stack worth reading: it is an answer, not a fault. */
export class GatewayFailure extends Error {
  override readonly name = 'GatewayFailure';
  readonly type: ResponseType;
  /** `$context.error.message`. */
  readonly told: string | null;
  readonly errorType: string;
  readonly details: FailureDetails;

  constructor(type: ResponseType, details: FailureDetails = {}) {
    const kind = responseKind(type);
    const told = details.message === undefined ? kind.message : details.message;
    super(details.log ?? told ?? type);
    this.type = type;
    this.told = told;
    this.errorType = details.errorType ?? kind.errorType;
    this.details = details;
  }
}

/** What is wrong with the API itself: the client learns nothing of it, the execution log says what it is (2.4). */
export function configurationError(reason: string): GatewayFailure {
  return new GatewayFailure('API_CONFIGURATION_ERROR', {
    log: `Execution failed due to configuration error: ${reason}`,
  });
}
