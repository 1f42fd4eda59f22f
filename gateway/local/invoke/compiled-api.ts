/** An API as the steps read it: made once of a snapshot, its methods at the first request for each. */
import { effectiveResponse } from '../gateway-responses/effective-response.ts';
import type { ResponseType } from '../gateway-responses/response-types.ts';
import type { GatewayResponse, Snapshot } from '../state/records.ts';
import { compileMethod } from './compiled-method.ts';
import type { CompiledApi, CompiledGatewayResponse, CompiledMethod } from './model.ts';
import { binaryTypes } from './payload.ts';
import { routerOf } from './route.ts';

export function compileApi(snapshot: Snapshot): CompiledApi {
  const { restApi, resources, gatewayResponses, authorizers } = snapshot;
  const byResource = new Map<string, ReadonlyMap<string, () => CompiledMethod>>();
  const router = routerOf(resources, resource => {
    const methods = new Map(
      Object.entries(resource.resourceMethods ?? {}).map(([verb, method]) => [
        verb,
        once(() => compileMethod(snapshot, resource, method)),
      ]),
    );
    byResource.set(resource.id, methods);
    return methods;
  });
  const answers = new Map<ResponseType, CompiledGatewayResponse>();
  return {
    restApi,
    authorizers,
    binary: binaryTypes(restApi.binaryMediaTypes),
    find: (verb, path) => {
      const route = router.find(verb, path);
      return route && { method: route.method(), pathParameters: route.pathParameters };
    },
    methodOf: (resourceId, verb) => byResource.get(resourceId)?.get(verb)?.(),
    gatewayResponse: type => {
      let answer = answers.get(type);
      if (answer === undefined) {
        // What was put for this one is kept and shown, and changes nothing (5.1).
        const put = type === 'REQUEST_TOO_LARGE' ? [] : gatewayResponses;
        const response = effectiveResponse(put, type);
        answer = { response, untouched: isBuiltIn(response, type) };
        answers.set(type, answer);
      }
      return answer;
    },
  };
}

function isBuiltIn(response: GatewayResponse, type: ResponseType): boolean {
  return JSON.stringify(response) === JSON.stringify(effectiveResponse([], type));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
