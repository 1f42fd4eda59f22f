/** Authorizers as imports make them: read and listed. Making, changing and testing them is not served yet. */
import { notFound } from './aws-error.ts';
import { apiIdOf, restApiOf } from './lookup.ts';
import type { Body, Call, Operation } from './operation.ts';
import { page } from './page.ts';

export const AUTHORIZER_OPERATIONS: readonly Operation[] = [
  {
    name: 'GetAuthorizers',
    method: 'GET',
    path: '/restapis/{restapi_id}/authorizers',
    status: 200,
    answer: call => page(call.store.list('authorizer', restApiOf(call).id), call.query),
  },
  {
    name: 'GetAuthorizer',
    method: 'GET',
    path: '/restapis/{restapi_id}/authorizers/{authorizer_id}',
    status: 200,
    answer: getAuthorizer,
  },
];

function getAuthorizer(call: Call): Body {
  const authorizer = call.store.get('authorizer', apiIdOf(call), call.path['authorizer_id'] ?? '');
  if (authorizer === undefined) throw notFound('Invalid Authorizer identifier specified');
  return { ...authorizer };
}
