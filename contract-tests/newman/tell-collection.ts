/**
 * A run of newman that somebody else has begun, told as a run of ours: the same events and the same verdict. Items that
 * are nobody's case pass or fail by their own tests, at the operation that they ask.
 */
import { matchPath, parsePathTemplate } from '../../contract/http/path-template.ts';
import type { Operation } from '../../contract/model.ts';
import { casePlan } from '../../contract/plan/case-plan.ts';
import type { Case, CaseRequest } from '../../contract/plan/cases/case.ts';
import type { ReadCollection, ReadItem } from '../../postman/read-collection.ts';
import { checksOf } from '../../postman/sandbox/judge-settings.ts';
import { newProgress, type Progress } from '../case-queue.ts';
import type { Listener, RunSummary } from '../events.ts';
import { newTally } from '../tally.ts';
import { chainedOutcomes } from './chained-outcomes.ts';
import { outcomeOfItem } from './item-outcome.ts';
import { gatherItems, type ItemResult } from './item-results.ts';
import type { NewmanEmitter } from './newman-types.ts';

export interface ToldRun {
  readonly collection: ReadCollection;
  /** The value of a variable when the run begins. */
  readonly variable: (name: string) => string | undefined;
  readonly listeners: readonly Listener[];
  readonly ended: (summary: RunSummary) => void;
  /** Hears of items of which no report can tell. */
  readonly untold: (name: string, why: string) => void;
}

export function tellCollection(newman: NewmanEmitter, run: ToldRun): void {
  const { collection, variable, listeners } = run;
  const { contract, settings } = collection;
  const tally = newTally(listeners);
  const items = new Map(collection.items.map(item => [item.id, item]));
  const progresses = new Map<Operation, Progress>();
  const baseUrl = variable('baseUrl') ?? '';
  const progressOf = (operation: Operation): Progress => {
    const known = progresses.get(operation);
    if (known !== undefined) return known;
    // Nobody knows how often newman goes round, so an operation is through when the run is.
    const progress = { ...newProgress(operation, baseUrl), open: Number.POSITIVE_INFINITY, ended: true };
    progresses.set(operation, progress);
    return progress;
  };
  const started = performance.now();
  newman.on('start', () =>
    tally.tell({
      kind: 'run-started',
      baseUrl,
      contracts: [{ name: collection.name, contract }],
      operations: new Set(collection.items.flatMap(({ told }) => told?.operation ?? [])).size,
      seed: 0,
      depth: 'collection',
    }),
  );
  const tellChained = (result: ItemResult, tested: Case | undefined, address: string): void => {
    const asked = {
      checks: [],
      checkOptions: undefined,
      stage: settings.stage ?? 'server',
      baseUrl: address,
    };
    // Its own tests are read below.
    const outcome =
      tested === undefined || result.request === undefined
        ? undefined
        : outcomeOfItem({ ...result, assertions: [], broken: [] }, tested, asked, false);
    const sent = tested === undefined || outcome === undefined ? undefined : { tested, outcome };
    for (const one of chainedOutcomes(result, sent, contract)) {
      if (one.kind === 'skipped') {
        tally.skip(one.reason, one.what, undefined);
        continue;
      }
      const progress = progressOf(one.tested.operation);
      progress.cases += 1;
      tally.finished(one.tested, one.outcome, progress);
    }
  };
  gatherItems(newman, result => {
    const item = items.get(result.item.id);
    const address = variable(item?.base ?? '') ?? baseUrl;
    const tested = item === undefined ? undefined : caseOf(item, result, collection, address);
    if (item?.isChained === true) {
      tellChained(result, tested, address);
      return;
    }
    if (item === undefined || tested === undefined) {
      run.untold(result.item.name, 'asks no operation of the document');
      return;
    }
    const asked = {
      checks: item.told === undefined ? [] : checksOf(settings),
      checkOptions: settings.options,
      stage: settings.stage ?? 'server',
      baseUrl: address,
    };
    const outcome = outcomeOfItem(result, tested, asked, item.told !== undefined);
    if (item.told === undefined && outcome.kind === 'passed' && result.assertions.length === 0) {
      run.untold(result.item.name, 'has no tests');
      return;
    }
    const progress = progressOf(tested.operation);
    progress.cases += 1;
    tally.finished(tested, outcome, progress);
  });
  newman.on('beforeDone', () => {
    for (const progress of progresses.values()) {
      progress.open = 1;
      tally.release(progress);
    }
    const summary = tally.end(
      {
        operations: progresses.size,
        leftOut: contract.operations.length - progresses.size,
        stopped: undefined,
        unreadable: contract.problems.filter(({ severity }) => severity === 'fatal').length,
        cleanUp: undefined,
        ms: performance.now() - started,
      },
      undefined,
    );
    run.ended(summary);
  });
}

/** The case of an item as it was sent; of somebody's own, one that promises nothing but that its tests pass. */
function caseOf(
  { told, name }: ReadItem,
  result: ItemResult,
  { contract }: ReadCollection,
  baseUrl: string,
): Case | undefined {
  const request = requestOf(result, baseUrl);
  if (told !== undefined) {
    const operation = contract.operations.find(({ key }) => key === told.operation);
    if (operation === undefined) return undefined;
    const { name: words, why } = plannedCases(operation).get(told.id) ?? {
      name: /^.*? — (.*)$/.exec(name)?.[1] ?? name,
      why: operation.source,
    };
    return { ...told, operation, name: words, why, request };
  }
  const operation = contract.operations.find(
    ({ method, path }) =>
      method === request.method && matchPath(parsePathTemplate(path), request.path) !== undefined,
  );
  if (operation === undefined) return undefined;
  return {
    id: `${operation.key} own ${name}`,
    operation,
    name,
    intent: 'positive',
    breaks: undefined,
    expectation: 'any',
    why: operation.source,
    request,
  };
}

/** An item says which case it is; where the document asks for it and in which words, the plan knows. */
function plannedCases(operation: Operation): ReadonlyMap<string, Case> {
  let cases = planned.get(operation);
  if (cases === undefined)
    planned.set(operation, (cases = new Map([...casePlan(operation)].map(one => [one.id, one]))));
  return cases;
}

const planned = new WeakMap<Operation, ReadonlyMap<string, Case>>();

function requestOf({ request }: ItemResult, baseUrl: string): CaseRequest {
  if (request === undefined)
    return { method: 'GET', path: '/', query: '', headers: [], contentType: undefined, body: undefined };
  const headers = request.headers.members.map(({ key, value }): readonly [string, string] => [
    key,
    String(value),
  ]);
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const base = URL.canParse(baseUrl) ? new URL(baseUrl).pathname.replace(/\/+$/, '') : '';
  const path = request.url.getPath();
  const text = request.body?.toString() ?? '';
  return {
    method: request.method,
    path: path.startsWith(`${base}/`) ? path.slice(base.length) : path,
    query: request.url.getQueryString(),
    headers: headers.filter(([name]) => !ADDED.has(name.toLowerCase())),
    contentType: type,
    body: text === '' ? undefined : new TextEncoder().encode(text),
  };
}

/** What newman adds by itself, and a request of ours never has. */
const ADDED: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'host',
  'user-agent',
  'postman-token',
  'accept-encoding',
  'connection',
  'cache-control',
]);
