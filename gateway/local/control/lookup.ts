/**
 * Finds what a path names, or refuses in AWS's words. Calls on resources and below do not tell an unknown API from an
 * unknown resource; calls on the API do.
 */
import type { Integration, Method, Resource, RestApi } from '../state/records.ts';
import { notFound } from './aws-error.ts';
import type { Call } from './operation.ts';

export type Where = Pick<Call, 'store' | 'path' | 'account'>;

/** The id of the API in the path, whether or not there is such an API. */
export function apiIdOf({ path }: Pick<Call, 'path'>): string {
  return path['restapi_id'] ?? '';
}

/** The API the path names. */
export function restApiOf(call: Where): RestApi {
  const id = apiIdOf(call);
  const restApi = call.store.get('rest-api', '', id);
  if (restApi === undefined) {
    throw notFound(`Invalid API identifier specified ${call.account.accountId}:${id}`);
  }
  return restApi;
}

export function resourceOf(call: Where): Resource {
  return resourceById(call, call.path['resource_id'] ?? '');
}

export function resourceById(call: Where, id: string): Resource {
  const resource = call.store.get('resource', apiIdOf(call), id);
  if (resource === undefined) throw notFound('Invalid Resource identifier specified');
  return resource;
}

export interface FoundMethod {
  readonly resource: Resource;
  readonly method: Method;
}

/** Verbs are compared as they are written: AWS knows `GET`, not `get`. */
export function methodOf(call: Where): FoundMethod {
  const resource = resourceOf(call);
  const method = ownEntry(resource.resourceMethods, call.path['http_method'] ?? '');
  if (method === undefined) throw notFound('Invalid Method identifier specified');
  return { resource, method };
}

export interface FoundIntegration extends FoundMethod {
  readonly integration: Integration;
}

export function integrationOf(call: Where): FoundIntegration {
  const { resource, method } = methodOf(call);
  const integration = method.methodIntegration;
  if (integration === undefined) throw notFound('Invalid Integration identifier specified');
  return { resource, method, integration };
}

/** The status in the path of a method's or an integration's response. */
export function statusIn({ path }: Pick<Call, 'path'>): string {
  return path['status_code'] ?? '';
}

/** An entry of a map by a key that came from outside, never an inherited one. */
export function ownEntry<V>(map: Readonly<Record<string, V>> | undefined, key: string): V | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}
