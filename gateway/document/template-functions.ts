/**
 * CloudFormation's functions in a document that is imported without CloudFormation. What the import itself puts in is
 * said its way; what only a template knows cannot be said at all, and whatever holds it is left out and told.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/import-api-aws-variables.html
 */
import { isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';
import type { Operation, SecurityScheme } from '../../contract/model.ts';
import { below } from '../../contract/source.ts';
import { type Loss, loss } from '../lower/loss.ts';
import { AUTHORIZER } from './authorizer-choice.ts';

/** Variables that the import of a document fills in. */
const OF_IMPORT = /^AWS::(?:AccountId|Partition|Region)$/;

/** A value without functions, or the first thing that only a template knows. */
export type Filled = { readonly value: Json } | { readonly unknown: string };

export function withoutFunctions(json: Json): Filled {
  const unknown: string[] = [];
  const value = filled(json, unknown);
  const [first] = unknown;
  return first === undefined ? { value } : { unknown: first };
}

function filled(json: Json, unknown: string[]): Json {
  if (isArray(json)) return json.map(item => filled(item, unknown));
  if (!isObject(json)) return json;
  const call = functionOf(json);
  if (call !== undefined) return calledText(call[0], call[1], unknown);
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, filled(item ?? null, unknown)]));
}

function functionOf(json: JsonObject): readonly [string, Json] | undefined {
  const [entry, ...others] = Object.entries(json);
  if (entry === undefined || others.length > 0) return undefined;
  return entry[0] === 'Ref' || entry[0].startsWith('Fn::') ? [entry[0], entry[1] ?? null] : undefined;
}

function calledText(name: string, argument: Json, unknown: string[]): Json {
  if (name === 'Ref') return variable(String(argument), unknown);
  if (name === 'Fn::Sub') {
    const [text, given] = isArray(argument) ? argument : [argument];
    const values = new Map(Object.entries(isObject(given) ? given : {}));
    return String(text).replace(/\$\{(!?)([^{}]+)\}/g, (_whole, literal: string, key: string) => {
      if (literal !== '') return `\${${key}}`;
      const value = values.get(key);
      return value === undefined ? variable(key, unknown) : String(filled(value, unknown));
    });
  }
  if (name === 'Fn::Join' && isArray(argument) && isArray(argument[1])) {
    return argument[1].map(item => String(filled(item, unknown))).join(String(argument[0]));
  }
  unknown.push(name);
  return '';
}

function variable(name: string, unknown: string[]): string {
  // A template would take a stage variable for one of its own, so whoever writes one there means the stage's.
  if (!OF_IMPORT.test(name) && !name.startsWith('stageVariables.')) unknown.push(name);
  return `\${${name}}`;
}

/** An operation's own integration; undefined for one that only a template can fill in, which is told. */
export function filledIntegration(
  operation: Operation,
  name: string,
  lose: (loss: Loss) => void,
): Json | undefined {
  const json = operation.extensions.get(name);
  if (json === undefined) return undefined;
  const made = withoutFunctions(json);
  const unknown = 'value' in made ? placeholderIn(made.value) : made.unknown;
  if ('value' in made && unknown === undefined) return made.value;
  lose(unfilled(below(operation.source, name), `The integration of ${operation.key}`, String(unknown)));
  return undefined;
}

/** A document may stand in a template as a whole; what `${…}` means in its mapping templates, those know themselves. */
function placeholderIn(integration: Json): string | undefined {
  const texts = ['uri', 'credentials', 'connectionId'].map(key => String(own(integration, key)));
  return texts.flatMap(text => /\$\{(?!stageVariables\.|AWS::)([^{}]*)\}/.exec(text)?.[1] ?? [])[0];
}

/** A scheme without an authorizer that only a template can fill in, which is told. */
export function filledScheme(scheme: SecurityScheme, lose: (loss: Loss) => void): SecurityScheme {
  const json = scheme.extensions.get(AUTHORIZER);
  if (json === undefined) return scheme;
  const made = withoutFunctions(json);
  const others = [...scheme.extensions].filter(([name]) => name !== AUTHORIZER);
  if ('value' in made) return { ...scheme, extensions: new Map([...others, [AUTHORIZER, made.value]]) };
  lose(unfilled(below(scheme.source, AUTHORIZER), `The authorizer ${scheme.name}`, made.unknown));
  return { ...scheme, extensions: new Map(others) };
}

function unfilled(source: Loss['source'], what: string, name: string): Loss {
  return {
    ...loss('changed', {
      rule: 'apigateway-template-only',
      message: `${what} needs ${JSON.stringify(name)} of a CloudFormation template, so it is left out of a document without one.`,
      source,
      fix: 'Write a template with --format cloudformation or sam, or name the back end and the authorizer of the stage in the configuration.',
    }),
    severity: 'warning',
  };
}
