/**
 * What CloudFormation makes of a template, as far as ours go: parameters and conditions settled, functions called, and a
 * complaint for each name that leads nowhere and each resource that its type does not allow.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { stringifyJson } from '../../contract/json/stringify.ts';
import { isArray, isObject, type Json, type JsonObject, own } from '../../contract/json/value.ts';

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Properties of each type, as documented; the page stands beside them. */
const TYPES = JSON.parse(readFileSync(join(import.meta.dirname, 'resource-types.json'), 'utf8')) as Readonly<
  Record<string, { readonly properties: object }>
>;

const ajv = new Ajv2020({ allErrors: true, strict: false });

export interface EvaluatedTemplate {
  /** By logical id, after all functions. */
  readonly resources: Readonly<Record<string, { readonly type: string; readonly properties: JsonObject }>>;
  readonly faults: readonly string[];
}

/** @param given - values of parameters that have no default; others are made up */
export function evaluateTemplate(
  template: Json,
  given: Readonly<Record<string, string>> = {},
): EvaluatedTemplate {
  const faults: string[] = [];
  const parameters = entries(own(template, 'Parameters'));
  const resources = entries(own(template, 'Resources'));
  const ids = [...parameters, ...resources].map(([id]) => id);
  for (const id of ids) {
    if (!/^[A-Za-z0-9]{1,255}$/.test(id)) faults.push(`${id} is no logical id`);
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`${id} is there twice`);
  }
  const values = new Map(
    parameters.map(([id, parameter]) => {
      const fallback = own(parameter, 'Default') ?? `value-of-${id}`;
      return [id, given[id] ?? String(fallback)] as const;
    }),
  );
  const conditions = new Map(entries(own(template, 'Conditions')));
  const types = new Map(resources.map(([id, resource]) => [id, String(own(resource, 'Type'))]));
  const transformed = own(template, 'Transform') !== undefined;

  const named = (name: string): string => {
    const pseudo = PSEUDO[name];
    if (pseudo !== undefined) return pseudo;
    const value = values.get(name);
    if (value !== undefined) return value;
    const [id = ''] = name.split('.');
    // SAM lets others name what it makes.
    if (types.has(name) || (transformed && types.has(id) && name === `${id}.Deployment`))
      return `id-of-${name}`;
    faults.push(`${name} leads nowhere`);
    return '';
  };
  const attribute = (path: string): string => {
    const [id = '', name] = path.split('.');
    if (types.has(id) && name === 'Arn')
      return `arn:aws:${types.get(id)?.split('::')[1]?.toLowerCase()}:eu-west-1:123456789012:${id}`;
    faults.push(`${path} leads nowhere`);
    return '';
  };
  const sub = (text: string, own: JsonObject): string =>
    text.replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (Object.hasOwn(own, name)) return String(evaluated(own[name] ?? null));
      return name.includes('.') ? attribute(name) : named(name);
    });
  const evaluated = (value: Json): Json => {
    if (typeof value === 'string') {
      if (/\{\{resolve:/.test(value)) faults.push(`${value} is resolved`);
      return value;
    }
    if (isArray(value)) return value.map(evaluated);
    if (!isObject(value)) return value;
    const [entry, ...others] = Object.entries(value);
    if (entry === undefined || others.length > 0) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluated(item)]));
    }
    const [name, argument] = entry;
    const list = isArray(argument) ? argument : [argument];
    switch (name) {
      case 'Ref':
        if (typeof argument !== 'string') faults.push('a Ref whose value is no text');
        return named(String(argument));
      case 'Fn::GetAtt':
        return attribute(list.map(String).join('.'));
      case 'Fn::Sub':
        return sub(String(list[0]), isObject(list[1]) ? list[1] : {});
      case 'Fn::Join':
        return (isArray(list[1]) ? list[1] : []).map(evaluated).join(String(list[0]));
      case 'Fn::If': {
        const holds = conditions.get(String(list[0]));
        if (holds === undefined) faults.push(`${String(list[0])} is no condition`);
        return evaluated((holds !== undefined && evaluated(holds) === true ? list[1] : list[2]) ?? null);
      }
      case 'Fn::Equals':
        return evaluated(list[0] ?? null) === evaluated(list[1] ?? null);
      case 'Fn::ImportValue':
        return `import-of-${String(evaluated(argument))}`;
      default:
        if (name.startsWith('Fn::')) faults.push(`${name} is no function`);
        return { [name]: evaluated(argument) };
    }
  };
  const settled = resources.map(([id, resource]) => {
    const type = String(own(resource, 'Type'));
    const properties = evaluated(own(resource, 'Properties') ?? {});
    const schema = TYPES[type]?.properties;
    if (schema === undefined) faults.push(`${id} is of the type ${type}, of which nothing is known`);
    else if (!ajv.validate(schema, JSON.parse(stringifyJson(properties))))
      faults.push(`${id}: ${ajv.errorsText(ajv.errors)}`);
    const wanted = own(resource, 'DependsOn');
    if (typeof wanted === 'string' && !types.has(wanted)) faults.push(`${id} depends on ${wanted}`);
    return [id, { type, properties: isObject(properties) ? properties : {} }] as const;
  });
  for (const [id, output] of entries(own(template, 'Outputs'))) {
    if (typeof evaluated(own(output, 'Value') ?? null) !== 'string')
      faults.push(`the output ${id} is no text`);
  }
  return { resources: Object.fromEntries(settled), faults };
}

function entries(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isObject(value) ? Object.entries(value) : [];
}
