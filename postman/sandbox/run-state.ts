/**
 * What a run remembers from item to item, in one collection variable, for the items of a sequence may also be sent one
 * by one. Credentials stay out of it.
 */

import type { Exchange } from '../../contract/exchange.ts';
import { byteString, stringBytes } from '../../contract/http/body/bytes.ts';
import type { Judgement } from '../../contract/judge.ts';
import type { ContractMemory, GroupMemory } from '../../contract/judge-steps.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import { credentialHeaders } from '../../contract/plan/cases/credentials.ts';
import type { Line } from './line.ts';
import type { Pm, ToldCase } from './pm.ts';

export interface RunState {
  readonly contract: ContractMemory;
  readonly groups: Record<string, GroupMemory>;
  current: CurrentSequence | undefined;
  /** What single cases made and nobody has removed. */
  made: readonly MadeThing[];
  /** What could not be removed, and why. */
  left: readonly string[];
  /** What tells this run from others. */
  readonly salt: string;
  /** What something else still needed was asked for once more. */
  retried: boolean;
}

export interface CurrentSequence {
  readonly id: string;
  readonly exchanges: readonly SavedExchange[];
  /** What steps say, for a server with a memory and for one that nobody trusts, until it is known which this is. */
  readonly open: readonly { readonly trusted: Line; readonly other: Line }[];
  /** The step that is asked once more. */
  readonly again: { readonly step: number; readonly body: number; readonly attempts: number } | undefined;
  /** Variables that were set for its items. */
  readonly variables: readonly string[];
}

/** The DELETE of what `by` makes, with the texts of its variables in their order. */
export interface MadeThing {
  readonly by: string;
  readonly texts: readonly string[];
  /** It was asked for once, and something else still needed it. */
  readonly later?: true;
}

export interface SavedExchange {
  readonly operation: string;
  readonly told: ToldCase;
  readonly request: Omit<Exchange['case']['request'], 'body'> & { readonly body: string | undefined };
  readonly response: Pick<Exchange['response'], 'status' | 'headers' | 'ms'> & { readonly body: string };
  readonly baseUrl: string | undefined;
}

const VARIABLE = 'rehearsal.run';

export function readState({ collectionVariables }: Pm): RunState {
  const text = collectionVariables.get(VARIABLE);
  // Written by nobody else; what a person has put there is no state.
  const known = typeof text === 'string' && text.startsWith('{"contract":') ? JSON.parse(text) : undefined;
  return known ?? freshState();
}

export function freshState(): RunState {
  return {
    contract: { kept: false, none: false },
    groups: {},
    current: undefined,
    made: [],
    left: [],
    salt: String(Math.random()),
    retried: false,
  };
}

export function writeState(state: RunState, { collectionVariables }: Pm): void {
  collectionVariables.set(VARIABLE, JSON.stringify(state));
}

/** What stays on a server that keeps things is told, and nothing is left in the collection. */
export function closeRun({ contract, left }: RunState, { collectionVariables }: Pm): void {
  if (contract.kept || !contract.none) for (const what of left) console.warn(`left behind: ${what}`);
  collectionVariables.unset(VARIABLE);
}

export function groupOf({ groups }: RunState, name: string): GroupMemory {
  const known = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (known !== undefined) return known;
  const group: GroupMemory = { memory: undefined, refused: false };
  groups[name] = group;
  return group;
}

export function saved({ case: tested, response, baseUrl }: Exchange): SavedExchange {
  const { operation, id, intent, breaks, expectation, step, request } = tested;
  const secret = credentialHeaders(operation);
  const keys = new Set(
    [...operation.contract.securitySchemes.values()].flatMap(scheme =>
      scheme.kind === 'apiKey' && scheme.in === 'query' ? [`${encodeURIComponent(scheme.parameter)}=`] : [],
    ),
  );
  return {
    operation: operation.key,
    told: { id, intent, breaks, expectation, ...(step === undefined ? {} : { step }) },
    request: {
      ...request,
      query: request.query
        .split('&')
        .filter(pair => !keys.has(pair.slice(0, pair.indexOf('=') + 1)))
        .join('&'),
      headers: request.headers.filter(([name]) => !secret.has(name.toLowerCase())),
      body: request.body === undefined ? undefined : byteString(request.body),
    },
    response: {
      status: response.status,
      headers: response.headers,
      ms: response.ms,
      body: byteString(response.body),
    },
    baseUrl,
  };
}

/** Undefined where the document has changed under it. */
export function restored(
  { operation: key, told, request, response, baseUrl }: SavedExchange,
  operationOf: (key: string) => Operation | undefined,
): Exchange | undefined {
  const operation = operationOf(key);
  if (operation === undefined) return undefined;
  return {
    case: {
      ...told,
      breaks: told.breaks,
      operation,
      name: told.id,
      why: operation.source,
      request: {
        ...request,
        contentType: request.contentType,
        body: request.body === undefined ? undefined : stringBytes(request.body),
      },
    },
    response: { ...response, body: stringBytes(response.body) ?? new Uint8Array() },
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
}

/** The document of a collection, and its operations by their keys. */
export interface Known {
  readonly contract: Contract;
  readonly operationOf: (key: string) => Operation | undefined;
  /** With the checks of the run, at the kind of stage of the environment. */
  readonly judge: (exchange: Exchange, pm: Pm) => Judgement;
}
