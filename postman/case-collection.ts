/**
 * Cases that are planned already as a collection without folders, in their order: what `rehearsal test --runner newman`
 * runs. Its items and checks are those of a generated collection; only nobody reads it, so it has no saved responses.
 */
import type { JsonObject } from '../contract/json/value.ts';
import type { Contract } from '../contract/model.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { NO_AUTH } from './auth.ts';
import { BEHAVIOUR } from './collection.ts';
import { COLLECTION_SCHEMA, type Item } from './format.ts';
import { itemOf } from './item.ts';
import { collectionEvents } from './sandbox/collection-scripts.ts';
import type { JudgeSettings } from './sandbox/judge-settings.ts';
import { stableId } from './stable-id.ts';
import { type Variables, variablesOf } from './variables.ts';

export interface CaseCollection {
  readonly collection: JsonObject;
  /** By the id of its item. */
  readonly cases: ReadonlyMap<string, Case>;
  readonly unsendable: readonly { readonly planned: Case; readonly reason: string }[];
  readonly variables: Variables;
}

/** @param cases - of one contract */
export function caseCollection(
  contract: Contract,
  cases: readonly Case[],
  settings: JudgeSettings,
): CaseCollection {
  const variables = variablesOf(contract);
  const items: Item[] = [];
  const byItem = new Map<string, Case>();
  const unsendable: { readonly planned: Case; readonly reason: string }[] = [];
  for (const planned of cases) {
    const made = itemOf(planned, { key: '', variables });
    if (made.kind === 'unsendable') {
      unsendable.push({ planned, reason: made.reason });
      continue;
    }
    items.push(made.item);
    byItem.set(made.item.id, planned);
  }
  return {
    collection: {
      info: { _postman_id: stableId(''), name: contract.title, schema: COLLECTION_SCHEMA },
      item: items,
      event: collectionEvents(contract, variables, settings),
      auth: NO_AUTH,
      protocolProfileBehavior: BEHAVIOUR,
    },
    cases: byItem,
    unsendable,
    variables,
  };
}
