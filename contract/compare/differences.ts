/**
 * Where what was received is not what was sent, told only where it cannot be a matter of taste: properties that the
 * answer's schema does not declare, spellings that mean the same, and empty values left out are no differences.
 */
import { declaredProperty } from '../http/schema-views.ts';
import { isSecretName } from '../http/secret-names.ts';
import { joinPointer } from '../json/pointer.ts';
import { isArray, isObject, type Json, type JsonObject, jsonEqual, jsonType, own } from '../json/value.ts';
import type { Schema } from '../model.ts';

export interface Difference {
  /** In what was received. */
  readonly pointer: string;
  readonly sent: Json;
  /** Undefined: it is not there. */
  readonly received: Json | undefined;
  /** What the document says about the received part. */
  readonly schema: Schema | undefined;
}

/** Whether a property that is not there is a difference. An answer may leave out what its schema does not require. */
export type Missing = 'told' | 'ignored';

/** The differences, in the order of what was sent. */
export function* differences(
  sent: Json,
  received: Json,
  schema: Schema | undefined,
  sentSchema?: Schema,
  missing: Missing = 'told',
): Generator<Difference, undefined> {
  yield* within(sent, received, schema, sentSchema, '', missing);
}

function* within(
  sent: Json,
  received: Json | undefined,
  schema: Schema | undefined,
  sentSchema: Schema | undefined,
  pointer: string,
  missing: Missing,
): Generator<Difference, undefined> {
  if (received === undefined) {
    if (missing === 'told' && !isEmpty(sent) && !isDefault(sent, schema))
      yield { pointer, sent, received, schema };
    return;
  }
  if (isObject(sent)) {
    if (isObject(received)) yield* ofProperties(sent, received, schema, sentSchema, pointer, missing);
    else if (received === null && Object.keys(sent).length > 0) yield { pointer, sent, received, schema };
    return;
  }
  if (isArray(sent)) {
    const lost =
      received === null
        ? sent.length > 0
        : isArray(received) && !sameItems(sent, received, schema, sentSchema, missing);
    if (lost) yield { pointer, sent, received, schema };
    return;
  }
  if (sent === null || received === null) {
    if (sent !== received && !(sent === null && isEmpty(received)) && !isEmpty(sent))
      yield { pointer, sent, received, schema };
    return;
  }
  if (!sameScalar(sent, received, schema)) yield { pointer, sent, received, schema };
}

function* ofProperties(
  sent: JsonObject,
  received: JsonObject,
  schema: Schema | undefined,
  sentSchema: Schema | undefined,
  pointer: string,
  missing: Missing,
): Generator<Difference, undefined> {
  for (const [name, value] of Object.entries(sent)) {
    const inAnswer = schema === undefined ? undefined : declaredProperty(schema, name);
    const inRequest = sentSchema === undefined ? undefined : declaredProperty(sentSchema, name);
    const there = own(received, name);
    if (there === undefined && inAnswer === undefined) continue;
    if (isSecret(inAnswer) || isSecret(inRequest) || inRequest?.readOnly === true) continue;
    // One schema for both ways is common, and no server that knows its trade shows a password again.
    if (there === undefined && isSecretName(name)) continue;
    // What the server alone decides may be sent and is ignored (OpenAPI 3.0.4, 4.7.24).
    if (inAnswer?.readOnly === true) continue;
    yield* within(value, there, inAnswer, inRequest, joinPointer(pointer, name), missing);
  }
}

function isSecret(schema: Schema | undefined): boolean {
  return schema !== undefined && (schema.writeOnly || schema.format === 'password');
}

/** Servers leave out what says nothing. */
function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  if (isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isEmpty);
}

function isDefault(value: Json, schema: Schema | undefined): boolean {
  return schema?.default !== undefined && jsonEqual(schema.default.value, value);
}

/** The same items in any order: many lists are sets in truth. */
function sameItems(
  sent: readonly Json[],
  received: readonly Json[],
  schema: Schema | undefined,
  sentSchema: Schema | undefined,
  missing: Missing,
): boolean {
  if (sent.length !== received.length) return false;
  const left = [...received];
  return sent.every(item => {
    const at = left.findIndex(
      other => within(item, other, schema?.items, sentSchema?.items, '', missing).next().done === true,
    );
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

/** Formats of which upper and lower case are one, as far as anybody can tell them apart. */
const WITHOUT_CASE = new Set([
  'uuid',
  'email',
  'idn-email',
  'hostname',
  'idn-hostname',
  'ipv6',
  'uri',
  'iri',
]);

function sameScalar(sent: Json, received: Json, schema: Schema | undefined): boolean {
  if (jsonEqual(sent, received)) return true;
  if (typeof sent === 'number' && typeof received === 'number') {
    // A server may keep fractions in a narrower type.
    return !Number.isInteger(sent) && Math.abs(sent - received) <= Math.abs(sent) * 1e-6;
  }
  // Another type is for the schema to judge.
  if (typeof sent !== 'string' || typeof received !== 'string') return jsonType(sent) !== jsonType(received);
  const format = schema?.format;
  if (format === 'date-time') return sameInstant(sent, received);
  if (format === 'uri' || format === 'iri') return address(sent) === address(received);
  return format !== undefined && WITHOUT_CASE.has(format) && sent.toLowerCase() === received.toLowerCase();
}

/** Less than a second apart: many servers keep no fractions. */
function sameInstant(a: string, b: string): boolean {
  return Math.abs(Date.parse(a) - Date.parse(b)) < 1000;
}

function address(text: string): string {
  return URL.canParse(text) ? new URL(text).href : text;
}
