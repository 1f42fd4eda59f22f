/**
 * What the steps of an import share: the document, whose API it becomes, and what was found so far. Steps read nodes
 * through it, so that a node of the wrong kind is an error with its place and never a fault.
 */
import { pointerTokens } from '../../../contract/json/pointer.ts';
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { isArray, isObject, type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import type { AccountIdentity } from '../control/operation.ts';
import type { ApiDocument } from './api-document.ts';
import type { Findings } from './findings.ts';
import { parseIssue, unknownReference } from './wording.ts';

export interface ImportScope {
  readonly document: ApiDocument;
  readonly apiId: string;
  readonly account: AccountIdentity;
  /** Of the API's endpoint, which bounds the timeouts of its integrations. */
  readonly endpointTypes: readonly string[];
  readonly findings: Findings;
  /** The id of a thing by its name: the one it has already, else a new one. */
  readonly idOf: (kind: NamedKind, name: string) => string;
}

export type NamedKind = 'resource' | 'model' | 'request-validator' | 'authorizer' | 'documentation-part';

/** References from references that are still followed. */
const HOPS = 32;

/** The object at a place; nothing for an absent one, and nothing with an error for anything else. */
export function objectAt(scope: ImportScope, value: Json | undefined, place: string): JsonObject | undefined {
  if (isObject(value)) return value;
  if (value !== undefined && value !== null) wrongType(scope, place, 'object');
  return undefined;
}

/** The members of the object at a place. */
export function membersAt(
  scope: ImportScope,
  value: Json | undefined,
  place: string,
): readonly (readonly [string, Json])[] {
  return Object.entries(objectAt(scope, value, place) ?? {});
}

/** Those of an object that may hold extensions, without them: elsewhere `x-api-key` is a name like any other. */
export function fieldsAt(
  scope: ImportScope,
  value: Json | undefined,
  place: string,
): readonly (readonly [string, Json])[] {
  return membersAt(scope, value, place).filter(([name]) => !name.startsWith('x-'));
}

export function arrayAt(scope: ImportScope, value: Json | undefined, place: string): readonly Json[] {
  if (isArray(value)) return value;
  if (value !== undefined && value !== null) wrongType(scope, place, 'array');
  return [];
}

/** A number, or a text that writes one; `NaN` for anything else. */
export function numberOf(value: Json | undefined): number {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string'
    ? Number(value)
    : Number.NaN;
}

/** A value as a sentence shows it. */
export function shown(value: Json | undefined): string {
  return typeof value === 'string' ? value : stringifyJson(value ?? null);
}

/** A list of texts; undefined for an absent one. */
export function textsAt(
  scope: ImportScope,
  value: Json | undefined,
  place: string,
): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return arrayAt(scope, value, place).flatMap(
    (item, index) => textAt(scope, item, `${place}.[${index}]`) ?? [],
  );
}

/** A text. Numbers and booleans are written out, as YAML makes them of `version: 1.0`. */
export function textAt(scope: ImportScope, value: Json | undefined, place: string): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return `${value}`;
  if (value !== undefined && value !== null) wrongType(scope, place, 'string');
  return undefined;
}

export function wrongType({ findings }: ImportScope, place: string, type: string): void {
  findings.errors.push(parseIssue(place, `is not of type \`${type}\``));
}

/** Seen of OpenAPI 3 only; recorded Swagger 2.0 documents lack such things and import without a warning. */
export function missing({ document, findings }: ImportScope, place: string): void {
  if (document.version === 'oas30') findings.warnings.push(parseIssue(place, 'is missing'));
}

/**
 * The object at a place, or the one its `$ref` leads to inside this document. A reference that leads nowhere is a
 * warning, and the place counts as empty.
 */
export function resolvedAt(
  scope: ImportScope,
  value: Json | undefined,
  place: string,
): JsonObject | undefined {
  let node = objectAt(scope, value, place);
  for (let hop = 0; node !== undefined && own(node, '$ref') !== undefined; hop += 1) {
    const reference = own(node, '$ref');
    const target = hop < HOPS ? targetOf(scope, reference) : undefined;
    if (target === undefined) {
      scope.findings.warnings.push(unknownReference(shown(reference)));
      return undefined;
    }
    node = target;
  }
  return node;
}

function targetOf({ document }: ImportScope, reference: Json | undefined): JsonObject | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return undefined;
  // AWS reads no responses at the root of Swagger 2.0 (reference 6.6, 9).
  if (document.version === 'swagger' && reference.startsWith('#/responses/')) return undefined;
  let node: Json | undefined = document.root;
  for (const token of pointerTokens(decoded(reference.slice(1)))) {
    node = isArray(node) ? node[Number(token)] : own(node, token);
  }
  return isObject(node) ? node : undefined;
}

function decoded(pointer: string): string {
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
}
