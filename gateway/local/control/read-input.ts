/**
 * Reads the members of a body by their types in the service model. A value of another type is what AWS's framework
 * cannot deserialise, and it says so in the names of its Java classes; null is the same as absent.
 */
import { isArray, isObject, type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import { AwsError } from './aws-error.ts';

/** What a member can be, with what it is read as. */
interface Types {
  readonly text: string;
  readonly flag: boolean;
  readonly number: number;
  readonly list: readonly string[];
  /** A map of texts. */
  readonly texts: Readonly<Record<string, string>>;
  /** A map of texts in which null is a value. */
  readonly 'texts or null': Readonly<Record<string, string | null>>;
  readonly flags: Readonly<Record<string, boolean>>;
}

/** Member to type; a structure is a shape of its own. */
export interface Shape {
  readonly [member: string]: keyof Types | Shape;
}

export type Read<S extends Shape> = {
  readonly [M in keyof S]:
    | (S[M] extends keyof Types ? Types[S[M]] : S[M] extends Shape ? Read<S[M]> : never)
    | undefined;
};

/**
 * The members of a body. Members the shape does not know are passed over, as AWS does.
 *
 * @throws AwsError SerializationException
 */
export function readInput<const S extends Shape>(input: Json | undefined, shape: S): Read<S> {
  const read = Object.entries(shape).map(([member, type]) => {
    const value = own(input, member) ?? undefined;
    if (value === undefined) return [member, undefined];
    return [member, typeof type === 'string' ? READERS[type](value) : readInput(structure(value), type)];
  });
  return Object.fromEntries(read) as Read<S>;
}

/** A list of structures. */
export function readStructures<const S extends Shape>(value: Json | undefined, shape: S): readonly Read<S>[] {
  if (value === undefined || value === null) return [];
  return list(value).map(item => readInput(structure(item), shape));
}

const READERS: { readonly [T in keyof Types]: (value: Json) => Types[T] } = {
  text,
  flag,
  number,
  list: value => list(value).map(text),
  texts: value => map(value, text),
  'texts or null': value => map(value, item => (item === null ? null : text(item)), true),
  flags: value => map(value, flag),
};

function text(value: Json): string {
  if (typeof value === 'string') return value;
  throw scalar(value, 'an String');
}

function flag(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  // Clients of old wrote flags as texts.
  if (value === 'true' || value === 'false') return value === 'true';
  throw scalar(value, 'an Boolean');
}

function number(value: Json): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw scalar(value, 'an Integer');
}

function list(value: Json): readonly Json[] {
  if (isArray(value)) return value;
  throw unexpected(value);
}

function structure(value: Json): JsonObject {
  if (isObject(value)) return value;
  throw unexpected(value);
}

function map<T>(value: Json, read: (item: Json) => T, keepNull = false): Readonly<Record<string, T>> {
  const entries = Object.entries(structure(value)).filter(([, item]) => keepNull || item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, read(item)]));
}

/** Recorded for a boolean and for a number where a text belongs; the rest follows that form. */
function scalar(value: Json, wanted: string): AwsError {
  if (isArray(value) || isObject(value)) return unexpected(value);
  return new AwsError(
    'SerializationException',
    `class ${javaClass(value)} can not be converted to ${wanted}`,
  );
}

function unexpected(value: Json): AwsError {
  if (isArray(value)) return new AwsError('SerializationException', 'Start of list found where not expected');
  if (isObject(value)) {
    return new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  return new AwsError('SerializationException', 'Unexpected field type');
}

function javaClass(value: Json): string {
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  if (typeof value === 'string') return 'java.lang.String';
  return 'com.amazon.coral.value.json.numbers.TruncatingBigNumber';
}
