/** `cloneFrom`: the working copy of one API as the beginning of another, with ids of its own. */
import { type Chance, partId } from '../state/ids.ts';
import type { Method, Resource, RestApi, Snapshot } from '../state/records.ts';
import { withMember } from './members.ts';

/** @param next - the new API itself, whose root resource has its id already */
export function clonedSnapshot(source: Snapshot, next: RestApi, chance: Chance): Snapshot {
  const ids = new Map([[source.restApi.rootResourceId, next.rootResourceId]]);
  const taken = new Set(ids.values());
  const renamed = (id: string): string => {
    const known = ids.get(id) ?? partId(chance, next => taken.has(next));
    ids.set(id, known);
    taken.add(known);
    return known;
  };
  const withNewId = <T extends { readonly id: string }>(record: T): T => ({
    ...record,
    id: renamed(record.id),
  });
  // References between models name their API.
  const ownModels = (schema: string): string =>
    schema.replaceAll(`/restapis/${source.restApi.id}/models/`, `/restapis/${next.id}/models/`);
  return {
    restApi: next,
    resources: source.resources.map(resource => clonedResource(withNewId(resource), renamed)),
    models: source.models.map(model => ({ ...withNewId(model), schema: ownModels(model.schema) })),
    requestValidators: source.requestValidators.map(withNewId),
    authorizers: source.authorizers.map(withNewId),
    gatewayResponses: source.gatewayResponses,
    documentationParts: source.documentationParts.map(withNewId),
  };
}

function clonedResource(resource: Resource, renamed: (id: string) => string): Resource {
  const { parentId, resourceMethods } = resource;
  const moved = parentId === undefined ? resource : { ...resource, parentId: renamed(parentId) };
  if (resourceMethods === undefined) return moved;
  const methods = Object.entries(resourceMethods).map(([verb, method]) => [
    verb,
    clonedMethod(method, renamed),
  ]);
  return { ...moved, resourceMethods: Object.fromEntries(methods) };
}

function clonedMethod(method: Method, renamed: (id: string) => string): Method {
  const { authorizerId, requestValidatorId, methodIntegration } = method;
  const withAuthorizer = withMember(method, 'authorizerId', authorizerId && renamed(authorizerId));
  const withValidator = withMember(
    withAuthorizer,
    'requestValidatorId',
    requestValidatorId && renamed(requestValidatorId),
  );
  return withMember(
    withValidator,
    'methodIntegration',
    methodIntegration && {
      ...methodIntegration,
      cacheNamespace: renamed(methodIntegration.cacheNamespace),
    },
  );
}
