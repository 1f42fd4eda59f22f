/** What of Postman's `pm` the scripts of a collection use, and an answer in it as an exchange. */
import type { Exchange } from '../../contract/exchange.ts';
import type { Operation } from '../../contract/model.ts';
import type { Case } from '../../contract/plan/cases/case.ts';

/** The parts of `pm` that are looked at. */
export interface Pm {
  readonly info: { readonly requestId: string };
  readonly request: PmRequest;
  readonly response: {
    readonly code: number;
    readonly headers: { readonly members: readonly Field[] };
    readonly stream?: Uint8Array;
    readonly responseTime: number;
  };
  readonly variables: PmVariables;
  readonly collectionVariables: PmVariables;
  readonly iterationData: {
    readonly has: (name: string) => boolean;
    readonly get: (name: string) => unknown;
  };
  readonly execution: {
    readonly setNextRequest: (request: string | null) => void;
    /** Nothing behind it in a script is run. */
    readonly skipRequest: () => void;
  };
  readonly test: ((name: string, run: () => void) => void) & {
    readonly skip: (name: string, run: () => void) => void;
  };
}

export interface PmRequest {
  method: string;
  readonly headers: {
    readonly members: readonly Field[];
    readonly upsert: (field: Field) => void;
    readonly remove: (name: string) => void;
  };
  readonly url: {
    readonly getPath: () => string;
    readonly getQueryString: () => string;
    readonly toString: () => string;
    readonly update: (url: string) => void;
    readonly query: { readonly add: (field: Field) => void; readonly remove: (name: string) => void };
  };
  body?:
    | { readonly toString: () => string; readonly raw?: string }
    | { readonly mode: 'raw'; readonly raw: string }
    | undefined;
}

interface PmVariables {
  readonly get: (name: string) => unknown;
  readonly set: (name: string, value: string) => void;
  readonly unset: (name: string) => void;
  readonly replaceIn: (text: string) => string;
}

export interface Field {
  readonly key: string;
  readonly value: string;
}

/** What is known of a case before its request was sent. */
export type ToldCase = Pick<Case, 'id' | 'intent' | 'breaks' | 'expectation' | 'step'>;

/** The key of the operation, which a case's id begins with: `GET /pets/{id} positive all-fields`. */
export function operationKeyOf({ id, intent }: Pick<ToldCase, 'id' | 'intent'>): string {
  return id.slice(0, id.lastIndexOf(` ${intent} `));
}

/** The answer that came, to the request that was sent. */
export function exchangeOf(told: ToldCase, operation: Operation, { request, response }: Pm): Exchange {
  const headers = request.headers.members.map(({ key, value }): readonly [string, string] => [key, value]);
  const isType = ([name]: readonly [string, string]): boolean => name.toLowerCase() === 'content-type';
  const text = request.body?.toString() ?? '';
  return {
    case: {
      ...told,
      operation,
      name: told.id,
      why: operation.source,
      request: {
        method: request.method,
        path: request.url.getPath(),
        query: request.url.getQueryString(),
        headers: headers.filter(header => !isType(header)),
        contentType: headers.find(isType)?.[1],
        body: text === '' ? undefined : new TextEncoder().encode(text),
      },
    },
    response: {
      status: response.code,
      headers: response.headers.members.map(({ key, value }) => [key, String(value)]),
      body: Uint8Array.from(response.stream ?? []),
      ms: response.responseTime,
    },
  };
}

/** The same with a path that begins below the base address, as the runner has it. */
export function below(base: string, exchange: Exchange): Exchange {
  const basePath = base.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').replace(/\/$/, '');
  const { path } = exchange.case.request;
  const own = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
  return {
    ...exchange,
    baseUrl: base,
    case: { ...exchange.case, request: { ...exchange.case.request, path: own } },
  };
}
