/**
 * Schema Object: one node in 2020-12's words from any dialect. This is where `nullable`, boolean exclusive bounds,
 * `example`, `type: file` and ignored `$ref` siblings end.
 *
 * A class, against the house's habit, because getters on a prototype are the cheapest laziness there is: one
 * operation of a large document makes hundreds of nodes and reads few of their children. Long because every keyword has
 * its getter here and nowhere else.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#schema-object
 * @see https://spec.openapis.org/oas/v3.0.4#schema-object
 */

import { joinPointer, pointerTokens } from '../json/pointer.ts';
import { isArray, isObject, type Json, type JsonObject, type JsonType, own } from '../json/value.ts';
import type { Discriminator, Given, Schema, Xml } from '../model.ts';
import { below, type Source } from '../source.ts';
import {
  type BuildContext,
  child,
  extensionsOf,
  isIntrinsic,
  leadsSomewhere,
  type Node,
  resolve,
  stringOf,
} from './context.ts';

/** The schema at a node; the same place always gives the same object. */
export function buildSchema(context: BuildContext, node: Node): Schema {
  const target = settleSchema(context, node);
  const known = context.schemas.get(target.source.document) ?? new Map<string, Schema>();
  if (known.size === 0) context.schemas.set(target.source.document, known);
  const { pointer } = target.source;
  let schema = known.get(pointer);
  if (schema === undefined) {
    schema = new SchemaNode(context, target);
    known.set(pointer, schema);
  }
  return schema;
}

/**
 * Follows lone `$ref`s. In 2.0 and 3.0 whatever stands beside a `$ref` is ignored; from 3.1 on it holds as well, and
 * only annotations that no reader of ours needs may be dropped with the wrapper.
 */
function settleSchema(context: BuildContext, node: Node): Node {
  let current = node;
  let seen: Set<string> | undefined;
  for (;;) {
    const ref = own(current.raw, '$ref');
    if (typeof ref !== 'string') return current;
    seen ??= new Set();
    if (modern(context) && Object.keys(current.raw as JsonObject).some(key => key !== '$ref')) return current;
    const place = `${current.source.document.uri}#${current.source.pointer}`;
    if (seen.has(place)) {
      context.report({
        rule: 'reference-circular',
        severity: 'fatal',
        message: `"$ref": ${JSON.stringify(ref)} leads back to itself, so it never names a schema.`,
        source: below(current.source, '$ref'),
        fix: 'Point it at the schema that is meant, or write the schema here.',
      });
      return { raw: true, source: current.source };
    }
    seen.add(place);
    const next = resolve(context, ref, current.source);
    if (next === undefined) return { raw: true, source: current.source };
    current = next;
  }
}

function modern(context: BuildContext): boolean {
  return context.dialect === '3.1' || context.dialect === '3.2';
}

const JSON_TYPES = new Set<string>(['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']);
/** Nearly every schema has one type, and they share its list. */
const SINGLE_TYPES: ReadonlyMap<string, readonly JsonType[]> = new Map(
  ([...JSON_TYPES] as JsonType[]).map(type => [type, [type]]),
);
const EMPTY_SCHEMAS: ReadonlyMap<string, Schema> = new Map();
const EMPTY_LISTS: ReadonlyMap<string, readonly string[]> = new Map();
const NONE: readonly never[] = [];

class SchemaNode implements Schema {
  readonly source: Source;
  readonly #context: BuildContext;
  readonly #node: Node;
  readonly #raw: JsonObject;
  /** Children already made, by keyword. Most schemas have none. */
  #made: Map<string, unknown> | undefined;

  constructor(context: BuildContext, node: Node) {
    this.#context = context;
    this.#node = node;
    this.#raw = isObject(node.raw) ? node.raw : {};
    this.source = node.source;
    if (!isObject(node.raw) && typeof node.raw !== 'boolean') {
      this.#wrong('', 'a schema must be an object', 'Write an object with schema keywords here.');
    }
  }

