/** The keywords on objects. Keys come from strangers: none is looked up on a prototype. */
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { compilePattern } from '../pattern/match.ts';
import {
  assertion,
  type Check,
  count,
  descend,
  fail,
  type Keyword,
  mayStop,
  type Report,
  type Run,
  type Slot,
  show,
} from '../run.ts';
import { relaxedNames } from './direction.ts';

/** The own property, read fast: only names that every object inherits need the slower question. */
function read(object: JsonObject, name: string, inherited: boolean): Json | undefined {
  return !inherited || Object.hasOwn(object, name) ? object[name] : undefined;
}

function isInherited(name: string): boolean {
  return name in Object.prototype;
}

export const required: Keyword = (schema, compiler) => {
  if (schema.required.length === 0) return undefined;
  const relaxed = relaxedNames(schema, compiler.direction);
  const names = schema.required.filter(name => !relaxed.has(name));
  if (names.length === 0) return undefined;
  const inherited = names.some(isInherited);
  return (value, run) => {
    if (!isObject(value)) return true;
    let holds = true;
    for (let index = 0; index < names.length; index++) {
      const name = names[index];
      if (name === undefined || read(value, name, inherited) !== undefined) continue;
      if (run.relaxed?.has(name)) continue;
      holds = fail(run, schema, 'required', () => `must have property ${show(name)}`);
      if (mayStop(run)) return false;
    }
    return holds;
  };
};

export const minProperties: Keyword = schema => {
  const limit = schema.minProperties;
  if (limit === undefined) return undefined;
  return assertion(
    schema,
    'minProperties',
    value => !isObject(value) || Object.keys(value).length >= limit,
    value => `must have at least ${count(limit, 'property', 'properties')}, has ${size(value)}`,
  );
};

export const maxProperties: Keyword = schema => {
  const limit = schema.maxProperties;
  if (limit === undefined) return undefined;
  return assertion(
    schema,
    'maxProperties',
    value => !isObject(value) || Object.keys(value).length <= limit,
    value => `must have at most ${count(limit, 'property', 'properties')}, has ${size(value)}`,
  );
};

function size(value: Json): number {
  return isObject(value) ? Object.keys(value).length : 0;
}

/** Reading this many declared names one by one is cheaper than looking at the value's own. */
const FEW = 16;

/** `properties`, `patternProperties` and `additionalProperties`, whose meanings hang together. */
export const properties: Keyword = (schema, compiler) => {
  const { additionalProperties } = schema;
  const slots = new Map([...schema.properties].map(([name, sub]) => [name, compiler.slot(sub)]));
  const always = additionalProperties === undefined ? true : additionalProperties.always;
  if (schema.patternProperties.size === 0 && always !== undefined) {
    if (slots.size === 0 && additionalProperties === undefined) return undefined;
    if (slots.size <= FEW) return knownProperties(schema, slots, always, additionalProperties !== undefined);
  }
  const patterns = [...schema.patternProperties].map(([source, sub]) => {
    const compiled = compilePattern(source);
    return { test: compiled.kind === 'fault' ? undefined : compiled.test, slot: compiler.slot(sub) };
  });
  const rest = additionalProperties === undefined ? undefined : compiler.slot(additionalProperties);
  return everyProperty(schema, slots, patterns, rest);
};

/** Declared names are read one by one; the value's other keys are counted, and looked at only when too many. */
function knownProperties(
  schema: Schema,
  slots: ReadonlyMap<string, Slot>,
  open: boolean,
  evaluatesAll: boolean,
): Check {
  const names = [...slots.keys()];
  const list = [...slots.values()];
  const inherited = names.some(isInherited);
  return (value, run) => {
    if (!isObject(value)) return true;
    const { marks } = run;
    if (marks !== undefined && evaluatesAll) marks.allProperties = true;
    let holds = true;
    let found = 0;
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string;
      const item = read(value, name, inherited);
      if (item === undefined) continue;
      found++;
      if (marks !== undefined) marks.properties.add(name);
      if (descend(list[index] as Slot, item, name, run)) continue;
      holds = false;
      if (mayStop(run)) return false;
    }
    if (open) return holds;
    const keys = Object.keys(value);
    if (keys.length === found) return holds;
    for (const name of keys) {
      if (slots.has(name)) continue;
      holds = forbidden(schema, name, run);
      if (mayStop(run)) return false;
    }
    return holds;
  };
}

