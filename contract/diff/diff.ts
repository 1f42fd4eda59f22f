/**
 * What differs between two documents of an API, as its clients see it. Versions and the ways in which documents share
 * their parts are settled before; what is left is compared in the direction in which it travels.
 */
import { parsePathTemplate, pathShape } from '../http/path-template.ts';
import type { Contract, Operation } from '../model.ts';
import { newCollector } from './collector.ts';
import type { Change } from './rule.ts';
import { compareRequestBodies } from './rules/bodies.ts';
import { webhookAdded, webhookRemoved } from './rules/events.ts';
import {
  compareOperationWords,
  deprecatedOperationRemoved,
  operationAdded,
  operationRemoved,
  pathRemoved,
} from './rules/operations.ts';
import { compareParameters } from './rules/parameters.ts';
import { compareResponses } from './rules/responses.ts';
import { compareSecurity } from './rules/security.ts';
import { compareServers } from './rules/whole.ts';
import type { Collector, Spot } from './spot.ts';

/**
 * All changes from one contract to another, the gravest first, then in the order of the first document.
 *
 * @param before - what clients keep to
 * @param after - what they will meet
 * @example
 * ```ts
 * import { diffContracts } from './contract/diff/diff.ts';
 * import type { Contract } from './contract/model.ts';
 *
 * export function mayRelease(before: Contract, after: Contract): boolean {
 *   return diffContracts(before, after).every(({ severity }) => severity !== 'breaking');
 * }
 * ```
 */
export function diffContracts(before: Contract, after: Contract): readonly Change[] {
  const collector = newCollector();
  compareServers(before, after, collector);
  comparePaths(before, after, collector);
  compareEvents(before.webhooks, after.webhooks, { before, after }, '', collector);
  return collector.changes();
}

function comparePaths(before: Contract, after: Contract, collector: Collector): void {
  const { report } = collector;
  const [old, now] = [byShape(before.operations), byShape(after.operations)];
  const shapes = new Set(after.operations.map(({ path }) => shapeOf(path)));
  const gone = new Set<string>();
  for (const [key, operation] of old) {
    const spot = { operation: operation.key, part: '' };
    // API Gateway's ANY answers every method that nobody else does.
    const other = now.get(key) ?? now.get(`ANY ${shapeOf(operation.path)}`);
    if (other !== undefined) {
      compareOperations(operation, other, spot, collector);
      continue;
    }
    const source = { document: after.source.document, pointer: '/paths' };
    if (operation.deprecated) {
      report(deprecatedOperationRemoved, spot, 'the deprecated operation is gone', operation.source, source);
    } else if (shapes.has(shapeOf(operation.path))) {
      report(operationRemoved, spot, 'the operation is gone', operation.source, source);
    } else if (!gone.has(operation.path)) {
      gone.add(operation.path);
      report(pathRemoved, spot, `the path ${operation.path} is gone`, operation.source, source);
    }
  }
  for (const [key, operation] of now) {
    if (old.has(key)) continue;
    const source = { document: before.source.document, pointer: '/paths' };
    report(
      operationAdded,
      { operation: operation.key, part: '' },
      'the operation is new',
      source,
      operation.source,
    );
  }
}

/** By method and path; what the variables of a path are called does not travel. */
function byShape(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.map(operation => [`${operation.method} ${shapeOf(operation.path)}`, operation]));
}

function shapeOf(path: string): string {
  return pathShape(parsePathTemplate(path));
}

function compareOperations(old: Operation, now: Operation, spot: Spot, collector: Collector): void {
  compareOperationWords(old, now, spot, collector);
  compareSecurity(old, now, spot, collector);
  compareParameters(old, now, spot, collector);
  compareRequestBodies(old, now, spot, 'request', collector);
  compareResponses(old, now, spot, 'response', collector);
  const contracts = { before: old.contract, after: now.contract };
  for (const name of new Set([...old.callbacks.keys(), ...now.callbacks.keys()]))
    compareEvents(
      old.callbacks.get(name) ?? [],
      now.callbacks.get(name) ?? [],
      contracts,
      `${spot.operation} callback ${name}: `,
      collector,
    );
}

/** Requests that the API sends: what it sends is read by clients, and what they answer is read by it. */
function compareEvents(
  before: readonly Operation[],
  after: readonly Operation[],
  contracts: { readonly before: Contract; readonly after: Contract },
  prefix: string,
  collector: Collector,
): void {
  const now = new Map(after.map(event => [event.key, event]));
  const old = new Map(before.map(event => [event.key, event]));
  for (const [key, event] of old) {
    const spot = { operation: prefix + key, part: '' };
    const other = now.get(key);
    if (other === undefined) {
      collector.report(
        webhookRemoved,
        spot,
        'the request is not sent any more',
        event.source,
        contracts.after.source,
      );
    } else {
      compareRequestBodies(event, other, spot, 'response', collector);
      compareResponses(event, other, spot, 'request', collector);
    }
  }
  for (const [key, event] of now) {
    if (old.has(key)) continue;
    const spot = { operation: prefix + key, part: '' };
    collector.report(webhookAdded, spot, 'the request is new', contracts.before.source, event.source);
  }
}
