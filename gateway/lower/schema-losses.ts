/**
 * What of a schema no model can say. Beside the keywords that draft 4 lacks these are the negations and choices over
 * schemas that lose something themselves: a `not` over less than it was would refuse more than the document does.
 */
import { joinPointer } from '../../contract/json/pointer.ts';
import type { Schema } from '../../contract/model.ts';
import { compilePattern } from '../../contract/schema/pattern/match.ts';
import { reachableSchemas } from '../../contract/schema/subschemas.ts';
import { type Effect, type Loss, losesValidation, loss } from './loss.ts';

interface OwnLoss {
  readonly keyword: string;
  readonly effect: Effect;
  readonly message: string;
  readonly fix: string;
}

/** The losses of one schema, those of its subschemas not among them. */
export function schemaLosses(schema: Schema): readonly Loss[] {
  const { source } = schema;
  return [...keywordLosses(schema), ...combinationLosses(schema)].map(({ keyword, effect, message, fix }) =>
    loss(effect, {
      rule: RULES[effect],
      message,
      source: { document: source.document, pointer: joinPointer(source.pointer, keyword) },
      fix,
    }),
  );
}

const RULES: Readonly<Record<Effect, string>> = {
  missing: 'apigateway-schema-unvalidated',
  unvalidated: 'apigateway-schema-unvalidated',
  weaker: 'apigateway-schema-weaker',
  changed: 'apigateway-schema-note',
  dropped: 'apigateway-schema-note',
};

const exactness = new WeakMap<Schema, boolean>();

/** True when a model says just what the schema says, all that it leads to included. */
export function isExact(schema: Schema): boolean {
  let exact = exactness.get(schema);
  if (exact === undefined) {
    exact = [...reachableSchemas(schema)].every(one => !keywordLosses(one).some(losesValidation));
    exactness.set(schema, exact);
  }
  return exact;
}

/** The subschemas whose negation is part of what the schema says, by the keyword that negates. */
export function negated({
  not,
  if: condition,
}: Schema): readonly (readonly [keyword: string, schema: Schema])[] {
  return [
    ...(not === undefined ? [] : [['not', not] as const]),
    ...(condition === undefined ? [] : [['if', condition] as const]),
  ];
}

function combinationLosses(schema: Schema): readonly OwnLoss[] {
  const losses = negated(schema)
    .filter(([, sub]) => !isExact(sub))
    .map(([keyword]) => unvalidated(keyword, `no "${keyword}" over what they cannot say whole`));
  if (schema.oneOf?.every(isExact) === false) {
    losses.push(weaker('oneOf', 'what its members say is said in part only, so more than one may fit'));
  }
  return losses;
}

function keywordLosses(schema: Schema): readonly OwnLoss[] {
  return [
    ...boundLosses(schema),
    ...textLosses(schema),
    ...itemLosses(schema),
    ...propertyLosses(schema),
    ...noteLosses(schema),
  ];
}

function boundLosses({ types, exclusiveMinimum, exclusiveMaximum }: Schema): readonly OwnLoss[] {
  const whole = types?.includes('integer') === true && !types.includes('number');
  const bounds = [
    ['exclusiveMinimum', 'minimum', exclusiveMinimum],
    ['exclusiveMaximum', 'maximum', exclusiveMaximum],
  ] as const;
  return bounds.flatMap(([keyword, side, bound]) =>
    bound === undefined || (whole && isWhole(bound))
      ? []
      : [
          {
            keyword,
            effect: 'weaker',
            message: `API Gateway may drop "${keyword}", and then ${String(bound)} itself passes.`,
            fix: `Use "${side}" with the nearest value that is allowed.`,
          } as const,
        ],
  );
}

export function isWhole(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isSafeInteger(value);
}

/** Formats that draft 4 names, which are the ones a validator of it asserts. */
export const FORMATS: ReadonlySet<string> = new Set([
  'date-time',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
]);

/** Of these the bounds are written out, or nothing is asserted by them. */
const SETTLED = new Set(['float', 'double', 'password', 'byte', 'binary', 'int32', 'int64', 'decimal']);

