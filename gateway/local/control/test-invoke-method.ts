/**
 * TestInvokeMethod: tries a method of the working copy with a request that is made up, whoever may call it and whatever
 * stage it is on (apigateway.md 13.3).
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html
 */
import { isArray, isObject, type Json, own } from '../../../contract/json/value.ts';
import { snapshotOf } from '../state/snapshot.ts';
import { AwsError, notFound } from './aws-error.ts';
import { apiIdOf, methodOf } from './lookup.ts';
import type { Answer, Call, Operation } from './operation.ts';
import { readInput } from './read-input.ts';

export const TEST_INVOKE_OPERATIONS: readonly Operation[] = [
  {
    name: 'TestInvokeMethod',
    method: 'POST',
    path: '/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}',
    status: 200,
    answer: testInvokeMethod,
  },
];

function testInvokeMethod(call: Call): Answer {
  const { resource, method } = methodOf(call);
  const snapshot = snapshotOf(call.store, apiIdOf(call));
  // Resources go with their API, so this is an API that is just being deleted.
  if (snapshot === undefined) throw notFound('Invalid Resource identifier specified');
  if (call.testMethod === undefined) throw new AwsError('InternalFailure', 'There is no data plane.');
  const { pathWithQueryString, body, headers, stageVariables } = readInput(call.input, {
    pathWithQueryString: 'text',
    body: 'text',
    headers: 'texts',
    stageVariables: 'texts',
  });
  return {
    later: call.testMethod(snapshot, {
      resourceId: resource.id,
      verb: method.httpMethod,
      pathWithQueryString,
      body: body ?? '',
      headers: [
        ...Object.entries(headers ?? {}).flat(),
        ...multiValues(own(call.input, 'multiValueHeaders')),
      ],
      stageVariables: stageVariables ?? {},
    }),
  };
}

/** Name, value, name, value of a map of lists. */
function multiValues(map: Json | undefined): readonly string[] {
  if (!isObject(map)) return [];
  return Object.entries(map).flatMap(([name, values]) =>
    isArray(values) ? values.flatMap(value => (typeof value === 'string' ? [name, value] : [])) : [],
  );
}
