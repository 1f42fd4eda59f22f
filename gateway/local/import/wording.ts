/**
 * The sentences of an import, in AWS's words. "Recorded" ones were answered by AWS, "seen" ones are reported by people
 * who met them, and "ours" stand where AWS's words are unknown; docs/reference/local-gateway-differences.md lists those.
 */

/** Where a method stands, for sentences about it. */
export interface MethodPlace {
  /** After the base path was applied. */
  readonly path: string;
  /** Upper case. */
  readonly verb: string;
}

/** Recorded for text that cannot be read, seen for OpenAPI 3.1. */
export const INVALID_INPUT = 'Invalid OpenAPI input.';

/** Ours: AWS's answer to a definition beyond 6 MB is unknown. */
export const TOO_LARGE = 'The API definition must not be larger than 6291456 bytes.';

/** Seen. */
export function parseIssue(place: string, issue: 'is missing' | `is not of type \`${string}\``): string {
  return `Parse issue: attribute ${place} ${issue}`;
}

/** Seen. */
export function malformedIntegration(path: string): string {
  return `Unable to parse API definition because of a malformed integration at path ${path}.`;
}

/** Seen. */
export function unknownReference(reference: string): string {
  return `Unknown or invalid reference specified by '${reference}'. Ignoring.`;
}

/** Seen. */
export function unknownModel(name: string): string {
  return `Reference to model '${name}' not found. Ignoring.`;
}

/** Seen. */
export function modelNotCreated(name: string, reason: string): string {
  return `Unable to create model for '${name}': ${reason}`;
}

/** Seen. */
export function unusableInlineModel(mediaType: string, verb: string): string {
  return `Invalid format for model ${mediaType} for method ${verb}`;
}

/** Seen. */
export function resourceNotCreated(path: string, reason: string): string {
  return `Unable to create resource at path '${path}': ${reason}`;
}

/** Seen. */
export function integrationNotPut({ path, verb }: MethodPlace, reason: string): string {
  return `Unable to put integration on '${verb}' for resource at path '${path}': ${reason}`;
}

/** Seen. */
export function integrationResponseNotPut({ path, verb }: MethodPlace, reason: string): string {
  return `Unable to put integration response on '${verb}' for resource at path '${path}': ${reason}`;
}

/** Ours, in the manner of the others. */
export function methodNotPut({ path, verb }: MethodPlace, reason: string): string {
  return `Unable to put method '${verb}' on resource at path '${path}': ${reason}`;
}

/** Ours, in the manner of the others. */
export function methodResponseNotPut(status: string, { path, verb }: MethodPlace, reason: string): string {
  return `Unable to put method response '${status}' on '${verb}' for resource at path '${path}': ${reason}`;
}

/** Recorded. */
export function requestParameterNoText(name: string, { path, verb }: MethodPlace, value: string): string {
  return `Invalid format for 'requestParameters'. Expected type string for property '${name}' of resource '${path}' and method '${verb}' but got '${value}'`;
}

/** Ours: a method response needs a status of three digits, and AWS's words for `default` and `4XX` are unknown. */
export function noStatus(status: string, { path, verb }: MethodPlace): string {
  return `Invalid response status code '${status}' for method '${verb}' on resource at path '${path}'. Ignoring.`;
}

/** Ours. */
export function noParameterTarget(name: string, location: string, { path, verb }: MethodPlace): string {
  return `Unsupported parameter location '${location}' for parameter '${name}' of method '${verb}' on resource at path '${path}'. Ignoring.`;
}

/** Seen. */
export function unsupportedScheme(type: string, name: string): string {
  return `Unsupported security definition type '${type}' for '${name}'. Ignoring.`;
}

/** Ours. */
export function unknownScheme(name: string, { path, verb }: MethodPlace): string {
  return `Security definition '${name}' of method '${verb}' on resource at path '${path}' not found. Ignoring.`;
}

/** Ours. */
export function unknownValidator(name: string): string {
  return `Request validator '${name}' not found. Ignoring.`;
}

/** Ours. */
export function authorizerNotCreated(name: string, reason: string): string {
  return `Unable to create authorizer '${name}': ${reason}`;
}

/** Ours. */
export function gatewayResponseNotPut(type: string, reason: string): string {
  return `Unable to put gateway response '${type}': ${reason}`;
}
