/**
 * Several schemas that hold at once, gathered into one set of facts: the tightest bounds, every pattern, every
 * property. `allOf` and references end here; `anyOf`, `oneOf`, `if` and their kin become choices that somebody else
 * makes. Nothing is made here. Long because every keyword of every dialect meets its like here and nowhere else.
 */
import { type Json, type JsonType, jsonEqual, jsonType } from '../../json/value.ts';
import type { Schema } from '../../model.ts';
import { below, type Source } from '../../source.ts';
import { type Choice, choicesOf } from './choices.ts';
import { type Conjunction, conjunction, flatten } from './conjunction.ts';
import { soleKeyword } from './sole-keyword.ts';

/** Why nothing can satisfy the facts. */
export interface Conflict {
  readonly source: Source;
  readonly message: string;
  readonly fix: string;
}

export interface Bound {
  readonly value: number | bigint;
  readonly exclusive: boolean;
  readonly source: Source;
}

export interface Count {
  readonly value: number;
  readonly source: Source;
}

export interface Text {
  readonly value: string;
  readonly source: Source;
}

export interface Facts {
  readonly conjunction: Conjunction;
  /** Flattened, outermost first. */
  readonly schemas: readonly Schema[];
  readonly conflict: Conflict | undefined;
  /** Undefined: any type. `number` includes integers. */
  readonly types: readonly JsonType[] | undefined;
  /** The only values there are, by `const` and `enum`. */
  readonly values: readonly Json[] | undefined;
  readonly excluded: readonly Json[];
  readonly lower: Bound | undefined;
  readonly upper: Bound | undefined;
  readonly steps: readonly (number | bigint)[];
  readonly minLength: Count | undefined;
  readonly maxLength: Count | undefined;
  readonly patterns: readonly Text[];
  readonly formats: readonly Text[];
  readonly minItems: Count | undefined;
  readonly maxItems: Count | undefined;
  readonly unique: boolean;
  readonly minProperties: Count | undefined;
  readonly maxProperties: Count | undefined;
  readonly required: ReadonlyMap<string, Source>;
  readonly forbidden: ReadonlySet<string>;
  readonly nots: readonly Schema[];
  /** Properties that should have this value: the tags of discriminators. */
  readonly pins: ReadonlyMap<string, Json>;
  /** Not made yet. */
  readonly choices: readonly Choice[];
}

const EVERY_TYPE: readonly JsonType[] = ['string', 'number', 'object', 'array', 'boolean', 'null'];
const NONE: readonly never[] = [];

const single = new WeakMap<Schema, Facts>();

/** The facts of one schema by itself; kept, because most schemas are asked about many times. */
export function factsOf(schema: Schema): Facts {
  let facts = single.get(schema);
  if (facts === undefined) {
    facts = gather(conjunction([schema]));
    single.set(schema, facts);
  }
  return facts;
}

/** The facts of schemas that hold together. */
export function factsOfAll(all: readonly Schema[]): Facts {
  const [first] = all;
  return all.length === 1 && first !== undefined ? factsOf(first) : gather(conjunction(all));
}

/** Everything known of a conjunction. */
export function gather(from: Conjunction): Facts {
  const schemas = flatten(from.all);
  const facts: Gathering = {
    conjunction: from,
    schemas,
    conflict: undefined,
    types: undefined,
    values: undefined,
    excluded: NONE,
    lower: undefined,
    upper: undefined,
    steps: NONE,
    minLength: undefined,
    maxLength: undefined,
    patterns: NONE,
    formats: NONE,
    minItems: undefined,
    maxItems: undefined,
    unique: false,
    minProperties: undefined,
    maxProperties: undefined,
    required: new Map(),
    forbidden: new Set(from.forbid),
    nots: NONE,
    pins: from.pins,
    choices: NONE,
  };
  for (const schema of schemas) add(facts, schema);
  for (const name of from.require) {
    if (!facts.required.has(name)) facts.required.set(name, (schemas[0] as Schema).source);
  }
  for (const not of from.nots) exclude(facts, not);
  settleValues(facts);
  for (const name of facts.forbidden) {
    const source = facts.required.get(name);
    if (source === undefined) continue;
    // Only objects can break either; whatever else is allowed stays allowed.
    facts.types = (facts.types ?? EVERY_TYPE).filter(type => type !== 'object');
    if (facts.types.length > 0) continue;
    conflict(
      facts,
      source,
      `The property "${name}" is required here and forbidden by the rest of the schema`,
      'Do not require it, or allow it.',
    );
  }
  const open: Choice[] = [];
  for (const schema of schemas) {
    for (const choice of choicesOf(schema)) {
      if (!from.taken.has(choice) && !(choice.keyword === 'discriminator' && isSettled(facts, choice)))
        open.push(choice);
    }
  }
  if (open.length > 0) facts.choices = open;
  return facts;
}

