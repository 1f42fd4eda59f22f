/**
 * The body of an answer as a template that puts values of the request into it: where the JSON object has a property that
 * is called like a parameter of the path, the query or a header, it takes the parameter's value if its schema allows
 * that. It does what the mock server does with `--echo`, and tells where it cannot.
 */
import { isJson } from '../../contract/http/media-type.ts';
import { parseJson } from '../../contract/json/parse.ts';
import { stringifyJson } from '../../contract/json/stringify.ts';
import { isObject, type Json, type JsonObject, jsonType } from '../../contract/json/value.ts';
import type { Operation, Parameter, Schema } from '../../contract/model.ts';
import type { Answer } from '../../contract/plan/mock-plan.ts';
import { type EchoedType, echoGuard } from './echo-guard.ts';
import { literal, quoted } from './template-text.ts';

/**
 * @param renamed - what variables of the path are called in API Gateway, where that is not their name
 * @param lose - hears of properties that the mock server echoes and this template does not
 * @returns undefined where nothing is echoed
 */
export function echoTemplate(
  operation: Operation,
  answer: Answer,
  renamed: ReadonlyMap<string, string>,
  lose: (property: string) => void,
): string | undefined {
  const body = objectOf(answer);
  if (body === undefined) return undefined;
  const settings: string[] = [];
  const members = Object.entries(body).map(([name, value]) => {
    const written = stringifyJson(value);
    const parameter = echoedParameter(operation, name);
    const guarded = parameter && guardedText(parameter, answer, name, value, `$v${settings.length}`);
    if (parameter === undefined || guarded === false) return literal(`${stringifyJson(name)}:${written}`);
    const source = guarded && sourceText(operation, parameter, renamed);
    if (guarded === undefined || source === undefined) {
      lose(name);
      return literal(`${stringifyJson(name)}:${written}`);
    }
    settings.push(settingOf(`$v${settings.length}`, source, parameter));
    const { guard, text } = guarded;
    return `${literal(`${stringifyJson(name)}:`)}#if(${guard})${text}#{else}${literal(written)}#{end}`;
  });
  return settings.length === 0 ? undefined : `${settings.join('')}${literal('{')}${members.join(',')}}`;
}

/** The object that a body is, if it is written as it would be written again. */
function objectOf({ mediaType, body }: Answer): JsonObject | undefined {
  if (mediaType === undefined || body === undefined || !isJson(mediaType)) return undefined;
  const text = new TextDecoder().decode(body);
  const parsed = parseJson(text);
  return 'value' in parsed && isObject(parsed.value) && stringifyJson(parsed.value) === text
    ? parsed.value
    : undefined;
}

/** One of the path goes before one of the query, and that before one of a header. */
function echoedParameter({ parameters }: Operation, name: string): Parameter | undefined {
  const called = parameters.filter(parameter => parameter.name === name);
  return ['path', 'query', 'header'].flatMap(place => called.find(one => one.in === place) ?? [])[0];
}

interface GuardedText {
  readonly guard: string;
  /** What stands in the body. */
  readonly text: string;
}

/** @returns false where the mock server echoes nothing either; undefined where only it can */
function guardedText(
  parameter: Parameter,
  { content }: Answer,
  name: string,
  value: Json,
  variable: string,
): GuardedText | false | undefined {
  const type = typeOf(parameter);
  if (type === undefined) return undefined;
  if (content?.schema === undefined) {
    const kind = type === 'integer' ? 'number' : type;
    if (jsonType(value) !== kind && jsonType(value) !== type) return false;
  }
  const schemas = content?.schema === undefined ? [] : schemasOf(content.schema, name);
  const guard = schemas && echoGuard(variable, type, schemas, parameter.schema);
  if (guard === undefined || guard === false) return guard;
  return { guard, text: type === 'string' ? escaped(variable) : variable };
}

/** JSON forbids the escape of an apostrophe, and needs none of a slash. */
function escaped(variable: string): string {
  return `"$util.escapeJavaScript(${variable}).replaceAll("\\\\'", "'").replaceAll("\\\\/", "/")"`;
}

function typeOf({ schema, content, style, in: place }: Parameter): EchoedType | undefined {
  if (content !== undefined || (place === 'path' && style !== 'simple')) return undefined;
  if (schema === undefined || schema.always === true) return 'string';
  const { types = ['string'] } = schema;
  const [type] = types;
  return types.length === 1 && isEchoed(type) ? type : undefined;
}

function isEchoed(type: string | undefined): type is EchoedType {
  return type === 'string' || type === 'integer' || type === 'number' || type === 'boolean';
}

/** A value of the path comes as it was sent, encoded; what is no encoding stays as it is. */
function settingOf(variable: string, source: string, { in: place }: Parameter): string {
  const set = `#set(${variable} = "${source}")`;
  if (place !== 'path') return set;
  const isEncoded = `${variable}.matches('(?s)(?:[^%]|%[0-9a-fA-F]{2})*')`;
  return `${set}#if(${isEncoded})#set(${variable} = $util.urlDecode(${variable}.replace('+', '%2B')))#end`;
}

/** Where the text of a parameter is found, for the inside of a string of Velocity's. */
function sourceText(
  { path }: Operation,
  { name, in: place }: Parameter,
  renamed: ReadonlyMap<string, string>,
): string | undefined {
  const get = (from: string, called: string): string => `$!input.params().${from}.get(${quoted(called)})`;
  // In a string of Velocity's, a quote would end it.
  if (name.includes('"')) return undefined;
  if (place === 'query') return get('querystring', name);
  if (place === 'header') {
    const lower = name.toLowerCase();
    return lower === name ? get('header', name) : get('header', name) + get('header', lower);
  }
  // A segment that is more than the variable is a variable as a whole in API Gateway.
  return path.split('/').includes(`{${name}}`) ? get('path', renamed.get(name) ?? name) : undefined;
}

/** All that hold of a property; undefined where that depends on the value. */
function schemasOf(schema: Schema, name: string): readonly Schema[] | undefined {
  const { reference, allOf, properties, patternProperties, additionalProperties } = schema;
  const { anyOf, oneOf, not, if: condition, dependentSchemas, dynamicReference } = schema;
  const choices = [anyOf, oneOf, not, condition, dynamicReference, schema.enum, schema.const];
  if (choices.some(choice => choice !== undefined) || dependentSchemas.size > 0) return undefined;
  if (patternProperties.size > 0) return undefined;
  const own = properties.get(name) ?? additionalProperties;
  const parts = [
    ...[...allOf, ...(reference === undefined ? [] : [reference])].map(part => schemasOf(part, name)),
    own === undefined ? [] : allOfValue(own),
  ];
  return parts.some(part => part === undefined) ? undefined : parts.flatMap(part => part ?? []);
}

/** A schema of the value and those that hold with it; undefined where that depends on the value. */
function allOfValue(schema: Schema): readonly Schema[] | undefined {
  const { reference, allOf, anyOf, oneOf, not, if: condition, dynamicReference } = schema;
  if ([anyOf, oneOf, not, condition, dynamicReference].some(choice => choice !== undefined)) return undefined;
  const parts = [...allOf, ...(reference === undefined ? [] : [reference])].map(allOfValue);
  return parts.some(part => part === undefined) ? undefined : [schema, ...parts.flatMap(part => part ?? [])];
}
