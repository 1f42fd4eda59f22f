/** What a segment of a resource's path may be, alone and among its siblings. */
import type { Resource } from '../state/records.ts';
import { badRequest, conflict } from './aws-error.ts';

const PATH_PART = /^([a-zA-Z0-9._\-:,]+|\{[a-zA-Z0-9._\-:,]+\+?\})$/;

/**
 * Refuses a path part that cannot stand below a parent.
 *
 * @param siblings - the other children of the parent
 * @throws AwsError BadRequestException, ConflictException
 */
export function refusePathPart(pathPart: string, parent: Resource, siblings: readonly Resource[]): void {
  if (!PATH_PART.test(pathPart)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._- or a valid greedy path variable and curly braces at the beginning and the end and an optional plus sign before the closing brace.",
    );
  }
  const { pathPart: above = '' } = parent;
  if (isGreedy(above)) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${above}`);
  }
  if (siblings.some(sibling => sibling.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  }
  const variable = siblings.find(sibling => isVariable(sibling.pathPart ?? ''));
  if (isVariable(pathPart) && variable !== undefined) {
    throw badRequest(
      `A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`,
    );
  }
}

/** `{proxy+}`, which takes the rest of the path. */
export function isGreedy(pathPart: string): boolean {
  return pathPart.endsWith('+}');
}

function isVariable(pathPart: string): boolean {
  return pathPart.startsWith('{');
}

/** The path of a child. */
export function pathBelow(parent: Resource, pathPart: string): string {
  return parent.path === '/' ? `/${pathPart}` : `${parent.path}/${pathPart}`;
}
