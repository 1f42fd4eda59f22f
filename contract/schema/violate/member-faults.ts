/** The ways to break what combines schemas: unions, tags and `not`. */
import { isObject, type Json } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { conjunction } from '../sample/conjunction.ts';
import { newSearch, rootPlace } from '../sample/make.ts';
import { isValid } from '../validate.ts';
import type { Fault, Spot } from './spot.ts';
import { withProperty } from './spot.ts';

/** Values of every kind: few unions have a member for each. */
const STRANGERS: readonly Json[] = [null, {}, [], 'not-one-of-these', 0.5, -1, true, '', 1_234_567];

/** More pairs of members are not tried. */
const MOST_PAIRS = 12;

export function* memberFaults(spot: Spot, schema: Schema): Generator<Fault> {
  const { anyOf, oneOf, not, discriminator } = schema;
  if (discriminator !== undefined && isObject(spot.value)) {
    const value = withProperty(spot.value, discriminator.propertyName, 'unknown-tag');
    yield { keyword: 'discriminator', schema, detail: '', candidates: [value] };
  }
  if (anyOf !== undefined)
    yield { keyword: 'anyOf', schema, detail: 'none', candidates: outsiders(spot, anyOf) };
  if (oneOf !== undefined) {
    yield { keyword: 'oneOf', schema, detail: 'none', candidates: outsiders(spot, oneOf) };
    yield { keyword: 'oneOf', schema, detail: 'several', candidates: several(spot, oneOf) };
  }
  if (not !== undefined) yield { keyword: 'not', schema, detail: '', candidates: forbidden(spot, not) };
}

/** Values that no member accepts. */
function* outsiders(spot: Spot, members: readonly Schema[]): Generator<Json> {
  for (const value of STRANGERS) {
    if (!members.some(member => isValid(member, value, spot.direction))) yield value;
  }
}

/** Values that two members at once accept. */
function* several(spot: Spot, members: readonly Schema[]): Generator<Json> {
  let pairs = 0;
  for (const [index, first] of members.entries()) {
    for (const second of members.slice(index + 1)) {
      if ((pairs += 1) > MOST_PAIRS) return;
      const search = newSearch({ direction: spot.direction, parts: 'typical', careful: true });
      const value = search.make(conjunction([first, second]), { ...rootPlace('', 0), given: given(spot) });
      if (value !== undefined) yield value;
    }
  }
}

/** Values that the schema under `not` accepts, as far as possible with the parts of the valid one. */
function* forbidden(spot: Spot, not: Schema): Generator<Json> {
  for (const parts of ['required', 'typical'] as const) {
    const search = newSearch({ direction: spot.direction, parts, careful: true });
    const value = search.make(conjunction([not]), rootPlace('', 0));
    if (value === undefined) continue;
    if (isObject(value) && isObject(spot.value)) {
      let merged: Json = spot.value;
      for (const name of Object.keys(value)) {
        if (!Object.hasOwn(spot.value, name)) merged = withProperty(merged, name, value[name] as Json);
      }
      yield merged;
      for (const name of Object.keys(value)) merged = withProperty(merged, name, value[name] as Json);
      yield merged;
    }
    yield value;
  }
}

function given(spot: Spot): Json | undefined {
  return isObject(spot.value) ? spot.value : undefined;
}
