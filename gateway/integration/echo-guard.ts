/**
 * What a value of a request must be to stand in an answer, as a condition of a template: the schemas of the place in
 * words of Velocity. A schema that has no such words makes no condition, and then the value is not echoed.
 */
import type { Json } from '../../contract/json/value.ts';
import type { Schema } from '../../contract/model.ts';
import { formatNamed } from '../../contract/schema/format.ts';
import { quoted } from './template-text.ts';

/** What a parameter's text stands for. */
export type EchoedType = 'string' | 'integer' | 'number' | 'boolean';

/** Texts that a number is written as in JSON, and in no other way; short enough to be the same number everywhere. */
const CANONICAL: Readonly<Record<Exclude<EchoedType, 'string'>, string>> = {
  integer: '0|-?[1-9][0-9]{0,14}',
  number: '0|-?[1-9][0-9]{0,14}|-?(0|[1-9][0-9]{0,8})[.][0-9]{0,5}[1-9]',
  boolean: 'true|false',
};

/** Patterns that Java and JavaScript read alike. */
const COMMON_PATTERN = /^(?!.*(?:&&|\[\[|\(\?[<#>-]))[\w\-.^$*+?()|{},:@ [\]\\]+$/;

/**
 * @param variable - of the template, with the text in it, as `$v0`
 * @param schemas - all that hold of the place
 * @param sent - of the parameter: what it demands was seen to when the request came
 * @returns undefined where nothing can be said, `false` where no value can stand there
 */
export function echoGuard(
  variable: string,
  type: EchoedType,
  schemas: readonly Schema[],
  sent: Schema | undefined,
): string | false | undefined {
  const conditions: string[] = [
    type === 'string' ? `${variable} != ''` : `${variable}.matches(${quoted(CANONICAL[type])})`,
  ];
  for (const schema of schemas) {
    if (schema.types !== undefined && !schema.types.some(one => fits(type, one))) return false;
    if (schema === sent) continue;
    const found =
      type === 'string' ? textGuards(variable, schema, sent) : numberGuards(variable, type, schema);
    const choice = choiceGuard(variable, type, schema);
    if (found === undefined || choice === undefined) return undefined;
    conditions.push(...found, ...choice);
  }
  return [...new Set(conditions)].join(' && ');
}

function fits(type: EchoedType, declared: string): boolean {
  return declared === type || (type === 'integer' && declared === 'number');
}

/** `enum` and `const`: their members as texts. */
function choiceGuard(
  variable: string,
  type: EchoedType,
  { enum: values, const: constant }: Schema,
): readonly string[] | undefined {
  const lists = [
    ...(values === undefined ? [] : [values]),
    ...(constant === undefined ? [] : [[constant.value]]),
  ];
  return lists.map(list => {
    const texts = list.filter(value => isOf(value, type)).map(String);
    const any = texts.map(text => `${variable} == ${quoted(text)}`).join(' || ');
    return any === '' ? 'false' : `(${any})`;
  });
}

function isOf(value: Json, type: EchoedType): boolean {
  if (type === 'string' || type === 'boolean') return typeof value === type;
  return typeof value === 'number' || typeof value === 'bigint';
}

function textGuards(
  variable: string,
  { minLength, maxLength, pattern, format }: Schema,
  sent: Schema | undefined,
): readonly string[] | undefined {
  const conditions: string[] = [];
  // The length of a text of Java's counts halves of pairs; a pattern counts characters, as schemas do.
  if (maxLength !== undefined || (minLength ?? 0) > 1) {
    conditions.push(`${variable}.matches('(?s).{${minLength ?? 0},${maxLength ?? ''}}')`);
  }
  if (pattern !== undefined && pattern !== sent?.pattern) {
    if (!COMMON_PATTERN.test(pattern)) return undefined;
    conditions.push(`${variable}.matches(${quoted(`(?s).*(?:${pattern}).*`)})`);
  }
  if (format !== undefined && format !== sent?.format && formatNamed(format) !== undefined) {
    const known = WRITTEN[format];
    if (known === undefined) return undefined;
    conditions.push(`${variable}.matches(${quoted(known)})`);
  }
  return conditions;
}

const WRITTEN: Readonly<Record<string, string>> = {
  uuid: '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
};

/** Velocity has no numbers but such as fit 32 bits without a sign of their own, so bounds go through JSON. */
function numberGuards(variable: string, type: EchoedType, schema: Schema): readonly string[] | undefined {
  if (type === 'boolean') return [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  if (multipleOf !== undefined && !(multipleOf === 1 && type === 'integer')) return undefined;
  const number = `$util.parseJson(${variable})`;
  const bound = (sign: string, value: number | bigint | undefined): readonly string[] =>
    value === undefined ? [] : [`${number} ${sign} $util.parseJson(${quoted(String(value))})`];
  // Fifteen digits are more than an int32 takes.
  const isShort = type === 'integer' && format === 'int32';
  return [
    ...bound('>=', minimum ?? (isShort ? -2_147_483_648 : undefined)),
    ...bound('<=', maximum ?? (isShort ? 2_147_483_647 : undefined)),
    ...bound('>', exclusiveMinimum),
    ...bound('<', exclusiveMaximum),
  ];
}
