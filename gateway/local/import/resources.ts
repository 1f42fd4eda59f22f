/** From the paths of a document to a tree of resources: parents come by themselves, and each path part is held to AWS's rules. */

import { AwsError } from '../control/aws-error.ts';
import type { Method, Resource } from '../state/records.ts';
import type { ImportScope } from './scope.ts';
import { quotaReached, resourceNotCreated } from './wording.ts';

/** What grows while paths are read; parents stand before their children. */
export type ResourceTree = Map<string, Resource>;

/** Resources of one API (reference 15). */
const MOST = 300;

const PART = /^([a-zA-Z0-9._:,-]+|\{[a-zA-Z0-9._:$-]+\+?\})$/;

/** Makes the resource of a path, and those above it. Undefined, with an error, where AWS allows none. */
export function resourceAt(
  scope: ImportScope,
  tree: ResourceTree,
  segments: readonly string[],
): Resource | undefined {
  let parent = tree.get('/');
  let path = '';
  for (const pathPart of segments) {
    path += `/${pathPart}`;
    const known = tree.get(path);
    if (known === undefined && parent !== undefined) {
      const fault = faultOf(tree, parent, pathPart);
      if (fault !== undefined) {
        scope.findings.errors.push(resourceNotCreated(`/${segments.join('/')}`, fault));
        return undefined;
      }
      if (tree.size >= MOST) throw new AwsError('LimitExceededException', quotaReached('Resources'));
      tree.set(path, { id: scope.idOf('resource', path), parentId: parent.id, pathPart, path });
    }
    parent = tree.get(path);
  }
  return parent;
}

/** Puts a method on a resource that is in the tree. */
export function putMethod(tree: ResourceTree, resource: Resource, method: Method): void {
  const current = tree.get(resource.path) ?? resource;
  tree.set(resource.path, {
    ...current,
    resourceMethods: { ...current.resourceMethods, [method.httpMethod]: method },
  });
}

/** Why a parent can have no such child (reference 6.6, 2). */
function faultOf(tree: ResourceTree, parent: Resource, pathPart: string): string | undefined {
  if (!PART.test(pathPart)) {
    return "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end and an optional plus sign before the closing brace.";
  }
  if (parent.pathPart?.endsWith('+}') === true) {
    return `Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`;
  }
  if (!pathPart.startsWith('{')) return undefined;
  for (const { parentId, pathPart: other } of tree.values()) {
    if (parentId === parent.id && other?.startsWith('{') === true) {
      return `A sibling (${other}) of this resource already has a variable path part -- only one is allowed`;
    }
  }
  return undefined;
}
