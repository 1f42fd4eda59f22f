/**
 * Names of models: letters and digits, as API Gateway demands, one for each schema, and the same on every machine. A
 * name that is legal already stays.
 */
import { isObject, type Json } from '../../contract/json/value.ts';
import type { Schema } from '../../contract/model.ts';

export interface ModelNames {
  /** The schema's name, made on its first asking. @param wish - what it is called in the document, or where it stands */
  readonly nameFor: (schema: Schema, wish: string) => string;
  /** Every name with its schema, in the order of their making. */
  readonly entries: () => IterableIterator<[string, Schema]>;
}

export function modelNames(): ModelNames {
  const names = new Map<Schema, string>();
  const taken = new Map<string, Schema>();
  return {
    nameFor: (schema, wish) => {
      const known = names.get(schema);
      if (known !== undefined) return known;
      const base = legalName(wish);
      let name = base;
      for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`;
      names.set(schema, name);
      taken.set(name, schema);
      return name;
    },
    entries: () => taken.entries(),
  };
}

/** `my_model` is `myModel`; what has no letter or digit at all is `Model`. */
export function legalName(wish: string): string {
  const name = wish.replace(/[^A-Za-z0-9]+(.?)/gu, (_gap, next: string) =>
    /[a-z]/.test(next) ? next.toUpperCase() : next.replace(/[^A-Z0-9]/g, ''),
  );
  return name === '' ? 'Model' : name;
}

/** API Gateway has no model without anything in it; a title says nothing about values. */
export function withSubstance(model: Json, name: string): Json {
  return isObject(model) && Object.keys(model).length === 0 ? { title: name } : model;
}
