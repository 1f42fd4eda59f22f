/**
 * What is no schema of draft 4: keywords that it does not know, and values that its keywords cannot have. Walks with a
 * list of what waits, so that any schema that could be read will do.
 *
 * @see http://json-schema.org/draft-04/schema
 */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { compilePattern } from '../../../contract/schema/pattern/match.ts';
import { Double, isList, isMap, isNumber, type Value, type ValueMap } from '../../vtl/values.ts';
import { TYPES } from './json-type.ts';

export interface SyntaxFaults {
  /** Keywords of no meaning in draft 4, in the order in which they stand. */
  readonly unsupported: readonly string[];
  /** The first value that its keyword cannot have; undefined when there is none. */
  readonly invalid: { readonly pointer: string; readonly message: string } | undefined;
}

/** What a keyword's value must be, in words for `… must be …`; undefined when it is. */
type Rule = (value: Value, schema: ValueMap) => string | undefined;

const be =
  (holds: (value: Value) => boolean, what: string): Rule =>
  value =>
    holds(value) ? undefined : what;

const text = be(value => typeof value === 'string', 'a text');
const flag = be(value => typeof value === 'boolean', 'true or false');
const number = be(isNumber, 'a number');
const count = be(
  value => (typeof value === 'number' || typeof value === 'bigint') && value >= 0,
  'a whole number from 0 on',
);
const schema = be(isMap, 'a schema');
const flagOrSchema = be(value => typeof value === 'boolean' || isMap(value), 'true, false or a schema');
const schemas = be(
  value => isList(value) && value.length > 0 && value.every(isMap),
  'a list of schemas with at least one',
);
const schemasByName = be(value => isMap(value) && [...value.values()].every(isMap), 'schemas by name');
const names = be(isNames, 'a list of different texts with at least one');

function isNames(value: Value): boolean {
  if (!isList(value) || value.length === 0) return false;
  return value.every(item => typeof item === 'string') && new Set(value).size === value.length;
}

function isType(value: Value): boolean {
  const known = (name: Value): boolean => TYPES.some(type => type === name);
  return known(value) || (isList(value) && isNames(value) && value.every(known));
}

function isPattern(value: Value): boolean {
  if (typeof value !== 'string') return false;
  const compiled = compilePattern(value);
  // What is right but cannot be matched safely is a schema all the same.
  return compiled.kind === 'compiled' || compiled.unsupported;
}

const patternsByName: Rule = value => {
  const wrong = schemasByName(value, new Map());
  if (wrong !== undefined || !isMap(value)) return wrong;
  return [...value.keys()].every(isPattern) ? undefined : 'schemas by pattern';
};

const beside =
  (other: string): Rule =>
  (value, holder) =>
    flag(value, holder) ?? (holder.has(other) ? undefined : `beside ${other}`);

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['$schema', text],
  ['$ref', text],
  ['id', text],
  ['title', text],
  ['description', text],
  ['default', () => undefined],
  ['format', text],
  ['type', be(isType, 'a type of draft 4, or a list of different ones')],
  ['enum', be(value => isList(value) && value.length > 0, 'a list with at least one value')],
  ['multipleOf', be(value => isNumber(value) && isPositive(value), 'a number above 0')],
  ['maximum', number],
  ['exclusiveMaximum', beside('maximum')],
  ['minimum', number],
  ['exclusiveMinimum', beside('minimum')],
  ['maxLength', count],
  ['minLength', count],
  ['pattern', be(isPattern, 'a pattern of ECMA-262')],
  [
    'items',
    be(value => isMap(value) || schemas(value, new Map()) === undefined, 'a schema or a list of them'),
  ],
  ['additionalItems', flagOrSchema],
  ['maxItems', count],
  ['minItems', count],
  ['uniqueItems', flag],
  ['maxProperties', count],
  ['minProperties', count],
  ['required', names],
  ['properties', schemasByName],
  ['patternProperties', patternsByName],
  ['additionalProperties', flagOrSchema],
  [
    'dependencies',
    be(
      value => isMap(value) && [...value.values()].every(each => isMap(each) || isNames(each)),
      'schemas or lists of names, by name',
    ),
  ],
  ['definitions', schemasByName],
  ['allOf', schemas],
  ['anyOf', schemas],
  ['oneOf', schemas],
  ['not', schema],
]);

function isPositive(value: number | bigint | Double): boolean {
  return (value instanceof Double ? value.value : value) > 0;
}

/** Keywords that hold schemas by name; the others hold one, or a list. */
const BY_NAME = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);
/** Keywords whose values are looked at as values. */
const VALUES = new Set(['enum', 'default']);

/** What keeps a schema from being one of draft 4. */
export function syntaxFaults(root: ValueMap): SyntaxFaults {
  const unsupported = new Set<string>();
  let invalid: SyntaxFaults['invalid'];
  const waiting: (readonly [holder: ValueMap, pointer: string])[] = [[root, '']];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [holder, pointer] = next;
    // Draft 4 reads nothing beside a reference.
    if (typeof holder.get('$ref') === 'string') continue;
    const inside: (readonly [ValueMap, string])[] = [];
    for (const [key, value] of holder) {
      const name = String(key);
      const rule = RULES.get(name);
      if (rule === undefined) unsupported.add(name);
      const wrong = rule?.(value, holder);
      const place = joinPointer(pointer, name);
      if (wrong !== undefined) invalid ??= { pointer: place, message: `${name} must be ${wrong}` };
      if (rule !== undefined && !VALUES.has(name)) inside.push(...schemasIn(name, value, place));
    }
    waiting.push(...inside.reverse());
  }
  return { unsupported: [...unsupported], invalid };
}

function schemasIn(name: string, value: Value, place: string): (readonly [ValueMap, string])[] {
  const members: (readonly [Value, string])[] = isList(value)
    ? value.map((item, index) => [item, joinPointer(place, index)])
    : isMap(value) && BY_NAME.has(name)
      ? [...value].map(([key, member]) => [member, joinPointer(place, String(key))])
      : [[value, place]];
  return members.flatMap(([member, pointer]) => (isMap(member) ? [[member, pointer] as const] : []));
}
