/**
 * Checks of AWS's service framework, which stand before those of the service itself: sets of values and patterns of the
 * service model. All that fail are told in one ValidationException (reference: the texts are recorded).
 */
import { AwsError } from './aws-error.ts';

/** What is wrong with one member, or undefined. */
export type Violation = string | undefined;

/** Throws one ValidationException that tells every violation, in the order given. */
export function refuseViolations(...violations: readonly Violation[]): void {
  const told = violations.filter(violation => violation !== undefined);
  if (told.length > 0) throw validationError(...told);
}

function validationError(...told: readonly string[]): AwsError {
  const count = told.length === 1 ? '1 validation error' : `${told.length} validation errors`;
  return new AwsError('ValidationException', `${count} detected: ${told.join('; ')}`);
}

/** @param at - `createRestApiInput.endpointConfiguration.ipAddressType`; members of the path stand without a prefix */
export function notInSet(value: string | undefined, at: string, allowed: readonly string[]): Violation {
  if (value === undefined || allowed.includes(value)) return undefined;
  return failed(`'${value}'`, at, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
}

/** A list each of whose values must be in the set; the whole list is told. */
export function someNotInSet(
  values: readonly string[] | undefined,
  at: string,
  allowed: readonly string[],
): Violation {
  if (values === undefined || values.every(value => allowed.includes(value))) return undefined;
  const set = `Member must satisfy enum value set: [${allowed.join(', ')}]`;
  return failed(`'[${values.join(', ')}]'`, at, `Member must satisfy constraint: [${set}]`);
}

/** A status as the service model writes it. */
export function notAStatus(value: string | undefined, at: string): Violation {
  if (value === undefined || /^[1-5]\d\d$/.test(value)) return undefined;
  return failed(`'${value}'`, at, 'Member must satisfy regular expression pattern: [1-5]\\d\\d');
}

/** A member that the service model requires. */
export function notGiven(value: unknown, at: string): Violation {
  return value === undefined ? failed('null', at, 'Member must not be null') : undefined;
}

/** The value of a member that the service model requires. */
export function required<T>(value: T | undefined, at: string): T {
  if (value !== undefined) return value;
  throw validationError(failed('null', at, 'Member must not be null'));
}

function failed(value: string, at: string, constraint: string): string {
  return `Value ${value} at '${at}' failed to satisfy constraint: ${constraint}`;
}
