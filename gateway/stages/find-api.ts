/** Which REST API belongs to a document: the one that somebody named, else the one that carries the document's tag. */
import type { RestApi } from '@aws-sdk/client-api-gateway';
import { RehearsalError } from '../../contract/errors.ts';
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
  const all = (await listApis(plane)).map(foundApi);
  const found = all.filter(api =>
    named === undefined ? api.tags[DOCUMENT_TAG] === document : api.name === named,
  );
  if (found.length > 1) {
    throw new RehearsalError('API_AMBIGUOUS', {
      document,
      count: found.length,
      what:
        named === undefined ? `with the tag ${DOCUMENT_TAG}=${document}` : `called ${JSON.stringify(named)}`,
      ids: found.map(({ id }) => id).join(', '),
    });
  }
  return found[0];
}

/** The form of AWS's ids; a name may have it as well. */
export function isId(text: string): boolean {
  return /^[a-z0-9]{10}$/.test(text);
}

/** Pages are asked for by hand: a paginator of the client would load it here. */
async function listApis(plane: ControlPlane): Promise<readonly RestApi[]> {
  const all: RestApi[] = [];
  let position: string | undefined;
  do {
    const from = position;
    const page = await askPlane('GetRestApis', () =>
      plane.getRestApis({ limit: 500, ...(from === undefined ? {} : { position: from }) }),
    );
    all.push(...(page.items ?? []));
    position = page.position;
  } while (position !== undefined && position !== '');
  return all;
}

export function foundApi({ id = '', name = '', description, tags = {} }: RestApi): FoundApi {
  return { id, name, description, tags };
}