  get name(): string | undefined {
    const tokens = pointerTokens(this.source.pointer);
    if (tokens.length === 2 && tokens[0] === 'definitions') return tokens[1];
    if (tokens.length === 3 && tokens[0] === 'components' && tokens[1] === 'schemas') return tokens[2];
    return undefined;
  }

  get always(): boolean | undefined {
    return typeof this.#node.raw === 'boolean' ? this.#node.raw : undefined;
  }

  get reference(): Schema | undefined {
    if (this.#lacks('$ref')) return undefined;
    return this.#once('$ref', () => {
      const ref = own(this.#raw, '$ref');
      if (typeof ref !== 'string' || !modern(this.#context)) return undefined;
      const target = resolve(this.#context, ref, this.source);
      return target === undefined ? undefined : buildSchema(this.#context, target);
    });
  }

  get dynamicReference(): Schema['dynamicReference'] {
    if (this.#lacks('$dynamicRef')) return undefined;
    return this.#once('$dynamicRef', () => {
      const ref = own(this.#raw, '$dynamicRef');
      if (typeof ref !== 'string' || !modern(this.#context)) return undefined;
      const target = resolve(this.#context, ref, this.source);
      if (target === undefined) return undefined;
      // Only a reference that lands on a `$dynamicAnchor` is dynamic (2020-12 core, 8.2.3.2).
      const anchor = own(target.raw, '$dynamicAnchor');
      return {
        anchor: typeof anchor === 'string' && ref.endsWith(`#${anchor}`) ? anchor : undefined,
        target: buildSchema(this.#context, target),
      };
    });
  }

  get dynamicAnchors(): ReadonlyMap<string, Schema> {
    return this.#once('$dynamicAnchor', () => {
      if (!modern(this.#context)) return EMPTY_SCHEMAS;
      const resource = resourceRoot(this.source);
      return dynamicAnchorsOf(this.#context, resource);
    });
  }

  get types(): readonly JsonType[] | undefined {
    const written = own(this.#raw, 'type');
    if (written === undefined) return undefined;
    const single =
      typeof written === 'string' && this.#lacks('nullable') ? SINGLE_TYPES.get(written) : undefined;
    return single ?? this.#once('type', () => this.#types());
  }

  get enum(): readonly Json[] | undefined {
    if (this.#lacks('enum')) return undefined;
    return this.#once('enum', () => {
      const values = own(this.#raw, 'enum');
      if (values === undefined) return undefined;
      if (isArray(values)) return values;
      this.#wrong('enum', '"enum" must be a list of values', 'Write the allowed values as a list.');
      return undefined;
    });
  }

  get const(): Given | undefined {
    return modern(this.#context) ? given(this.#raw, 'const') : undefined;
  }

  get minimum(): number | bigint | undefined {
    return this.#boundIsExclusive('exclusiveMinimum') ? undefined : this.#number('minimum');
  }

  get maximum(): number | bigint | undefined {
    return this.#boundIsExclusive('exclusiveMaximum') ? undefined : this.#number('maximum');
  }

  get exclusiveMinimum(): number | bigint | undefined {
    if (this.#boundIsExclusive('exclusiveMinimum')) return this.#number('minimum');
    return modern(this.#context) ? this.#number('exclusiveMinimum') : undefined;
  }

  get exclusiveMaximum(): number | bigint | undefined {
    if (this.#boundIsExclusive('exclusiveMaximum')) return this.#number('maximum');
    return modern(this.#context) ? this.#number('exclusiveMaximum') : undefined;
  }

  get multipleOf(): number | bigint | undefined {
    const step = this.#number('multipleOf');
    if (step === undefined || step > 0) return step;
    return this.#wrong('multipleOf', '"multipleOf" must be greater than 0', 'Write a positive number.');
  }

  get minLength(): number | undefined {
    return this.#count('minLength');
  }
  get maxLength(): number | undefined {
    return this.#count('maxLength');
  }
  get pattern(): string | undefined {
    return this.#string('pattern');
  }
  get format(): string | undefined {
    // 2.0's `type: file` says what 3.0 writes as a binary string.
    return own(this.#raw, 'type') === 'file' && !modern(this.#context) ? 'binary' : this.#string('format');
  }
  get contentEncoding(): string | undefined {
    return modern(this.#context) ? this.#string('contentEncoding') : undefined;
  }
  get contentMediaType(): string | undefined {
    return modern(this.#context) ? this.#string('contentMediaType') : undefined;
  }
  get contentSchema(): Schema | undefined {
    return this.#modernChild('contentSchema');
  }

  get prefixItems(): readonly Schema[] | undefined {
    return modern(this.#context) ? this.#list('prefixItems') : undefined;
  }
  get items(): Schema | undefined {
    return this.#child('items');
  }
  get contains(): Schema | undefined {
    return this.#modernChild('contains');
  }
  get minContains(): number | undefined {
    return modern(this.#context) ? this.#count('minContains') : undefined;
  }
  get maxContains(): number | undefined {
    return modern(this.#context) ? this.#count('maxContains') : undefined;
  }
  get minItems(): number | undefined {
    return this.#count('minItems');
  }
  get maxItems(): number | undefined {
    return this.#count('maxItems');
  }
  get uniqueItems(): boolean {
    return this.#flag('uniqueItems');
  }
  get unevaluatedItems(): Schema | undefined {
    return this.#modernChild('unevaluatedItems');
  }

  get properties(): ReadonlyMap<string, Schema> {
    return this.#map('properties');
  }
  get patternProperties(): ReadonlyMap<string, Schema> {
    return modern(this.#context) ? this.#map('patternProperties') : EMPTY_SCHEMAS;
  }
  get additionalProperties(): Schema | undefined {
    return this.#child('additionalProperties');
  }
  get propertyNames(): Schema | undefined {
    return this.#modernChild('propertyNames');
  }
  get required(): readonly string[] {
    if (this.#lacks('required')) return NONE;
    return this.#once('required', () => {
      const names = own(this.#raw, 'required');
      if (names === undefined) return NONE;
      if (isArray(names) && names.every(name => typeof name === 'string')) return names as readonly string[];
      this.#wrong(
        'required',
        '"required" must be a list of property names',
        typeof names === 'boolean'
          ? 'List the name in "required" of the object that has this property.'
          : 'Write the names as a list of strings.',
      );
      return NONE;
    });
  }
  get minProperties(): number | undefined {
    return this.#count('minProperties');
  }
  get maxProperties(): number | undefined {
    return this.#count('maxProperties');
  }
  get dependentRequired(): ReadonlyMap<string, readonly string[]> {
    if (this.#lacks('dependentRequired')) return EMPTY_LISTS;
    return this.#once('dependentRequired', () => {
      const table = modern(this.#context) ? own(this.#raw, 'dependentRequired') : undefined;
      if (!isObject(table)) return EMPTY_LISTS;
      const pairs = Object.entries(table).filter(([, names]) => isArray(names));
      return new Map(pairs.map(([key, names]) => [key, (names as readonly Json[]).map(String)]));
    });
  }
  get dependentSchemas(): ReadonlyMap<string, Schema> {
    return modern(this.#context) ? this.#map('dependentSchemas') : EMPTY_SCHEMAS;
  }
  get unevaluatedProperties(): Schema | undefined {
    return this.#modernChild('unevaluatedProperties');
  }

  get allOf(): readonly Schema[] {
    return this.#list('allOf') ?? NONE;
  }
  get anyOf(): readonly Schema[] | undefined {
    return this.#swagger ? undefined : this.#list('anyOf');
  }
  get oneOf(): readonly Schema[] | undefined {
    return this.#swagger ? undefined : this.#list('oneOf');
  }
  get not(): Schema | undefined {
    return this.#swagger ? undefined : this.#child('not');
  }
  get if(): Schema | undefined {
    return this.#modernChild('if');
  }
  // biome-ignore lint/suspicious/noThenProperty: `then` is the keyword's name; a schema is never awaited
  get then(): Schema | undefined {
    return this.#modernChild('then');
  }
  get else(): Schema | undefined {
    return this.#modernChild('else');
  }

  get title(): string | undefined {
    return stringOf(this.#raw, 'title');
  }
  get description(): string | undefined {
    return stringOf(this.#raw, 'description');
  }
  get default(): Given | undefined {
    return given(this.#raw, 'default');
  }
  get examples(): readonly Json[] {
    const list = modern(this.#context) ? own(this.#raw, 'examples') : undefined;
    if (isArray(list)) return list;
    const single = given(this.#raw, 'example');
    return single === undefined ? NONE : [single.value];
  }
  get readOnly(): boolean {
    return this.#flag('readOnly');
  }
  get writeOnly(): boolean {
    return !this.#swagger && this.#flag('writeOnly');
  }
  get deprecated(): boolean {
    return this.#flag('deprecated');
  }
  get discriminator(): Discriminator | undefined {
    if (this.#lacks('discriminator')) return undefined;
    return this.#once('discriminator', () => this.#discriminator());
  }
  get xml(): Xml | undefined {
    if (this.#lacks('xml')) return undefined;
    return this.#once('xml', () => this.#xml());
  }
  get extensions(): ReadonlyMap<string, Json> {
    return extensionsOf(this.#raw);
  }

  get #swagger(): boolean {
    return this.#context.dialect === '2.0';
  }

  #types(): readonly JsonType[] | undefined {
    const written = own(this.#raw, 'type');
    if (written === undefined || isIntrinsic(written)) return undefined;
    if (written === 'file' && !modern(this.#context)) return ['string'];
    const names = isArray(written) && modern(this.#context) ? written : [written];
    const known = names.filter((name): name is JsonType => typeof name === 'string' && JSON_TYPES.has(name));
    if (known.length !== names.length || known.length === 0) {
      return this.#wrong(
        'type',
        `"type" must be one of ${[...JSON_TYPES].join(', ')}; it is ${JSON.stringify(written)}`,
        isArray(written)
          ? 'Lists of types exist from OpenAPI 3.1 on; before, use "nullable: true" or "oneOf".'
          : 'Write the type that is meant.',
      );
    }
    // `nullable` widens the type it stands beside and nothing else: an `enum` must list null itself (3.0.3, 4.7.24.1).
    const nullable = this.#context.dialect === '3.0' && own(this.#raw, 'nullable') === true;
    return nullable && !known.includes('null') ? [...known, 'null'] : known;
  }

  #boundIsExclusive(keyword: 'exclusiveMinimum' | 'exclusiveMaximum'): boolean {
    return !modern(this.#context) && own(this.#raw, keyword) === true;
  }

  #discriminator(): Discriminator | undefined {
    const written = own(this.#raw, 'discriminator');
    const propertyName = typeof written === 'string' ? written : stringOf(written ?? null, 'propertyName');
    if (propertyName === undefined) return undefined;
    const source = below(this.source, 'discriminator');
    const mapping = new Map<string, Schema>();
    const table = own(written, 'mapping');
    for (const [value, target] of isObject(table) ? Object.entries(table) : []) {
      if (typeof target !== 'string') continue;
      const schema = this.#mapped(target, below(source, 'mapping', value));
      if (schema !== undefined) mapping.set(value, schema);
    }
    const named = new Set(mapping.values());
    for (const member of [...(this.oneOf ?? []), ...(this.anyOf ?? [])]) {
      if (member.name !== undefined && !named.has(member) && !mapping.has(member.name))
        mapping.set(member.name, member);
    }
    const fallback = stringOf(written ?? null, 'defaultMapping');
    return {
      source,
      propertyName,
      mapping,
      defaultMapping:
        fallback === undefined ? undefined : this.#mapped(fallback, below(source, 'defaultMapping')),
    };
  }

  /** A mapping names a schema by reference or, without a slash or dot, by its component name (3.1.1, 4.8.25.3). */
  #mapped(target: string, source: Source): Schema | undefined {
    const local = joinPointer('#/components/schemas', target);
    const ref =
      /^[\w.-]+$/.test(target) && leadsSomewhere(this.#context, local, this.source) ? local : target;
    if (!leadsSomewhere(this.#context, ref, this.source)) {
      this.#context.report({
        rule: 'discriminator-mapping',
        severity: 'error',
        message: `The mapping ${JSON.stringify(target)} names no schema; it is ignored.`,
        source,
        fix: 'Name a schema of "components.schemas", or point at one with a reference.',
      });
      return undefined;
    }
    const node = resolve(this.#context, ref, this.source);
    return node === undefined ? undefined : buildSchema(this.#context, node);
  }

  #xml(): Xml | undefined {
    const xml = own(this.#raw, 'xml');
    if (!isObject(xml)) return undefined;
    return {
      name: stringOf(xml, 'name'),
      namespace: stringOf(xml, 'namespace'),
      prefix: stringOf(xml, 'prefix'),
      attribute: own(xml, 'attribute') === true || own(xml, 'nodeType') === 'attribute',
      wrapped:
        own(xml, 'wrapped') === true ||
        (own(xml, 'nodeType') === 'element' && own(this.#raw, 'type') === 'array'),
      nodeType: stringOf(xml, 'nodeType'),
    };
  }

  #once<T>(keyword: string, compute: () => T): T {
    this.#made ??= new Map();
    if (!this.#made.has(keyword)) this.#made.set(keyword, compute());
    return this.#made.get(keyword) as T;
  }

  /** Most schemas lack most keywords; about what is absent nothing is remembered. */
  #lacks(keyword: string): boolean {
    return !Object.hasOwn(this.#raw, keyword);
  }

  #child(keyword: string): Schema | undefined {
    if (this.#lacks(keyword)) return undefined;
    return this.#once(keyword, () => {
      const node = child(this.#node, keyword);
      return node === undefined ? undefined : buildSchema(this.#context, node);
    });
  }

  #modernChild(keyword: string): Schema | undefined {
    return modern(this.#context) ? this.#child(keyword) : undefined;
  }

  #list(keyword: string): readonly Schema[] | undefined {
    if (this.#lacks(keyword)) return undefined;
    return this.#once(keyword, () => {
      const list = child(this.#node, keyword);
      if (list === undefined) return undefined;
      if (!isArray(list.raw)) {
        return this.#wrong(keyword, `"${keyword}" must be a list of schemas`, 'Write the schemas as a list.');
      }
      return list.raw.map((raw, index) =>
        buildSchema(this.#context, { raw, source: below(list.source, index) }),
      );
    });
  }

  #map(keyword: string): ReadonlyMap<string, Schema> {
    if (this.#lacks(keyword)) return EMPTY_SCHEMAS;
    return this.#once(keyword, () => {
      const map = child(this.#node, keyword);
      if (map === undefined) return EMPTY_SCHEMAS;
      const { raw } = map;
      if (!isObject(raw)) {
        this.#wrong(
          keyword,
          `"${keyword}" must be an object of schemas`,
          'Write one schema under each name.',
        );
        return EMPTY_SCHEMAS;
      }
      return new Map(
        Object.keys(raw).map(key => [
          key,
          buildSchema(this.#context, { raw: raw[key] as Json, source: below(map.source, key) }),
        ]),
      );
    });
  }

  #string(keyword: string): string | undefined {
    const value = own(this.#raw, keyword);
    if (value === undefined || typeof value === 'string' || isIntrinsic(value))
      return value as string | undefined;
    return this.#wrong(keyword, `"${keyword}" must be a string`, 'Put the value in quotes.');
  }

  #number(keyword: string): number | bigint | undefined {
    const value = own(this.#raw, keyword);
    if (value === undefined || typeof value === 'number' || typeof value === 'bigint') return value;
    return this.#wrong(keyword, `"${keyword}" must be a number`, 'Write it as a number, without quotes.');
  }

  #count(keyword: string): number | undefined {
    const value = this.#number(keyword);
    if (value === undefined || (value >= 0 && (typeof value === 'bigint' || Number.isInteger(value)))) {
      return value === undefined ? undefined : Number(value);
    }
    return this.#wrong(keyword, `"${keyword}" must be a whole number, 0 or more`, 'Write a whole number.');
  }

  #flag(keyword: string): boolean {
    const value = own(this.#raw, keyword);
    if (value === undefined || typeof value === 'boolean') return value === true;
    this.#wrong(keyword, `"${keyword}" must be true or false`, 'Write true or false, without quotes.');
    return false;
  }

  #wrong(keyword: string, message: string, fix: string): undefined {
    this.#context.report({
      rule: 'schema-keyword',
      severity: 'error',
      message: `${message.charAt(0).toUpperCase()}${message.slice(1)}; it is ignored.`,
      source: keyword === '' ? this.source : below(this.source, keyword),
      fix,
    });
    return undefined;
  }
}

function given(raw: JsonObject, key: string): Given | undefined {
  const value = own(raw, key);
  return value === undefined ? undefined : { value };
}

/** The pointer of the nearest ancestor with an `$id`, else the document's root. */
function resourceRoot(source: Source): Source {
  const tokens = pointerTokens(source.pointer);
  let raw: Json | undefined = source.document.value;
  let root = '';
  for (const [index, token] of tokens.entries()) {
    raw = isArray(raw) ? raw[Number(token)] : own(raw, token);
    if (typeof own(raw, '$id') === 'string') root = joinPointer('', ...tokens.slice(0, index + 1));
  }
  return { document: source.document, pointer: root };
}

const anchorTables = new WeakMap<BuildContext, Map<string, ReadonlyMap<string, Schema>>>();

/** The `$dynamicAnchor`s of one schema resource, found by one walk and kept. */
function dynamicAnchorsOf(context: BuildContext, resource: Source): ReadonlyMap<string, Schema> {
  const tables = anchorTables.get(context) ?? new Map<string, ReadonlyMap<string, Schema>>();
  anchorTables.set(context, tables);
  const key = `${resource.document.uri}#${resource.pointer}`;
  let table = tables.get(key);
  if (table === undefined) {
    const found = new Map<string, Schema>();
    tables.set(key, found);
    let raw: Json | undefined = resource.document.value;
    for (const token of pointerTokens(resource.pointer))
      raw = isArray(raw) ? raw[Number(token)] : own(raw, token);
    if (raw !== undefined) collectDynamicAnchors(context, { raw, source: resource }, found, true);
    table = found;
  }
  return table;
}

function collectDynamicAnchors(
  context: BuildContext,
  node: Node,
  found: Map<string, Schema>,
  root: boolean,
): void {
  const { raw } = node;
  if (typeof raw !== 'object' || raw === null) return;
  if (!root && typeof own(raw, '$id') === 'string') return;
  const anchor = own(raw, '$dynamicAnchor');
  if (typeof anchor === 'string' && !found.has(anchor)) found.set(anchor, buildSchema(context, node));
  for (const key of Object.keys(raw)) {
    collectDynamicAnchors(
      context,
      { raw: (raw as JsonObject)[key] as Json, source: below(node.source, key) },
      found,
      false,
    );
  }
}
