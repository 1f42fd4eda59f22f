/**
 * A contract as a Postman collection: a folder for each tag, in it one for each path, in it one item for each case of the
 * case plan. Names what of the contract Postman cannot send.
 */
import type { JsonObject } from '../contract/json/value.ts';
import type { Contract, Operation } from '../contract/model.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import type { Depth } from '../contract/plan/cases/options.ts';
import { NO_AUTH } from './auth.ts';
import { cleanUpFolder } from './clean-up-folder.ts';
import { type DataRows, dataFolder, dataRows } from './data-rows.ts';
import { type Auth, COLLECTION_SCHEMA, type Folder, folder, type Item, type ItemRequest } from './format.ts';
import { type ItemContext, itemOf, withoutInherited } from './item.ts';
import { type Loss, loss } from './loss.ts';
import { collectionEvents } from './sandbox/collection-scripts.ts';
import { savedResponses } from './saved-responses.ts';
import { sequenceFolders } from './sequence-folders.ts';
import { stableId } from './stable-id.ts';
import { addressOf, variablesOf } from './variables.ts';

export interface CollectionOptions {
  /** What the collection is called in ids: as long as it stays, they do. */
  readonly key: string;
  readonly depth: Depth;
  /** Stands before the contract's own description. */
  readonly madeBy: string;
}

export interface Collection {
  readonly collection: JsonObject;
  readonly losses: readonly Loss[];
  /** Rows for the items that take some. */
  readonly data: readonly DataRows[];
}

/** Cookies of one answer never go along with the next request, and a redirection is an answer. */
export const BEHAVIOUR: JsonObject = { disableCookies: true, followRedirects: false };

/** The collection of a contract. The same contract and options give the same one, byte for byte. */
export function collectionOf(contract: Contract, { key, depth, madeBy }: CollectionOptions): Collection {
  const variables = variablesOf(contract);
  const context: ItemContext = { key, variables };
  const losses: Loss[] = contract.webhooks.map(({ source, path }) =>
    loss(
      'left out',
      `The webhook ${JSON.stringify(path)} is a request that the API sends, so there is no item for it.`,
      source,
    ),
  );
  const rows = contract.operations.map(operation => ({
    operation,
    items: itemsOf(operation, depth, context, losses),
  }));
  const inherited = mostUsed(
    rows.flatMap(({ items }) => items.map(({ request }) => request['auth'] as Auth)),
  );
  const cleanUp = cleanUpFolder(contract, context);
  const data = dataRows(contract, context);
  const withData = dataFolder(data, key);
  const all = [
    ...folders(contract, rows, key),
    ...(withData === undefined ? [] : [withData]),
    ...sequenceFolders(contract, depth, context, cleanUp === undefined, losses),
    ...(cleanUp === undefined ? [] : [cleanUp]),
  ];
  const description = [madeBy, contract.description].filter(text => text !== undefined).join('\n\n');
  return {
    collection: {
      info: {
        _postman_id: stableId(key),
        name: contract.title,
        description,
        version: contract.version,
        schema: COLLECTION_SCHEMA,
      },
      item: all.map(node => inheriting(node, inherited)),
      event: collectionEvents(contract, variables, undefined, inherited ?? null),
      auth: inherited ?? NO_AUTH,
      protocolProfileBehavior: BEHAVIOUR,
      variable: variables.bases.map(({ name, servers: [first] }) => ({
        key: name,
        value: first === undefined ? '' : addressOf(first),
      })),
    },
    losses,
    data,
  };
}

function itemsOf(operation: Operation, depth: Depth, context: ItemContext, losses: Loss[]): readonly Item[] {
  const items: Item[] = [];
  const plan = casePlan(operation, { depth });
  for (const planned of expanded(operation, plan)) {
    const made = itemOf(planned, context);
    if (made.kind === 'item') items.push(made.item);
    else losses.push(loss('not sendable', `${planned.id}: ${made.reason}.`, planned.why));
  }
  const [first, ...others] = items;
  if (first === undefined) {
    const why = plan.skipped.map(({ reason }) => reason).join(', ');
    losses.push(
      loss(
        'left out',
        `${operation.key}: no request can be made${why === '' ? '' : ` (${why})`}.`,
        operation.source,
      ),
    );
    return [];
  }
  const { responses, bodiless } = savedResponses(operation, first.request, context.key);
  for (const name of bodiless)
    losses.push(
      loss(
        'without body',
        `${operation.key}: the saved response ${name} has no body, for it is no text.`,
        operation.source,
      ),
    );
  return [{ ...first, response: responses }, ...others.map(withoutDescription)];
}

/** Said once for each operation: its cases differ in other things. */
function withoutDescription(item: Item): Item {
  const { description: _, ...request } = item.request;
  return { ...item, request: request as ItemRequest };
}

/** API Gateway's ANY is every method that is not declared beside it: the first case of the one planned is sent with all. */
function* expanded(operation: Operation, plan: Iterable<Case>): Generator<Case> {
  const seen = new Set(
    operation.contract.operations.filter(({ path }) => path === operation.path).map(({ method }) => method),
  );
  for (const planned of plan) {
    yield planned;
    if (operation.method !== 'ANY' || seen.has(planned.request.method)) continue;
    seen.add(planned.request.method);
    for (const method of METHODS) {
      if (seen.has(method)) continue;
      seen.add(method);
      yield { ...planned, id: `${planned.id} ${method}`, request: { ...planned.request, method } };
    }
  }
}

/** What `ANY` stands for. */
const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Everything in a folder that has the collection's own credentials takes them along. */
function inheriting(node: Folder | Item, inherited: Auth | undefined): Folder | Item {
  return isFolder(node)
    ? { ...node, item: node.item.map(one => inheriting(one, inherited)) }
    : withoutInherited(node, inherited);
}

function isFolder(node: Folder | Item): node is Folder {
  return 'item' in node;
}

/** Undefined where most requests need no credentials at all. */
function mostUsed(auths: readonly Auth[]): Auth | undefined {
  const counts = new Map<string, { readonly auth: Auth; count: number }>();
  for (const auth of auths) {
    if (auth.type === NO_AUTH.type) continue;
    const text = JSON.stringify(auth);
    const known = counts.get(text);
    if (known === undefined) counts.set(text, { auth, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.auth;
}

interface Row {
  readonly operation: Operation;
  readonly items: readonly Item[];
}

/** Tags in the contract's order, then the others as they come; what has none stands beside their folders. */
function folders(contract: Contract, rows: readonly Row[], key: string): readonly Folder[] {
  const filled = rows.filter(({ items }) => items.length > 0);
  const tags = new Set([
    ...contract.tags.map(({ name }) => name),
    ...filled.flatMap(
      ({
        operation: {
          tags: [first],
        },
      }) => (first === undefined ? [] : [first]),
    ),
  ]);
  const tagged = [...tags].flatMap(tag => {
    const own = filled.filter(({ operation }) => operation.tags[0] === tag);
    if (own.length === 0) return [];
    const description = contract.tags.find(({ name }) => name === tag)?.description;
    return [folder(tag, description, pathFolders(own, `${key} tag ${tag}`), `${key} tag ${tag}`)];
  });
  return [
    ...tagged,
    ...pathFolders(
      filled.filter(({ operation }) => operation.tags.length === 0),
      key,
    ),
  ];
}

function pathFolders(rows: readonly Row[], key: string): readonly Folder[] {
  return [...Map.groupBy(rows, ({ operation }) => operation.path)].map(([path, own]) =>
    folder(
      path,
      undefined,
      own.flatMap(({ items }) => items),
      `${key} path ${path}`,
    ),
  );
}
