/** Which REST API belongs to a document: the one that somebody named, else the one that carries the document's tag. */
import type { RestApi } from '@aws-sdk/client-api-gateway';
import { RehearsalError } from '../../contract/errors.ts';
import { allPages } from './all-pages.ts';
import { askPlane, findOnPlane } from './ask-plane.ts';
import type { ControlPlane } from './control-plane.ts';

/** Names the document that an API was made of. What carries it was made by deploy, and only that is ever destroyed. */
export const DOCUMENT_TAG = 'rehearsal:document';

export interface FoundApi {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * @param named - its id or name, as the configuration has it
 * @returns undefined when there is none
 * @throws RehearsalError API_AMBIGUOUS, and those of `askPlane`
 */
export async function findApi(
  plane: ControlPlane,
  document: string,
  named: string | undefined,
): Promise<FoundApi | undefined> {
  if (named !== undefined && isId(named)) {
    const found = await findOnPlane('GetRestApi', () => plane.getRestApi({ restApiId: named }));
    if (found !== undefined) return foundApi(found);
  }
  const all = await allPages(from => askPlane('GetRestApis', () => plane.getRestApis(from)));
  const found = all
    .filter(({ name, tags = {} }) => (named === undefined ? tags[DOCUMENT_TAG] === document : name === named))
    .map(foundApi);
  const [first, ...others] = found.length > 1 && named === undefined ? await inUse(plane, found) : found;
  if (others.length === 0) return first;
  throw new RehearsalError('API_AMBIGUOUS', {
    document,
    count: found.length,
    what:
      named === undefined ? `with the tag ${DOCUMENT_TAG}=${document}` : `called ${JSON.stringify(named)}`,
    ids: found.map(({ id }) => id).join(', '),
  });
}

/**
 * Those that something was deployed to, or the first of all. Where the answer to CreateRestApi was lost and the client asked
 * again, there is one more that is empty.
 */
async function inUse(plane: ControlPlane, found: readonly FoundApi[]): Promise<readonly FoundApi[]> {
  const used: FoundApi[] = [];
  for (const api of found) {
    const { items = [] } = await askPlane('GetDeployments', () =>
      plane.getDeployments({ restApiId: api.id, limit: 1 }),
    );
    if (items.length > 0) used.push(api);
  }
  return used.length > 0 ? used : found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, 1);
}

/** The form of AWS's ids; a name may have it as well. */
export function isId(text: string): boolean {
  return /^[a-z0-9]{10}$/.test(text);
}

export function foundApi({ id = '', name = '', description, tags = {} }: RestApi): FoundApi {
  return { id, name, description, tags };
}
