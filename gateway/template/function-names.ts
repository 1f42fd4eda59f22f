/**
 * CloudFormation's own functions where they are meant: in integrations and authorizers that somebody wrote for a template.
 * What they name stands in that other template, so each name becomes a parameter of ours, and each condition a parameter
 * that says true or false.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
import { isArray, isObject, type Json, type JsonObject } from '../../contract/json/value.ts';
import { legalName } from '../lower/model-names.ts';

export interface ForeignNames {
  /** A value with functions in it, which names nothing but parameters afterwards. */
  readonly settled: (value: Json) => Json;
  /** Parameters and conditions that were needed. */
  readonly parameters: () => Readonly<Record<string, Json>>;
  readonly conditions: () => Readonly<Record<string, Json>>;
  /** The first function that cannot be taken along. */
  readonly refused: () => string | undefined;
}

/** Functions whose arguments are values, and no names. */
const PLAIN = new Set([
  'Fn::Base64',
  'Fn::Cidr',
  'Fn::GetAZs',
  'Fn::ImportValue',
  'Fn::Join',
  'Fn::Length',
  'Fn::Select',
  'Fn::Split',
  'Fn::ToJsonString',
]);

/** What stands in a text of `Fn::Sub`: a name, with `!` before it for none. */
const REFERENCE = /\$\{([^{}!][^{}]*)\}/g;

/** @param reserved - logical ids that the template has already */
export function foreignNames(reserved: ReadonlySet<string>): ForeignNames {
  const parameters: Record<string, Json> = {};
  const conditions: Record<string, Json> = {};
  let refused: string | undefined;

  const parameter = (name: string, description: string): string => {
    const legal = legalName(name);
    const id = reserved.has(legal) ? `${legal}Parameter` : legal;
    parameters[id] = { Type: 'String', Description: description };
    return id;
  };
  /** `${Function.Arn}` has a parameter as `Fn::GetAtt` has. */
  const reference = (name: string): string => {
    if (name.startsWith('AWS::')) return `\${${name}}`;
    // A stage knows its variables, a template does not.
    if (name.startsWith('stageVariables.')) return `\${!${name}}`;
    return `\${${parameter(name.replaceAll('.', ' '), `${name} of the document's own template`)}}`;
  };
  const substitution = (argument: Json): Json => {
    const [text, given] = isArray(argument) ? argument : [argument, {}];
    if (typeof text !== 'string') return argument;
    const own = isObject(given) ? given : {};
    const settledText = text.replace(REFERENCE, (whole: string, name: string) =>
      Object.hasOwn(own, name) ? whole : reference(name.trim()),
    );
    const values = Object.entries(own);
    if (values.length === 0) return settledText;
    return [settledText, Object.fromEntries(values.map(([name, value]) => [name, settled(value)]))];
  };
  const condition = (name: string): void => {
    const id = parameter(`${name} Condition`, `Whether ${name} holds in the document's own template`);
    parameters[id] = {
      Type: 'String',
      Description: `Whether ${name} holds in the document's own template`,
      AllowedValues: ['true', 'false'],
      Default: 'false',
    };
    conditions[name] = { 'Fn::Equals': [{ Ref: id }, 'true'] };
  };
  const called = (name: string, argument: Json): Json => {
    if (name === 'Ref' && typeof argument === 'string') {
      if (argument.startsWith('AWS::')) return { Ref: argument };
      return { Ref: parameter(argument, `${argument} of the document's own template`) };
    }
    if (name === 'Fn::GetAtt') {
      const path = isArray(argument) ? argument.map(String).join('.') : String(argument);
      return { Ref: parameter(path.replaceAll('.', ' '), `${path} of the document's own template`) };
    }
    if (name === 'Fn::Sub') return { 'Fn::Sub': substitution(argument) };
    if (name === 'Fn::If' && isArray(argument) && typeof argument[0] === 'string') {
      const [which, ...values] = argument;
      condition(which);
      return { 'Fn::If': [which, ...values.map(settled)] };
    }
    if (!PLAIN.has(name)) refused ??= name;
    return { [name]: settled(argument) };
  };
  const settled = (value: Json): Json => {
    if (isArray(value)) return value.map(settled);
    if (!isObject(value)) return value;
    const call = functionCall(value);
    if (call !== undefined) return called(...call);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settled(item)]));
  };
  return {
    settled,
    parameters: () => parameters,
    conditions: () => conditions,
    refused: () => refused,
  };
}

/** An object that CloudFormation takes for a function of its own: its one key is `Ref` or begins with `Fn::`. */
export function functionCall(value: JsonObject): readonly [name: string, argument: Json] | undefined {
  const entries = Object.entries(value);
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) return undefined;
  return entry[0] === 'Ref' || entry[0].startsWith('Fn::') ? entry : undefined;
}