function forbidden(schema: Schema, name: string, run: Run): false {
  run.report?.path.push(name);
  fail(run, schema, 'additionalProperties', () => `must not be there: no property ${show(name)} is allowed`);
  run.report?.path.pop();
  return false;
}

interface NamePattern {
  /** Undefined for a pattern that cannot be checked: then nobody knows which names it takes. */
  readonly test: ((name: string) => boolean) | undefined;
  readonly slot: Slot;
}

function everyProperty(
  schema: Schema,
  slots: ReadonlyMap<string, Slot>,
  patterns: readonly NamePattern[],
  rest: Slot | undefined,
): Check {
  const someUnknown = patterns.some(({ test }) => test === undefined);
  const closed = rest?.schema.always === false;
  return (value, run) => {
    if (!isObject(value)) return true;
    const { marks } = run;
    let holds = true;
    for (const name of Object.keys(value)) {
      const item = value[name] as Json;
      const slot = slots.get(name);
      let described = slot !== undefined;
      let good = slot === undefined || descend(slot, item, name, run);
      for (const pattern of patterns) {
        if (pattern.test?.(name) !== true) continue;
        described = true;
        if ((good || run.report !== undefined) && !descend(pattern.slot, item, name, run)) good = false;
      }
      if (!described && rest !== undefined && !someUnknown) {
        described = true;
        good = closed ? forbidden(schema, name, run) : descend(rest, item, name, run);
      }
      if (marks !== undefined && (described || someUnknown)) marks.properties.add(name);
      if (good) continue;
      holds = false;
      if (mayStop(run)) return false;
    }
    return holds;
  };
}

export const propertyNames: Keyword = (schema, compiler) => {
  if (schema.propertyNames === undefined) return undefined;
  const slot = compiler.slot(schema.propertyNames);
  return (value, run) => {
    if (!isObject(value)) return true;
    let holds = true;
    const { report } = run;
    for (const name of Object.keys(value)) {
      const inner: Report | undefined =
        report === undefined ? undefined : { ...report, violations: [], limit: 1, path: [] };
      run.report = inner;
      const good = descend(slot, name, name, run);
      run.report = report;
      if (good) continue;
      report?.path.push(name);
      const why = inner?.violations[0]?.message ?? 'is not allowed';
      holds = fail(
        run,
        schema,
        'propertyNames',
        () => `has a name that is not allowed: ${show(name)} ${why}`,
      );
      report?.path.pop();
      if (mayStop(run)) return false;
    }
    return holds;
  };
};

export const dependentRequired: Keyword = (schema, compiler) => {
  if (schema.dependentRequired.size === 0) return undefined;
  const relaxed = relaxedNames(schema, compiler.direction);
  const table = [...schema.dependentRequired].map(
    ([name, others]) => [name, others.filter(other => !relaxed.has(other))] as const,
  );
  return (value, run) => {
    if (!isObject(value)) return true;
    let holds = true;
    for (const [name, others] of table) {
      if (!Object.hasOwn(value, name)) continue;
      for (const other of others) {
        if (Object.hasOwn(value, other) || run.relaxed?.has(other)) continue;
        holds = fail(
          run,
          schema,
          'dependentRequired',
          () => `must have property ${show(other)}, because it has ${show(name)}`,
        );
        if (mayStop(run)) return false;
      }
    }
    return holds;
  };
};
