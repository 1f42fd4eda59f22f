/**
 * Cases as rows of data, for `newman run -d`: one row for each named example of an operation, and one item that is sent
 * with whatever row comes. People add rows, and no scripts.
 */
import { utf8Text } from '../contract/http/body/bytes.ts';
import { stringifyJson } from '../contract/json/stringify.ts';
import type { Json, JsonObject } from '../contract/json/value.ts';
import type { Contract, Operation } from '../contract/model.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { signedRequest } from './auth.ts';
import { type Folder, folder, type Item, written } from './format.ts';
import { type ItemContext, itemName, itemRequest, scriptEvent } from './item.ts';
import { stableId } from './stable-id.ts';

export interface DataRows {
  readonly operation: Operation;
  /** What its file is called: `createPet`, `post-pets`. */
  readonly name: string;
  readonly rows: readonly JsonObject[];
  readonly item: Item;
}

/** Those of each operation that has named examples. */
export function dataRows(contract: Contract, context: ItemContext): readonly DataRows[] {
  const taken = new Set<string>();
  return contract.operations.flatMap(operation => {
    const made = [...casePlan(operation, { depth: 'examples' })]
      .filter(({ name }) => name.startsWith('example '))
      .flatMap(planned => rowOf(planned, context) ?? []);
    const [first] = made;
    if (first === undefined) return [];
    const stem = (operation.id ?? operation.key).replace(/[^\w-]+/g, '-').replace(/^-|-$/g, '');
    let name = stem;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${stem}-${count}`;
    taken.add(name.toLowerCase());
    return [{ operation, name, rows: made.map(({ row }) => row), item: first.item }];
  });
}

/** The folder of their items; undefined without any. */
export function dataFolder(all: readonly DataRows[], key: string): Folder | undefined {
  if (all.length === 0) return undefined;
  const description =
    'An item for each operation with named examples, sent with the rows of a data file: newman run -d, or the data file of a run in Postman. Without a row it is skipped.';
  return folder(
    'Data',
    description,
    all.map(({ item }) => item),
    `${key} data`,
  );
}

/** A data file: a row on each line. The first says where the file is from. */
export function dataText(rows: readonly JsonObject[], madeBy: string): string {
  const lines = rows.map((row, index) => stringifyJson(index === 0 ? { madeBy, ...row } : row));
  return `[${lines.join(',\n')}]\n`;
}

/** Secrets are variables of the item; the row has everything else. Undefined for what no item can say. */
function rowOf(
  planned: Case,
  context: ItemContext,
): { readonly row: JsonObject; readonly item: Item } | undefined {
  const { operation, request, name, expectation } = planned;
  const made = itemRequest(operation, request, context);
  const body = request.body === undefined ? undefined : utf8Text(request.body);
  if (made.kind === 'unsendable' || (request.body !== undefined && body === undefined)) return undefined;
  const signed = signedRequest(operation, request, context.variables);
  const isSecret = ([, text]: readonly [string, string]): boolean => text.includes('{{');
  const headers = Object.fromEntries(signed.request.headers.filter(header => !isSecret(header)));
  const row = written({
    case: `${operation.key} ${name}`,
    path: request.path,
    query: signed.request.query === '' ? undefined : signed.request.query,
    headers: Object.keys(headers).length === 0 ? undefined : headers,
    contentType: body === undefined ? undefined : request.contentType,
    body,
    expectation: expectation === 'accepted' ? undefined : expectation,
  });
  const { description: _, ...plain } = made.request;
  const base = context.variables.baseUrlOf(operation);
  const told: Json = { operation: operation.key, base, query: signed.query };
  const secret = signed.request.headers.filter(isSecret).map(([key, value]) => ({ key, value }));
  const item = written({
    id: stableId(`${context.key} data ${operation.key}`),
    name: itemName(operation, request.method, 'with data'),
    event: [
      scriptEvent('prerequest', `rehearsal.row(${stringifyJson(told)}, pm);`),
      scriptEvent('test', 'rehearsal.rowAnswered(pm);'),
    ],
    request: {
      ...plain,
      header: secret,
      ...(made.request['body'] === undefined ? {} : { body: { mode: 'raw', raw: body ?? '' } }),
    },
    protocolProfileBehavior: made.behaviour,
  }) as Item;
  return { row, item };
}
