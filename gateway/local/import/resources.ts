/** From the paths of a document to a tree of resources: parents come by themselves, and each path part is held to AWS's rules. */
import { pathPartFault } from '../rules/path-part.ts';
import { refuseBeyondQuota } from '../rules/quotas.ts';
import type { Method, Resource } from '../state/records.ts';
import type { ImportScope } from './scope.ts';
import { resourceNotCreated } from './wording.ts';

/** What grows while paths are read; parents stand before their children. */
export type ResourceTree = Map<string, Resource>;

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
      const fault = pathPartFault(pathPart, parent, childrenOf(tree, parent));
      if (fault !== undefined) {
        scope.findings.errors.push(resourceNotCreated(`/${segments.join('/')}`, fault));
        return undefined;
      }
      refuseBeyondQuota('Resources', tree.size + 1);
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

function childrenOf(tree: ResourceTree, parent: Resource): readonly Resource[] {
  return [...tree.values()].filter(({ parentId }) => parentId === parent.id);
}
