/**
 * What runs inside Postman's sandbox: the answer to an item is held against the very checks of `rehearsal test`. This is
 * bundled into one text (`npm run bundle`), which stands once in each collection, before the document. Knows of the
 * sandbox only what is handed over.
 */
import type { Failure } from '../../contract/checks/check.ts';
import type { Exchange } from '../../contract/exchange.ts';
import { type Judgement, judge } from '../../contract/judge.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { Case } from '../../contract/plan/cases/case.ts';
import { checksOf, type JudgeSettings } from './judge-settings.ts';
import { contractOf, type Documents } from './read-documents.ts';

/** What an item's script says of its case. */
export type ToldCase = Pick<Case, 'id' | 'intent' | 'breaks' | 'expectation'> & {
  /** `GET /pets/{id}` */
  readonly operation: string;
};

/** The parts of `pm` that are looked at. */
export interface Sandbox {
  readonly request: {
    readonly method: string;
    readonly headers: { readonly members: readonly Field[] };
    readonly url: {
      readonly getPath: () => string;
      readonly getQueryString: () => string;
      readonly toString: () => string;
    };
    readonly body?: { readonly toString: () => string } | undefined;
  };
  readonly response: {
    readonly code: number;
    readonly headers: { readonly members: readonly Field[] };
    readonly stream?: Uint8Array;
    readonly responseTime: number;
  };
  readonly test: ((name: string, run: () => void) => void) & {
    readonly skip: (name: string, run: () => void) => void;
  };
}

interface Field {
  readonly key: string;
  readonly value: string;
}

/** Makes the function that every item calls. */
export function judgeOf(
  documents: Documents,
  settings: JudgeSettings = {},
): (told: ToldCase, sandbox: Sandbox) => void {
  const checks = checksOf(settings);
  let contract: Contract | undefined;
  const operations = new Map<string, Operation>();
  return (told, sandbox) => {
    if (contract === undefined) {
      contract = contractOf(documents);
      for (const operation of contract?.operations ?? []) operations.set(operation.key, operation);
    }
    const operation = operations.get(told.operation);
    const { test } = sandbox;
    if (operation === undefined) {
      test(`${told.id}: the document of this collection has its operation`, () => {
        throw new Error(`There is no operation ${told.operation}. Run rehearsal generate postman.`);
      });
      return;
    }
    const exchange = exchangeOf(told, operation, sandbox);
    const { stage, options } = settings;
    tell(judge(stage === undefined ? exchange : { ...exchange, stage }, checks, options), told, test);
  };
}

function exchangeOf(told: ToldCase, operation: Operation, { request, response }: Sandbox): Exchange {
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

/**
 * One test for a case: passed, failed with what was received, or skipped where nothing could be judged. Warnings are
 * told and fail nothing.
 */
function tell(judgement: Judgement, { id }: ToldCase, test: Sandbox['test']): void {
  switch (judgement.kind) {
    case 'passed':
      test(id, () => {});
      return;
    case 'not-judged':
      test.skip(`${id}: not judged, ${judgement.reason}`, () => {});
      return;
    case 'failed': {
      const errors = judgement.failures.filter(({ severity }) => severity === 'error');
      for (const failure of judgement.failures)
        if (failure.severity === 'warning') console.warn(`warning: ${id}: ${inWords(failure)}`);
      test(id, () => {
        if (errors.length > 0) throw new Error(errors.map(inWords).join('\n'));
      });
      return;
    }
    default:
      judgement satisfies never;
  }
}

function inWords({ check, received, documented, source, instance }: Failure): string {
  const where = instance === undefined ? '' : ` at ${instance}`;
  return `${check}: received ${received}${where}, documented ${documented} (${source.document.name}#${source.pointer})`;
}
