/** What draft 4 asks of values of any type, in the words of the Java validator. */

import { DEFAULT_LIMITS, Meter } from '../../vtl/meter.ts';
import { toJson } from '../../vtl/value-text.ts';
import { isList, type Value } from '../../vtl/values.ts';
import { canonical } from './equality.ts';
import { TYPES, typeOf } from './json-type.ts';
import { schemasOf } from './keyword-value.ts';
import { fail, type JsonType, type Keyword, type Run, type SchemaNode } from './schema-check.ts';

/** How many of the schemas hold. What they find wrong is not told. */
function matched(nodes: readonly SchemaNode[], value: Value, run: Run, enough = nodes.length): number {
  const { meter, depth } = run;
  const quiet: Run = { meter, errors: undefined, depth };
  let count = 0;
  for (const node of nodes) {
    if (node.check(value, quiet)) count += 1;
    if (count >= enough) break;
  }
  return count;
}

const allOf: Keyword = {
  name: 'allOf',
  appliesTo: TYPES,
  compile(value, context) {
    const nodes = schemasOf(value, 'allOf', context)?.map((schema, index) =>
      context.nodeOf(schema, 'allOf', index),
    );
    if (nodes === undefined) return undefined;
    return (found, run) => {
      const count = matched(nodes, found, run);
      if (count === nodes.length) return true;
      return fail(
        run,
        () => `instance failed to match all required schemas (matched only ${count} out of ${nodes.length})`,
      );
    };
  },
};

const anyOf: Keyword = {
  name: 'anyOf',
  appliesTo: TYPES,
  compile(value, context) {
    const nodes = schemasOf(value, 'anyOf', context)?.map((schema, index) =>
      context.nodeOf(schema, 'anyOf', index),
    );
    if (nodes === undefined) return undefined;
    return (found, run) => {
      if (matched(nodes, found, run, 1) > 0) return true;
      return fail(run, () => `instance failed to match at least one required schema among ${nodes.length}`);
    };
  },
};

const oneOf: Keyword = {
  name: 'oneOf',
  appliesTo: TYPES,
  compile(value, context) {
    const nodes = schemasOf(value, 'oneOf', context)?.map((schema, index) =>
      context.nodeOf(schema, 'oneOf', index),
    );
    if (nodes === undefined) return undefined;
    return (found, run) => {
      const count = matched(nodes, found, run);
      if (count === 1) return true;
      return fail(
        run,
        () => `instance failed to match exactly one schema (matched ${count} out of ${nodes.length})`,
      );
    };
  },
};

const not: Keyword = {
  name: 'not',
  appliesTo: TYPES,
  compile(value, context) {
    const node = context.nodeOf(value, 'not');
    return (found, run) => {
      if (matched([node], found, run) === 0) return true;
      return fail(run, () => 'instance matched a schema which it should not have');
    };
  },
};

const enumeration: Keyword = {
  name: 'enum',
  appliesTo: TYPES,
  compile(value, { problem }) {
    if (!isList(value)) return void problem('enum is no list', 'enum');
    const meter = new Meter(DEFAULT_LIMITS);
    const possible = new Set(value.map(item => canonical(item, meter)));
    const shown = toJson(value, meter);
    return (found, run) => {
      if (possible.has(canonical(found, run.meter))) return true;
      return fail(
        run,
        () => `instance value (${toJson(found, run.meter)}) not found in enum (possible values: ${shown})`,
      );
    };
  },
};

const type: Keyword = {
  name: 'type',
  appliesTo: TYPES,
  compile(value, { problem }) {
    const names = isList(value) ? value : [value];
    const known = TYPES.filter(name => names.includes(name));
    for (const name of names)
      if (!known.includes(name as JsonType)) problem(`${toText(name)} is no type of draft 4`, 'type');
    if (known.length === 0) return undefined;
    // A number may be an integer.
    const allowed = TYPES.filter(
      name => known.includes(name) || (name === 'integer' && known.includes('number')),
    );
    return (found, run) => {
      const actual = typeOf(found);
      if (allowed.includes(actual)) return true;
      return fail(
        run,
        () =>
          `instance type (${actual}) does not match any allowed primitive type (allowed: ${JSON.stringify(allowed)})`,
      );
    };
  },
};

function toText(value: Value): string {
  return toJson(value, new Meter(DEFAULT_LIMITS));
}

export const COMBINING_KEYWORDS: readonly Keyword[] = [allOf, anyOf, enumeration, not, oneOf, type];