function textLosses({ pattern, format }: Schema): readonly OwnLoss[] {
  const losses: OwnLoss[] = [];
  if (pattern !== undefined && compilePattern(pattern).kind === 'fault') {
    losses.push({
      keyword: 'pattern',
      effect: 'unvalidated',
      message: `The pattern ${JSON.stringify(pattern)} is none that can be checked everywhere, so it is left out.`,
      fix: 'Write it without what only some engines understand.',
    });
  }
  if (format !== undefined && !FORMATS.has(format) && !SETTLED.has(format)) {
    losses.push({
      keyword: 'format',
      effect: 'unvalidated',
      message: `Draft 4 has no format "${format}", so API Gateway does not check it.`,
      fix: 'Add a "pattern" if the form of the text matters.',
    });
  }
  return losses;
}

function itemLosses({
  prefixItems,
  contains,
  minContains = 1,
  maxContains,
  unevaluatedItems,
}: Schema): readonly OwnLoss[] {
  const losses: OwnLoss[] = [];
  if (prefixItems !== undefined)
    losses.push(weaker('prefixItems', 'items are not told apart by their position'));
  if (contains !== undefined && minContains > 1) {
    losses.push(weaker('minContains', 'one item that fits is enough'));
  }
  if (contains !== undefined && maxContains !== undefined) losses.push(unvalidated('maxContains'));
  if (unevaluatedItems !== undefined) losses.push(unvalidated('unevaluatedItems'));
  return losses;
}

function propertyLosses(schema: Schema): readonly OwnLoss[] {
  const { patternProperties, additionalProperties, propertyNames, unevaluatedProperties, dynamicReference } =
    schema;
  const losses: OwnLoss[] = [];
  if (patternProperties.size > 0) {
    losses.push(unvalidated('patternProperties'));
    if (additionalProperties !== undefined) {
      losses.push(
        unvalidated('additionalProperties', 'no "additionalProperties" beside "patternProperties"'),
      );
    }
  }
  if (propertyNames !== undefined) losses.push(unvalidated('propertyNames'));
  if (unevaluatedProperties !== undefined && !areAdditional(schema))
    losses.push(unvalidated('unevaluatedProperties'));
  if (dynamicReference !== undefined) {
    losses.push(weaker('$dynamicRef', '"$dynamicRef" leads to one schema, whoever uses it'));
  }
  return losses;
}

/** Where nothing else looks at properties, the unevaluated ones are the additional ones. */
export function areAdditional(schema: Schema): boolean {
  return (
    looksAlone(schema) && schema.additionalProperties === undefined && schema.patternProperties.size === 0
  );
}

/** True when no other schema is applied to the same value. */
export function looksAlone(schema: Schema): boolean {
  const { allOf, anyOf, oneOf, reference, dynamicReference, if: condition, dependentSchemas } = schema;
  return (
    allOf.length === 0 &&
    anyOf === undefined &&
    oneOf === undefined &&
    reference === undefined &&
    dynamicReference === undefined &&
    condition === undefined &&
    dependentSchemas.size === 0
  );
}

function noteLosses({ xml, discriminator }: Schema): readonly OwnLoss[] {
  const losses: OwnLoss[] = [];
  if (xml !== undefined) {
    losses.push({
      keyword: 'xml',
      effect: 'dropped',
      message: 'API Gateway\'s models have no "xml": they are used for JSON only.',
      fix: 'Nothing is validated by it, so nothing has to be done; the document keeps it.',
    });
  }
  if (discriminator !== undefined) {
    losses.push({
      keyword: 'discriminator',
      effect: 'weaker',
      message: 'API Gateway\'s models have no "discriminator": any member of the union may match.',
      fix: 'Give each member a "const" or a one-value "enum" for the property, so that only one of them fits.',
    });
  }
  return losses;
}

const BEHIND = 'Validate it behind the gateway, or describe it with keywords of JSON Schema draft 4.';

function weaker(keyword: string, what: string): OwnLoss {
  return {
    keyword,
    effect: 'weaker',
    message: `API Gateway's models cannot say this whole: ${what}.`,
    fix: BEHIND,
  };
}

function unvalidated(keyword: string, what: string = `no "${keyword}"`): OwnLoss {
  return {
    keyword,
    effect: 'unvalidated',
    message: `API Gateway's models have ${what}, so nothing checks it there.`,
    fix: BEHIND,
  };
}