/** A base whose subtype is already among the schemas has nothing to choose; the subtype's tag is known. */
function isSettled(facts: Gathering, choice: Choice): boolean {
  for (const { schemas, pin } of choice.alternatives) {
    if (pin === undefined || !schemas.some(schema => facts.schemas.includes(schema))) continue;
    if (!facts.pins.has(pin.name)) facts.pins = new Map([...facts.pins, [pin.name, pin.value]]);
    return true;
  }
  return false;
}

/** Facts while they are being gathered. */
type Gathering = { -readonly [Key in Exclude<keyof Facts, 'required' | 'forbidden'>]: Facts[Key] } & {
  required: Map<string, Source>;
  forbidden: Set<string>;
};

function add(facts: Gathering, schema: Schema): void {
  if (schema.always !== undefined) {
    if (!schema.always) {
      conflict(
        facts,
        schema.source,
        'The schema is "false", which no value satisfies',
        'Remove what requires a value here.',
      );
    }
    return;
  }
  addTypes(facts, schema);
  addValues(facts, schema);
  addBounds(facts, schema);
  addText(facts, schema);
  addCounts(facts, schema);
  for (const name of schema.required) {
    if (!facts.required.has(name)) facts.required.set(name, below(schema.source, 'required'));
  }
  const { not } = schema;
  if (not !== undefined) exclude(facts, not);
}

function conflict(facts: Gathering, source: Source, message: string, fix: string): void {
  facts.conflict ??= { source, message: `${message}.`, fix };
}

function addTypes(facts: Gathering, schema: Schema): void {
  const { types } = schema;
  if (types === undefined) return;
  if (facts.types === undefined) {
    facts.types = types;
    return;
  }
  const both = meet(facts.types, types);
  if (both.length === 0) {
    conflict(
      facts,
      below(schema.source, 'type'),
      `The type ${types.join(' or ')} contradicts the type ${facts.types.join(' or ')} that holds here too`,
      'Let the schemas that are combined here agree on a type.',
    );
  }
  facts.types = both;
}

/** The types that both lists allow; an integer is a number. */
export function meet(a: readonly JsonType[], b: readonly JsonType[]): readonly JsonType[] {
  const both: JsonType[] = [];
  for (const type of a) {
    if (b.includes(type) || (type === 'integer' && b.includes('number'))) both.push(type);
    else if (type === 'number' && b.includes('integer')) both.push('integer');
  }
  return both;
}

function addValues(facts: Gathering, schema: Schema): void {
  const { const: only, enum: listed } = schema;
  if (only !== undefined) narrow(facts, [only.value], below(schema.source, 'const'));
  if (listed !== undefined) narrow(facts, listed, below(schema.source, 'enum'));
}

function narrow(facts: Gathering, values: readonly Json[], source: Source): void {
  const known = facts.values;
  facts.values =
    known === undefined ? values : known.filter(value => values.some(other => jsonEqual(value, other)));
  if (facts.values.length === 0) {
    conflict(
      facts,
      source,
      'None of these values is allowed by the rest of the schema',
      'List a value that the other keywords allow.',
    );
  }
}

function addBounds(facts: Gathering, schema: Schema): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const { source } = schema;
  if (minimum !== undefined)
    raise(facts, { value: minimum, exclusive: false, source: below(source, 'minimum') });
  if (exclusiveMinimum !== undefined) {
    raise(facts, { value: exclusiveMinimum, exclusive: true, source: below(source, 'exclusiveMinimum') });
  }
  if (maximum !== undefined)
    sink(facts, { value: maximum, exclusive: false, source: below(source, 'maximum') });
  if (exclusiveMaximum !== undefined) {
    sink(facts, { value: exclusiveMaximum, exclusive: true, source: below(source, 'exclusiveMaximum') });
  }
  if (multipleOf !== undefined) facts.steps = [...facts.steps, multipleOf];
}

function raise(facts: Gathering, bound: Bound): void {
  const { lower } = facts;
  if (lower === undefined || bound.value > lower.value || (equal(bound, lower) && bound.exclusive))
    facts.lower = bound;
}

function sink(facts: Gathering, bound: Bound): void {
  const { upper } = facts;
  if (upper === undefined || bound.value < upper.value || (equal(bound, upper) && bound.exclusive))
    facts.upper = bound;
}

