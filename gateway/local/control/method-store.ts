/** Methods stand inside their resource's record: how one is put there, and taken away. */
import type { Integration, Method, Resource } from '../state/records.ts';
import { apiIdOf, type FoundIntegration, type FoundMethod, type Where } from './lookup.ts';
import { withEntry, withMember, withoutEntry } from './members.ts';

export function putMethodOn(call: Where, resource: Resource, method: Method): void {
  const resourceMethods = withEntry(resource.resourceMethods, method.httpMethod, method);
  call.store.put('resource', apiIdOf(call), resource.id, { ...resource, resourceMethods });
}

export function removeMethodFrom(call: Where, { resource, method }: FoundMethod): void {
  const left = withoutEntry(resource.resourceMethods, method.httpMethod);
  call.store.put('resource', apiIdOf(call), resource.id, withMember(resource, 'resourceMethods', left));
}

export function putIntegrationOn(
  call: Where,
  { resource, method }: FoundMethod,
  integration: Integration | undefined,
): void {
  putMethodOn(call, resource, withMember(method, 'methodIntegration', integration));
}

export function putIntegrationResponses(
  call: Where,
  found: FoundIntegration,
  responses: Integration['integrationResponses'],
): void {
  putIntegrationOn(call, found, withMember(found.integration, 'integrationResponses', responses));
}
