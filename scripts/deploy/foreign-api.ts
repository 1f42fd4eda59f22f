/** Whether a REST API that somebody named is another document's: an import writes over all of it. */
import { RehearsalError } from '../../contract/errors.ts';
import type { Contract } from '../../contract/model.ts';
import { placeOperations } from '../../gateway/document/resource-paths.ts';
import { allPages } from '../../gateway/stages/all-pages.ts';
import { askPlane } from '../../gateway/stages/ask-plane.ts';
import type { ControlPlane } from '../../gateway/stages/control-plane.ts';
import { DOCUMENT_TAG, type FoundApi } from '../../gateway/stages/find-api.ts';

/** @throws RehearsalError API_FOREIGN, and those of `askPlane` */
export async function refuseForeignApi(
  plane: ControlPlane,
  api: FoundApi,
  document: string,
  contract: Contract,
): Promise<void> {
  const refuse = (reason: string): RehearsalError =>
    new RehearsalError('API_FOREIGN', { api: api.id, document, reason });
  const owner = api.tags[DOCUMENT_TAG];
  if (owner === document) return;
  if (owner !== undefined) throw refuse(`its tag ${DOCUMENT_TAG} says ${owner}`);
  const there = await methodsOf(plane, api.id);
  const own = new Set(
    placeOperations(contract.operations, () => {}).map(({ operation, path }) =>
      keyOf(operation.method, path),
    ),
  );
  if (there.length > 0 && !there.some(key => own.has(key)))
    throw refuse(`called ${JSON.stringify(api.name)}, it has no operation in common with the document`);
}

async function methodsOf(plane: ControlPlane, restApiId: string): Promise<readonly string[]> {
  const all = await allPages(from =>
    askPlane('GetResources', () => plane.getResources({ restApiId, ...from })),
  );
  return all.flatMap(({ path = '/', resourceMethods = {} }) =>
    Object.keys(resourceMethods).map(verb => keyOf(verb, path)),
  );
}

/** Preflights are everywhere, so they tell nothing. Names of variables do not matter. */
function keyOf(verb: string, path: string): string {
  return verb === 'OPTIONS' ? '' : `${verb} ${path.replace(/\{[^}]*\}/g, '{}')}`;
}
