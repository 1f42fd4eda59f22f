/** What draft 4 asks of objects, in the words of the Java validator, and which schemas their members have. */
import { compilePattern } from '../../../contract/schema/pattern/match.ts';
import { isList, isMap, type Value, type ValueMap } from '../../vtl/values.ts';
import { countOf, membersOf, textsOf } from './keyword-value.ts';
import {
  type Check,
  fail,
  type Keyword,
  type KeywordContext,
  type Run,
  type SchemaNode,
} from './schema-check.ts';

/** Names as the Java validator lists them. */
function listed(names: Iterable<string>): string {
  return JSON.stringify([...names].sort());
}

/** The patterns of `patternProperties` that can be used, each with what stands at it. */
function patternsOf(context: KeywordContext): readonly (readonly [(name: string) => boolean, string])[] {
  const members = membersOf(context.schema.get('patternProperties'), 'patternProperties', context);
  return [...members.keys()].flatMap(key => {
    const source = String(key);
    const compiled = compilePattern(source);
    return compiled.kind === 'compiled' ? [[compiled.test, source] as const] : [];
  });
}

const additionalProperties: Keyword = {
  name: 'additionalProperties',
  appliesTo: ['object'],
  compile(value, context) {
    if (value !== false) return undefined;
    const known = membersOf(context.schema.get('properties'), 'properties', context);
    const patterns = patternsOf(context);
    return (found, run) => {
      const unwanted: string[] = [];
      for (const key of (found as ValueMap).keys()) {
        const name = String(key);
        run.meter.spend(1 + ((patterns.length * name.length) >> 4));
        if (known.has(name) || patterns.some(([test]) => test(name))) continue;
        if (run.errors === undefined) return false;
        unwanted.push(name);
      }
      if (unwanted.length === 0) return true;
      return fail(
        run,
        () => `object instance has properties which are not allowed by the schema: ${listed(unwanted)}`,
      );
    };
  },
};

const maxProperties: Keyword = {
  name: 'maxProperties',
  appliesTo: ['object'],
  compile(value, context) {
    const most = countOf(value, 'maxProperties', context);
    if (most === undefined) return undefined;
    return (found, run) => {
      const { size } = found as ValueMap;
      if (size <= most) return true;
      return fail(
        run,
        () => `object has too many properties (found ${size} but schema requires at most ${most})`,
      );
    };
  },
};

const minProperties: Keyword = {
  name: 'minProperties',
  appliesTo: ['object'],
  compile(value, context) {
    const least = countOf(value, 'minProperties', context);
    if (least === undefined) return undefined;
    return (found, run) => {
      const { size } = found as ValueMap;
      if (size >= least) return true;
      return fail(
        run,
        () => `object has too few properties (found ${size} but schema requires at least ${least})`,
      );
    };
  },
};

const required: Keyword = {
  name: 'required',
  appliesTo: ['object'],
  compile(value, context) {
    const names = textsOf(value, 'required', context);
    if (names === undefined) return undefined;
    return (found, run) => {
      run.meter.spend(names.length >> 4);
      const missing = names.filter(name => !(found as ValueMap).has(name));
      if (missing.length === 0) return true;
      return fail(run, () => `object has missing required properties (${listed(missing)})`);
    };
  },
};

const dependencies: Keyword = {
  name: 'dependencies',
  appliesTo: ['object'],
  compile(value, context) {
    const checks: Check[] = [];
    for (const [key, dependency] of membersOf(value, 'dependencies', context)) {
      const name = String(key);
      if (isMap(dependency)) {
        const node = context.nodeOf(dependency, 'dependencies', name);
        checks.push((found, run) => !(found as ValueMap).has(name) || node.check(found, run));
        continue;
      }
      const needed = textsOf(dependency, 'dependencies', context);
      if (needed !== undefined) checks.push(neededBeside(name, needed));
    }
    return (found, run) => everyHolds(checks, found, run);
  },
};

function neededBeside(name: string, needed: readonly string[]): Check {
  return (found, run) => {
    const object = found as ValueMap;
    if (!object.has(name)) return true;
    const missing = needed.filter(other => !object.has(other));
    if (missing.length === 0) return true;
    return fail(
      run,
      () =>
        `property "${name}" of object has missing property dependencies (schema requires ${listed(needed)}; missing: ${listed(missing)})`,
    );
  };
}

/** All of them where somebody listens, else until one does not hold. */
export function everyHolds(checks: readonly Check[], value: Value, run: Run): boolean {
  let holds = true;
  for (const check of checks) {
    holds = check(value, run) && holds;
    if (!holds && run.errors === undefined) return false;
  }
  return holds;
}

export const OBJECT_KEYWORDS: readonly Keyword[] = [
  additionalProperties,
  dependencies,
  maxProperties,
  minProperties,
  required,
];

/** The members of an object against their schemas, in the order of their names; undefined when they have none. */
export function membersCheck(context: KeywordContext): Check | undefined {
  const { schema, nodeOf, problem } = context;
  const named = new Map<string, SchemaNode>();
  for (const [key, member] of membersOf(schema.get('properties'), 'properties', context))
    named.set(String(key), nodeOf(member, 'properties', String(key)));
  const patterns: (readonly [test: (name: string) => boolean, node: SchemaNode])[] = [];
  for (const [key, member] of membersOf(schema.get('patternProperties'), 'patternProperties', context)) {
    const source = String(key);
    const compiled = compilePattern(source);
    if (compiled.kind === 'compiled')
      patterns.push([compiled.test, nodeOf(member, 'patternProperties', source)]);
    else problem(`the pattern ${source} cannot be used: ${compiled.message}`, 'patternProperties', source);
  }
  const additional = schema.get('additionalProperties');
  const rest =
    additional === undefined || typeof additional === 'boolean' || isList(additional)
      ? undefined
      : nodeOf(additional, 'additionalProperties');
  if (named.size === 0 && patterns.length === 0 && rest === undefined) return undefined;
  return (found, run) => {
    const object = found as ValueMap;
    let holds = true;
    const keys = run.errors === undefined ? object.keys() : [...object.keys()].sort();
    for (const key of keys) {
      const name = String(key);
      run.meter.spend(1 + ((patterns.length * name.length) >> 4));
      const nodes = [named.get(name), ...patterns.map(([test, node]) => (test(name) ? node : undefined))];
      const chosen = nodes.filter(node => node !== undefined);
      if (chosen.length === 0 && rest !== undefined) chosen.push(rest);
      for (const node of chosen) {
        holds = node.check(object.get(key) ?? null, run) && holds;
        if (!holds && run.errors === undefined) return false;
      }
    }
    return holds;
  };
}
