/** What the members of a method may be; some of them name other records of the API. */
import { VERBS } from '../rules/integration-rules.ts';
import type { Method } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import { apiIdOf, type Where } from './lookup.ts';
import { withMember } from './members.ts';

const AUTHORIZATION_TYPES = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'];

export function verbOf(verb: string): string {
  if (VERBS.includes(verb)) return verb;
  throw badRequest(`Invalid HttpMethod specified. Valid options are ${VERBS.join(',')}`);
}

/** Kept in capitals, in whatever case it came. */
export function authorizationTypeOf(type: string): string {
  const known = type.toUpperCase();
  if (AUTHORIZATION_TYPES.includes(known)) return known;
  throw badRequest(`Invalid authorizationType specified. Valid options are ${AUTHORIZATION_TYPES.join(',')}`);
}

/** A method whose authorizer fits its type: required by two of them, and passed over for the others. */
export function withAuthorizer(call: Where, method: Method): Method {
  const { authorizationType, authorizerId = '' } = method;
  if (authorizationType !== 'CUSTOM' && authorizationType !== 'COGNITO_USER_POOLS') {
    return withMember(withMember(method, 'authorizerId', undefined), 'authorizationScopes', undefined);
  }
  const authorizer = call.store.get('authorizer', apiIdOf(call), authorizerId);
  if (
    authorizer === undefined ||
    (authorizer.type === 'COGNITO_USER_POOLS') !== (authorizationType !== 'CUSTOM')
  ) {
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  }
  return method;
}

/** An empty text stands for none. */
export function requestValidatorIdOf(call: Where, id: string | undefined): string | undefined {
  if (id === undefined || id === '') return undefined;
  if (call.store.get('request-validator', apiIdOf(call), id) !== undefined) return id;
  throw badRequest('Invalid Request Validator identifier specified');
}

/** The names of models that a method or a response of it uses. */
export function refuseModelNames(call: Where, names: readonly string[]): void {
  const unknown = names.find(name => call.store.get('model', apiIdOf(call), name) === undefined);
  if (unknown !== undefined) throw badRequest(`Invalid model identifier specified: ${unknown}`);
}
