/**
 * Resources: the tree of paths. A resource holds its methods; who moves or renames one changes the paths of all below.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html
 */

import { greedyParent, isGreedy, pathBelow, pathPartFault } from '../rules/path-part.ts';
import { refuseBeyondQuota } from '../rules/quotas.ts';
import { partId } from '../state/ids.ts';
import type { Resource } from '../state/records.ts';
import { badRequest, conflict, refuseFault } from './aws-error.ts';
import { textIn } from './input.ts';
import { apiIdOf, resourceById, resourceOf, restApiOf, type Where } from './lookup.ts';
import type { Body, Call, Operation } from './operation.ts';
import { page } from './page.ts';
import { applyPatches, type PatchTable, typedRefusal } from './patch.ts';
import { patchOperationsOf } from './patch-operations.ts';

const COLLECTION = '/restapis/{restapi_id}/resources';
const ITEM = '/restapis/{restapi_id}/resources/{resource_id}';

export const RESOURCE_OPERATIONS: readonly Operation[] = [
  {
    name: 'CreateResource',
    method: 'POST',
    path: '/restapis/{restapi_id}/resources/{parent_id}',
    status: 201,
    answer: createResource,
  },
  { name: 'GetResources', method: 'GET', path: COLLECTION, status: 200, answer: getResources },
  {
    name: 'GetResource',
    method: 'GET',
    path: ITEM,
    status: 200,
    answer: call => shown(resourceOf(call), call.query),
  },
  { name: 'UpdateResource', method: 'PATCH', path: ITEM, status: 200, answer: updateResource },
  { name: 'DeleteResource', method: 'DELETE', path: ITEM, status: 202, answer: deleteResource },
];

function createResource(call: Call): Body {
  const { store, path, input, chance } = call;
  const pathPart = textIn(input, 'pathPart') ?? '';
  const parent = resourceById(call, path['parent_id'] ?? '');
  refusePathPart(pathPart, parent, childrenOf(call, parent.id));
  refuseBeyondQuota('Resources', store.list('resource', apiIdOf(call)).length + 1);
  const resource: Resource = {
    id: partId(chance, id => store.get('resource', apiIdOf(call), id) !== undefined),
    parentId: parent.id,
    pathPart,
    path: pathBelow(parent, pathPart),
  };
  store.put('resource', apiIdOf(call), resource.id, resource);
  return { ...resource };
}

function getResources(call: Call): Body {
  const { id } = restApiOf(call);
  const { item, ...rest } = page(call.store.list('resource', id), call.query);
  return { item: item.map(resource => shown(resource, call.query)), ...rest };
}

/** Methods stand whole only where they were asked for; else their verbs alone. */
function shown(resource: Resource, query: URLSearchParams): Body {
  const { resourceMethods } = resource;
  const embedded = query.getAll('embed').flatMap(value => value.split(','));
  if (resourceMethods === undefined || embedded.includes('methods')) return { ...resource };
  const verbs = Object.keys(resourceMethods).map(verb => [verb, {}]);
  return { ...resource, resourceMethods: Object.fromEntries(verbs) };
}

function updateResource(call: Call): Body {
  const operations = patchOperationsOf(call, 'updateResourceInput');
  const before = resourceOf(call);
  const next = applyPatches(before, operations, patchesIn(call));
  if (next !== before) putTree(call, next);
  return shown(next, call.query);
}

/** Each operation is held against the tree as it stands; only the last resource is written. */
function patchesIn(call: Where): PatchTable<Resource> {
  return {
    rows: [
      {
        path: '/parentId',
        ops: ['replace'],
        apply: (resource, { value = '' }) => {
          if (resource.parentId === undefined) throw badRequest('Root resource cannot update its parentId.');
          const parent = resourceById(call, value);
          if (isWithin(call, parent, resource.id)) throw badRequest('Resources cannot be cyclical.');
          return placed(call, resource, parent, resource.pathPart ?? '');
        },
      },
      {
        path: '/pathPart',
        ops: ['replace'],
        apply: (resource, { value = '' }) => {
          if (resource.parentId === undefined) throw badRequest('Root resource cannot update its pathPart.');
          const parent = resourceById(call, resource.parentId);
          if (isGreedy(value) && childrenOf(call, resource.id).length > 0) {
            throw badRequest(greedyParent(value));
          }
          return placed(call, resource, parent, value);
        },
      },
    ],
    refusal: typedRefusal,
  };
}

function placed(call: Where, resource: Resource, parent: Resource, pathPart: string): Resource {
  const siblings = childrenOf(call, parent.id).filter(({ id }) => id !== resource.id);
  refusePathPart(pathPart, parent, siblings);
  return { ...resource, parentId: parent.id, pathPart, path: pathBelow(parent, pathPart) };
}

function refusePathPart(pathPart: string, parent: Resource, siblings: readonly Resource[]): void {
  if (siblings.some(sibling => sibling.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  }
  refuseFault(pathPartFault(pathPart, parent, siblings));
}

/** Writes a resource, and all below it with their new paths. */
function putTree(call: Where, resource: Resource): void {
  const apiId = apiIdOf(call);
  const all = call.store.list('resource', apiId);
  const put = (next: Resource): void => {
    call.store.put('resource', apiId, next.id, next);
    for (const child of all) {
      if (child.parentId === next.id) put({ ...child, path: pathBelow(next, child.pathPart ?? '') });
    }
  };
  put(resource);
}

function deleteResource(call: Call): undefined {
  const { id, parentId } = resourceOf(call);
  if (parentId === undefined) throw badRequest('Root resource cannot be deleted.');
  const apiId = apiIdOf(call);
  const all = call.store.list('resource', apiId);
  const remove = (gone: string): void => {
    for (const child of all) if (child.parentId === gone) remove(child.id);
    call.store.remove('resource', apiId, gone);
  };
  remove(id);
}

function childrenOf(call: Where, id: string): readonly Resource[] {
  return call.store.list('resource', apiIdOf(call)).filter(({ parentId }) => parentId === id);
}

/** Whether a resource is another one or stands below it. */
function isWithin(call: Where, resource: Resource, id: string): boolean {
  if (resource.id === id) return true;
  return resource.parentId !== undefined && isWithin(call, resourceById(call, resource.parentId), id);
}
