/**
 * What reports say of cases and exchanges, as plain data with every secret masked. A record of a failed case holds all
 * that is needed to send it again; the schema in docs/reference/report.schema.json describes these forms.
 */
import type { Exchange, ReceivedResponse } from '../contract/exchange.ts';
import type { BrokenPart, Case, CaseRequest, Expectation } from '../contract/plan/cases/case.ts';
import type { Source } from '../contract/source.ts';
import { baseUrlOf } from './base-url.ts';
import type { KnownBreak, ToldFailure } from './events.ts';
import { type Mask, STARS } from './mask.ts';
import { curlLine } from './reporters/curl.ts';

export interface PlaceRecord {
  readonly document: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
}

export interface BodyRecord {
  /** The body when it is text. */
  readonly body?: string;
  /** Any other body. */
  readonly bodyBase64?: string;
  /** The size of a body of which only the beginning is here. */
  readonly bodyBytes?: number;
}

export interface RequestRecord extends BodyRecord {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly contentType?: string;
  /** What was masked in it and must be given again before it can be sent again. */
  readonly masked?: readonly MaskedRecord[];
}

/** A part of a request that holds `***`, and the security scheme it is for where there is one. */
export interface MaskedRecord {
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly name?: string;
  readonly scheme?: string;
  /** What stands before the secret, such as `Bearer `. */
  readonly before?: string;
}

export interface ResponseRecord extends BodyRecord {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly milliseconds: number;
}

export interface CaseRecord {
  readonly document: string;
  readonly operation: string;
  readonly case: string;
  readonly intent: 'positive' | 'negative';
  readonly name: string;
}

export interface StepRecord {
  readonly sequence: string;
  readonly index: number;
}

export interface SentRecord extends CaseRecord {
  readonly expectation: Expectation;
  /** Of a negative case: which part of the request is wrong. */
  readonly breaks?: BrokenPart;
  /** Where the document says why there is such a case. */
  readonly why: { readonly document: string; readonly pointer: string };
  /** The case is a step of a sequence and stands on the ones before it. */
  readonly sequence?: true;
  /** Which step of which sequence it is. */
  readonly step?: StepRecord;
  /** The address below which the request was sent. */
  readonly baseUrl: string;
  readonly request: RequestRecord;
  readonly curl: string;
}

export interface FailureRecord {
  readonly check: string;
  readonly severity: 'error' | 'warning';
  readonly received: string;
  readonly documented: string;
  readonly instance?: string;
  readonly place: PlaceRecord;
  readonly known?: KnownBreak;
}

/** A response's body beyond this is cut; requests are kept whole. */
const LONGEST_BODY = 256 * 1024;

/** Which case it is. */
export function caseRecord(tested: Case): CaseRecord {
  return {
    document: tested.operation.contract.source.document.name,
    operation: tested.operation.key,
    case: tested.id,
    intent: tested.intent,
    name: tested.name,
  };
}

/** A case with the request as it was sent. */
export function sentRecord(
  tested: Case,
  baseUrl: string,
  mask: Mask,
  earlier: Exchange['earlier'] = [],
): SentRecord {
  const base = baseUrlOf(tested.operation, baseUrl);
  return {
    ...caseRecord(tested),
    expectation: tested.expectation,
    ...(tested.breaks === undefined ? {} : { breaks: tested.breaks }),
    why: { document: tested.why.document.name, pointer: tested.why.pointer },
    ...(earlier.length === 0 ? {} : { sequence: true as const }),
    ...(tested.step === undefined
      ? {}
      : { step: { sequence: tested.step.sequence, index: tested.step.index } }),
    baseUrl: mask.text(base),
    request: requestRecord(tested, mask),
    curl: curlLine(base, tested.request, mask),
  };
}

export function failureRecord(failure: ToldFailure, mask: Mask): FailureRecord {
  const { check, severity, received, documented, instance, source, known } = failure;
  return {
    check,
    severity,
    received: mask.text(received),
    documented: mask.text(documented),
    ...(instance === undefined ? {} : { instance }),
    place: placeRecord(source),
    ...(known === undefined ? {} : { known }),
  };
}

export function placeRecord({ document, pointer }: Source): PlaceRecord {
  const { line, column } = document.locate(pointer);
  return { document: document.name, line, column, pointer };
}

/** `specs/pets.yaml:12:7 (/paths/~1pets/get)`. */
export function describePlace({ document, line, column, pointer }: PlaceRecord): string {
  return `${document}:${line}:${column} (${pointer === '' ? '/' : pointer})`;
}

