/** Single members of a call's input by type. Where an operation knows all of its members, {@link readInput} reads them at once. */
import { type Json, own } from '../../../contract/json/value.ts';
import type { Texts } from '../state/records.ts';
import { readInput } from './read-input.ts';

type Input = Readonly<Record<string, Json>>;

/** @throws AwsError SerializationException, as for each of these */
export function textIn(input: Input, name: string): string | undefined {
  return readInput(input, { [name]: 'text' })[name];
}

export function booleanIn(input: Input, name: string): boolean | undefined {
  return readInput(input, { [name]: 'flag' })[name];
}

export function numberIn(input: Input, name: string): number | undefined {
  return readInput(input, { [name]: 'number' })[name];
}

/** A map of texts, in its order. */
export function textsIn(input: Input, name: string): Texts | undefined {
  return readInput(input, { [name]: 'texts' })[name];
}

/** A structure, to be read with these functions in turn. */
export function structureIn(input: Input, name: string): Input | undefined {
  readInput(input, { [name]: {} });
  return (own(input, name) ?? undefined) as Input | undefined;
}
