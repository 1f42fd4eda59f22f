/** What a segment of a resource's path may be, alone, below its parent and beside its siblings (reference 6.6, 2). */
import type { Resource } from '../state/records.ts';

const PATH_PART = /^([a-zA-Z0-9._:,-]+|\{[a-zA-Z0-9._:$-]+\+?\})$/;

/**
 * The reason against a path part, in AWS's words, or undefined. That a sibling has the same name is another matter: who
 * creates is refused, and who imports means that sibling.
 *
 * @param siblings - the other children of the parent
 */
export function pathPartFault(
  pathPart: string,
  parent: Pick<Resource, 'pathPart'>,
  siblings: Iterable<Pick<Resource, 'pathPart'>>,
): string | undefined {
  if (!PATH_PART.test(pathPart)) {
    return "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end and an optional plus sign before the closing brace.";
  }
  const { pathPart: above = '' } = parent;
  if (isGreedy(above)) return greedyParent(above);
  if (!isVariable(pathPart)) return undefined;
  for (const { pathPart: other = '' } of siblings) {
    if (isVariable(other) && other !== pathPart) {
      return `A sibling (${other}) of this resource already has a variable path part -- only one is allowed`;
    }
  }
  return undefined;
}

export function greedyParent(pathPart: string): string {
  return `Cannot create a child of a resource with a greedy path variable: ${pathPart}`;
}

/** `{proxy+}`, which takes the rest of the path. */
export function isGreedy(pathPart: string): boolean {
  return pathPart.endsWith('+}');
}

function isVariable(pathPart: string): boolean {
  return pathPart.startsWith('{');
}

/** The path of a child. */
export function pathBelow(parent: Pick<Resource, 'path'>, pathPart: string): string {
  return parent.path === '/' ? `/${pathPart}` : `${parent.path}/${pathPart}`;
}