/** Exact between number and bigint, which `===` is not. */
function equal(a: Bound, b: Bound): boolean {
  return !(a.value < b.value) && !(a.value > b.value);
}

function addText(facts: Gathering, schema: Schema): void {
  const { minLength, maxLength, pattern, format, source } = schema;
  if (minLength !== undefined) facts.minLength = most(facts.minLength, minLength, below(source, 'minLength'));
  if (maxLength !== undefined)
    facts.maxLength = least(facts.maxLength, maxLength, below(source, 'maxLength'));
  if (pattern !== undefined && !facts.patterns.some(known => known.value === pattern)) {
    facts.patterns = [...facts.patterns, { value: pattern, source: below(source, 'pattern') }];
  }
  if (format !== undefined && !facts.formats.some(known => known.value === format)) {
    facts.formats = [...facts.formats, { value: format, source: below(source, 'format') }];
  }
}

function addCounts(facts: Gathering, schema: Schema): void {
  const { minItems, maxItems, minProperties, maxProperties, source } = schema;
  if (minItems !== undefined) facts.minItems = most(facts.minItems, minItems, below(source, 'minItems'));
  if (maxItems !== undefined) facts.maxItems = least(facts.maxItems, maxItems, below(source, 'maxItems'));
  if (schema.uniqueItems) facts.unique = true;
  if (minProperties !== undefined) {
    facts.minProperties = most(facts.minProperties, minProperties, below(source, 'minProperties'));
  }
  if (maxProperties !== undefined) {
    facts.maxProperties = least(facts.maxProperties, maxProperties, below(source, 'maxProperties'));
  }
}

function most(known: Count | undefined, value: number, source: Source): Count {
  return known === undefined || value > known.value ? { value, source } : known;
}

function least(known: Count | undefined, value: number, source: Source): Count {
  return known === undefined || value < known.value ? { value, source } : known;
}

/**
 * What must not hold. The simple forms become facts; the rest stays a schema to be checked against.
 *
 * @param within - choices that it is a member of; one that holds itself says nothing more
 */
function exclude(facts: Gathering, not: Schema, within: readonly Schema[] = []): void {
  if (not.always !== undefined) {
    if (not.always) {
      conflict(facts, not.source, 'Everything is excluded by "not"', 'Narrow the schema under "not".');
    }
    return;
  }
  const only = soleKeyword(not);
  if (only === 'none') {
    conflict(facts, not.source, 'Everything is excluded by "not"', 'Narrow the schema under "not".');
    return;
  }
  if (only === 'enum' || only === 'const') {
    const values = only === 'enum' ? (not.enum ?? NONE) : not.const === undefined ? NONE : [not.const.value];
    facts.excluded = [...facts.excluded, ...values];
  } else if (only === 'required' && not.required.length === 1) {
    for (const name of not.required) facts.forbidden.add(name);
  } else if (only === 'types') {
    const refused = not.types ?? NONE;
    facts.types = (facts.types ?? EVERY_TYPE).filter(
      type => !refused.includes(type) && !(type === 'integer' && refused.includes('number')),
    );
    if (facts.types.length === 0) {
      conflict(
        facts,
        below(not.source, 'type'),
        'The only types that are allowed here are excluded by "not"',
        'Narrow the schema under "not", or allow another type.',
      );
    }
  } else if (only === 'anyOf') {
    const above = [...within, not];
    for (const member of not.anyOf ?? NONE) if (!above.includes(member)) exclude(facts, member, above);
    return;
  }
  facts.nots = [...facts.nots, not];
}

/** Drops listed values of other types or that are excluded; the rest is checked when they are tried. */
function settleValues(facts: Gathering): void {
  const { values, types, excluded } = facts;
  if (values === undefined || facts.conflict !== undefined) return;
  const left = values.filter(
    value =>
      (types === undefined || meet([jsonType(value)], types).length > 0) &&
      !excluded.some(other => jsonEqual(value, other)),
  );
  if (left.length === values.length) return;
  facts.values = left;
  const [first] = facts.schemas;
  if (left.length === 0 && first !== undefined) {
    const holder =
      facts.schemas.find(schema => schema.enum !== undefined || schema.const !== undefined) ?? first;
    conflict(
      facts,
      below(holder.source, holder.enum !== undefined ? 'enum' : 'const'),
      `None of the listed values is allowed by the type ${types?.join(' or ') ?? 'that holds here'}`,
      'Let the listed values and the type agree.',
    );
  }
}
