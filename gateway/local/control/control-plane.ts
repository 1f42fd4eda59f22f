/**
 * The control plane: an HTTP request in, AWS's answer out (restJson1, service model 2015-07-09). It finds the operation,
 * reads the body, runs the operation in a transaction and writes what came of it. It opens no socket.
 */
import { randomUUID } from 'node:crypto';
import { parseJson } from '../../../contract/json/parse.ts';
import { isObject, type Json } from '../../../contract/json/value.ts';
import { extendedId } from '../extended-id.ts';
import { AwsError } from './aws-error.ts';
import type { Answer, Call, Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { findOperation } from './route-operation.ts';
import { refuseSignature, type SigningKeys } from './signature.ts';

export interface ControlRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface ControlAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** What is sent in its place: a few operations wait for a back end. */
  readonly later?: Promise<ControlAnswer>;
}

/** What every call has in common. */
export interface ControlSettings extends Pick<Call, 'account' | 'store' | 'now' | 'chance' | 'testMethod'> {
  /** The secrets that requests must be signed with. Undefined: no signature is looked at, and none is needed. */
  readonly signingKeys?: SigningKeys | undefined;
}

/**
 * Answers one request.
 *
 * @example
 * ```ts
 * import { answerControl } from './gateway/local/control/control-plane.ts';
 * import { openStore } from './gateway/local/state/store.ts';
 *
 * const answer = answerControl(
 *   { method: 'GET', target: '/restapis', headers: {}, body: new Uint8Array() },
 *   {
 *     account: { accountId: '000000000000', region: 'us-east-1', partition: 'aws' },
 *     store: openStore(undefined).store,
 *     now: () => 1_700_000_000,
 *     chance: Math.random,
 *   },
 * );
 * console.log(answer.status, Buffer.from(answer.body).toString()); // 200 {"item":[]}
 * ```
 */
export function answerControl(request: ControlRequest, settings: ControlSettings): ControlAnswer {
  try {
    refuseUnsigned(request, settings);
    const query = request.target.indexOf('?');
    const path = query === -1 ? request.target : request.target.slice(0, query);
    const values = new URLSearchParams(query === -1 ? '' : request.target.slice(query + 1));
    const { operation, parameters } = findOperation(OPERATIONS, request.method, path, values);
    const call: Call = {
      ...settings,
      path: parameters,
      query: values,
      input: operation.body === 'bytes' ? {} : inputOf(request.body),
      bytes: request.body,
      headers: request.headers,
    };
    return written(
      operation,
      settings.store.transaction(() => operation.answer(call)),
    );
  } catch (error) {
    if (error instanceof AwsError) return refusal(error);
    throw error;
  }
}

function refuseUnsigned(request: ControlRequest, { signingKeys, account, now }: ControlSettings): void {
  if (signingKeys === undefined) return;
  refuseSignature(request, { keys: signingKeys, region: account.region, now: now() });
}

function inputOf(bytes: Uint8Array): Readonly<Record<string, Json>> {
  if (bytes.length === 0) return {};
  const text = new TextDecoder().decode(bytes);
  const parsed = parseJson(text);
  const value = 'value' in parsed ? parsed.value : undefined;
  if (!isObject(value)) {
    throw new AwsError('SerializationException', 'Unable to parse the request body as a JSON object.');
  }
  return value;
}

function written(operation: Operation, answer: Answer): ControlAnswer {
  const { status } = operation;
  if (answer === undefined) return { status, headers: awsHeaders(), body: new Uint8Array() };
  if ('raw' in answer && answer.raw instanceof Uint8Array) {
    return {
      status,
      headers: { ...awsHeaders(), ...(answer.headers as Record<string, string>) },
      body: answer.raw,
    };
  }
  if ('later' in answer && answer.later instanceof Promise) {
    return { ...json(status, {}), later: answer.later.then(found => json(status, found)) };
  }
  return json(status, answer);
}

/** A refusal as it is sent. What AWS would not say stands in a header, where it changes nothing for clients. */
export function refusal({ status, message, type, detail }: AwsError): ControlAnswer {
  const reason = detail?.replaceAll(/[^ -~]+/g, '?').slice(0, 500);
  return json(
    status,
    { message },
    {
      'x-amzn-ErrorType': type,
      ...(reason !== undefined && { 'x-rehearsal-reason': reason }),
    },
  );
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): ControlAnswer {
  return {
    status,
    headers: { ...awsHeaders(), 'Content-Type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

function awsHeaders(): Readonly<Record<string, string>> {
  return { 'x-amzn-RequestId': randomUUID(), 'x-amz-apigw-id': extendedId() };
}
