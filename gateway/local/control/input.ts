/**
 * Members of a call's input by type. What AWS's framework refuses is refused here in its words, before an operation
 * looks at what the values mean.
 */
import { isArray, isObject, type Json, own } from '../../../contract/json/value.ts';
import type { Texts } from '../state/records.ts';
import { AwsError } from './aws-error.ts';

type Input = Readonly<Record<string, Json>>;

/** @throws AwsError SerializationException, as for each of these */
export function textIn(input: Input, name: string): string | undefined {
  const value = memberOf(input, name);
  if (value === undefined || typeof value === 'string') return value;
  throw unfit(value, 'String');
}

export function booleanIn(input: Input, name: string): boolean | undefined {
  const value = memberOf(input, name);
  if (value === undefined || typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw unfit(value, 'Boolean');
}

export function numberIn(input: Input, name: string): number | undefined {
  const value = memberOf(input, name);
  if (value === undefined || typeof value === 'number') return value;
  throw unfit(value, 'Number');
}

/** A map of texts, in its order. */
export function textsIn(input: Input, name: string): Texts | undefined {
  const value = memberOf(input, name);
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new AwsError('SerializationException', 'Unexpected field type');
  for (const member of Object.values(value)) {
    if (typeof member !== 'string') throw unfit(member, 'String');
  }
  return value as Texts;
}

/** A structure, to be read with these functions in turn. */
export function structureIn(input: Input, name: string): Input | undefined {
  const value = memberOf(input, name);
  if (value === undefined || isObject(value)) return value;
  throw new AwsError('SerializationException', 'Unexpected field type');
}

function memberOf(input: Input, name: string): Json | undefined {
  // AWS takes null for a member that was left out.
  return own(input, name) ?? undefined;
}

function unfit(value: Json, wanted: string): AwsError {
  if (isArray(value) || isObject(value))
    return new AwsError('SerializationException', 'Unexpected field type');
  const kind = typeof value === 'boolean' ? 'Boolean' : typeof value === 'string' ? 'String' : 'Number';
  return new AwsError(
    'SerializationException',
    `class java.lang.${kind} can not be converted to an ${wanted}`,
  );
}