function requestRecord({ operation, request }: Case, mask: Mask): RequestRecord {
  const { method, path, query, headers, contentType, body } = request;
  const record = {
    method,
    path: mask.text(path),
    query: mask.text(query),
    headers: headers.map(([name, value]) => [name, mask.header(name, value)] as const),
    ...(contentType === undefined ? {} : { contentType: mask.text(contentType) }),
    ...(body === undefined ? {} : bodyRecord(body, mask, Number.POSITIVE_INFINITY)),
  };
  const masked = maskedParts(request, record, operation.security.flat());
  return masked.length === 0 ? record : { ...record, masked };
}

function maskedParts(
  request: CaseRequest,
  record: RequestRecord,
  required: Case['operation']['security'][number],
): readonly MaskedRecord[] {
  const found: MaskedRecord[] = [];
  if (record.path !== request.path) found.push({ in: 'path' });
  const values = new Map(pairsOf(request.query));
  for (const [name, value] of pairsOf(record.query)) {
    if (!value.includes(STARS) || values.get(name) === value) continue;
    const scheme = required.find(
      ({ scheme: known }) =>
        known?.kind === 'apiKey' && known.in === 'query' && encodeURIComponent(known.parameter) === name,
    );
    found.push({ in: 'query', name, ...(scheme === undefined ? {} : { scheme: scheme.name }) });
  }
  for (const [index, [name, value]] of record.headers.entries()) {
    const sent = request.headers[index]?.[1] ?? '';
    if (sent === value) continue;
    const scheme = required.find(({ scheme: known }) => isSentIn(known, name.toLowerCase()));
    const before = scheme?.scheme?.kind === 'apiKey' ? undefined : /^[\w-]+ (?=\S)/.exec(sent)?.[0];
    found.push({
      in: 'header',
      name,
      ...(scheme === undefined ? {} : { scheme: scheme.name }),
      ...(scheme === undefined || before === undefined ? {} : { before }),
    });
  }
  const { body } = request;
  const text = record.body ?? record.bodyBase64;
  if (body !== undefined && text !== undefined) {
    const kept = record.body === undefined ? Buffer.from(text, 'base64') : Buffer.from(text, 'utf8');
    if (!kept.equals(body)) found.push({ in: 'body' });
  }
  return found;
}

function pairsOf(query: string): readonly (readonly [string, string])[] {
  return query.split('&').map(pair => {
    const at = pair.indexOf('=');
    return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  });
}

function isSentIn(scheme: Case['operation']['security'][number][number]['scheme'], header: string): boolean {
  if (scheme === undefined || scheme.kind === 'mutualTLS') return false;
  if (scheme.kind !== 'apiKey') return header === 'authorization';
  return scheme.in === 'header' ? scheme.parameter.toLowerCase() === header : scheme.in === header;
}

/** @param longest - of the body, in bytes */
export function responseRecord(
  response: ReceivedResponse,
  mask: Mask,
  longest: number = LONGEST_BODY,
): ResponseRecord {
  const { status, headers, body, ms } = response;
  return {
    status,
    headers: headers.map(([name, value]) => [
      name,
      /^set-cookie$/i.test(name) ? withoutCookie(mask.text(value)) : mask.text(value),
    ]),
    ...withoutTokens(bodyRecord(body, mask, longest)),
    milliseconds: Math.round(ms),
  };
}

/** A cookie that a server gives is a credential, its attributes are none. */
function withoutCookie(line: string): string {
  return line.replace(/^([^=;]*=)[^;]*/, `$1${STARS}`);
}

/** Text as text, anything else as Base64. What is too long is cut after it was masked, so that no half secret stays. */
function bodyRecord(body: Uint8Array, mask: Mask, longest: number): BodyRecord {
  const text = textOf(body);
  const kept = text === undefined ? mask.bytes(body) : mask.text(text);
  const cut = kept.length > longest;
  const size = cut ? { bodyBytes: body.length } : {};
  if (typeof kept === 'string') return { body: cut ? kept.slice(0, longest).toWellFormed() : kept, ...size };
  return { bodyBase64: Buffer.from(cut ? kept.subarray(0, longest) : kept).toString('base64'), ...size };
}

/** Tokens that a server issues (RFC 6749, 5.1) are credentials as much as those it is sent. */
function withoutTokens(record: BodyRecord): BodyRecord {
  const { body } = record;
  return body === undefined ? record : { ...record, body: body.replace(ISSUED, `$1${STARS}"`) };
}

const ISSUED = /("(?:access_token|refresh_token|id_token|client_secret)"\s*:\s*")(?:[^"\\]|\\.)+"/g;

/** The bytes as text when they are UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
