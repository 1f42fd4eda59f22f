/** Values that name nothing: what is asked for to see whether a server admits that it does not know it. */
import type { Json } from '../json/value.ts';
import type { Parameter } from '../model.ts';
import { writeValid } from '../plan/cases/parameter-value.ts';
import { sample } from '../schema/sample.ts';

/** Where ids are numbers, far above those that servers have come to. */
const FAR = 987_000_000;

/** A valid value of a parameter that nobody will have used; undefined where all values are listed or few. */
export function madeUp(parameter: Parameter, seed: number): Json | undefined {
  const schema = parameter.schema ?? parameter.content?.schema;
  if (schema?.enum !== undefined || schema?.const !== undefined) return undefined;
  const fits = (value: Json): boolean => writeValid(parameter, value) !== undefined;
  const plain = [`rehearsal-${seed}`, `rehearsal${seed}`, FAR + seed].find(fits);
  if (plain !== undefined || schema === undefined) return plain;
  // The examples stand in documents because they exist, so the seed goes beyond them.
  const made = sample(schema, { direction: 'request', seed: FAR + seed, name: parameter.name });
  if (!('value' in made) || !fits(made.value)) return undefined;
  const few = typeof made.value === 'number' && made.value < 100_000;
  return few || schema.examples.includes(made.value) ? undefined : made.value;
}
