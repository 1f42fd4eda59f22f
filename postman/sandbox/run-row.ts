/** An item that is sent with a row of a data file: the row is put into its request, and its answer is judged by both. */
import { isObject, type Json } from '../../contract/json/value.ts';
import type { Case } from '../../contract/plan/cases/case.ts';
import { lineOf, tell } from './line.ts';
import { exchangeOf, type Pm } from './pm.ts';
import type { Known } from './run-state.ts';

export interface RowData {
  /** `POST /pets` */
  readonly operation: string;
  /** The variable of the base address. */
  readonly base: string;
  /** Pairs of the query that hold secrets, as variables. */
  readonly query: readonly string[];
}

export interface Row {
  readonly data: RowData;
  readonly case: string;
  readonly status: number | undefined;
  readonly expectation: Case['expectation'];
}

const NO_ROW = 'no-data: it is sent with the rows of a data file, newman run -d';

/** Before the request. Undefined where no row is for the operation. */
export function beforeRow(data: RowData, pm: Pm): Row | undefined {
  const name = textIn(pm, 'case');
  if (name === undefined || !name.startsWith(`${data.operation} `)) {
    if (name === undefined)
      tell({ id: `${data.operation} with data`, kind: 'skipped', text: NO_ROW, warnings: [] }, pm);
    else console.log(`${data.operation} with data: the row is for another operation`);
    pm.execution.skipRequest();
    return undefined;
  }
  const { request } = pm;
  const query = [textIn(pm, 'query') ?? '', ...data.query].filter(pair => pair !== '').join('&');
  request.url.update(`{{${data.base}}}${textIn(pm, 'path') ?? ''}${query === '' ? '' : `?${query}`}`);
  const headers = pm.iterationData.get('headers') as Json | undefined;
  if (headers !== undefined && isObject(headers))
    for (const [key, value] of Object.entries(headers)) request.headers.upsert({ key, value: String(value) });
  const type = textIn(pm, 'contentType');
  if (type !== undefined) request.headers.upsert({ key: 'Content-Type', value: type });
  const body = textIn(pm, 'body');
  if (body !== undefined) request.body = { mode: 'raw', raw: body };
  const status = Number(textIn(pm, 'status') ?? Number.NaN);
  return {
    data,
    case: name,
    status: Number.isInteger(status) ? status : undefined,
    expectation: expectationOf(textIn(pm, 'expectation'), status),
  };
}

/** Behind it: the checks, and the status that the row wants. */
export function afterRow({ data, case: id, status, expectation }: Row, known: Known, pm: Pm): void {
  const operation = known.operationOf(data.operation);
  if (operation === undefined) return;
  const intent = expectation === 'refused' || expectation === 'unauthenticated' ? 'negative' : 'positive';
  const judged = known.judge(exchangeOf({ id, intent, breaks: undefined, expectation }, operation, pm), pm);
  const line = lineOf(id, judged);
  const { code } = pm.response;
  if (status === undefined || code === status) tell(line, pm);
  else {
    const text = `status: received ${code}, documented ${status} (the row)`;
    tell({ ...line, kind: 'failed', text: line.kind === 'failed' ? `${text}\n${line.text}` : text }, pm);
  }
}

/** A row that wants a refusal need not say more than its status. */
function expectationOf(word: string | undefined, status: number): Case['expectation'] {
  if (word === 'refused' || word === 'unauthenticated' || word === 'any' || word === 'accepted') return word;
  if (status === 401 || status === 403) return 'unauthenticated';
  return status >= 400 && status < 500 ? 'refused' : 'accepted';
}

/** A cell of CSV that is empty says nothing. */
function textIn({ iterationData }: Pm, name: string): string | undefined {
  const value = iterationData.has(name) ? iterationData.get(name) : undefined;
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
