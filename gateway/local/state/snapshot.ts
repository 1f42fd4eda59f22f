/**
 * The working copy of an API as one value, and back: what a deployment freezes, what an export shows, and what an
 * import replaces.
 */
import type { Kind, Records, Snapshot } from './records.ts';
import type { Store } from './store.ts';

/** What an API is now. Undefined for an API that is not there. */
export function snapshotOf(store: Store, apiId: string): Snapshot | undefined {
  const restApi = store.get('rest-api', '', apiId);
  if (restApi === undefined) return undefined;
  return {
    restApi,
    resources: store.list('resource', apiId),
    models: store.list('model', apiId),
    requestValidators: store.list('request-validator', apiId),
    authorizers: store.list('authorizer', apiId),
    gatewayResponses: store.list('gateway-response', apiId),
    documentationParts: store.list('documentation-part', apiId),
  };
}

/** Makes the working copy of an API equal to a value; stages and deployments stay. Belongs into a transaction. */
export function writeSnapshot(store: Store, next: Snapshot): void {
  const { id } = next.restApi;
  store.put('rest-api', '', id, next.restApi);
  replace(store, 'resource', id, next.resources, ({ id }) => id);
  replace(store, 'model', id, next.models, ({ name }) => name);
  replace(store, 'request-validator', id, next.requestValidators, ({ id }) => id);
  replace(store, 'authorizer', id, next.authorizers, ({ id }) => id);
  replace(store, 'gateway-response', id, next.gatewayResponses, ({ responseType }) => responseType);
  replace(store, 'documentation-part', id, next.documentationParts, ({ id }) => id);
}

function replace<K extends Kind>(
  store: Store,
  kind: K,
  apiId: string,
  next: readonly Records[K][],
  idOf: (record: Records[K]) => string,
): void {
  const before = new Map(store.list(kind, apiId).map(record => [idOf(record), record]));
  for (const record of next) {
    const id = idOf(record);
    const old = before.get(id);
    before.delete(id);
    // A record that stays as it is keeps its row, so a small import into a large API writes little. The order of keys
    // counts: the first integration response that fits is the one that answers.
    if (old === undefined || JSON.stringify(old) !== JSON.stringify(record))
      store.put(kind, apiId, id, record);
  }
  for (const id of before.keys()) store.remove(kind, apiId, id);
}
