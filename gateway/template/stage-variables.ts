/**
 * The variables of a stage in a template: those that were configured, with a parameter in the place of each secret, and a
 * parameter for each that the document's back ends are named by and nobody has given.
 */
import { isArray, isObject, type Json } from '../../contract/json/value.ts';
import { legalName } from '../lower/model-names.ts';
import { escapedSub } from './embed-document.ts';
import type { TemplateStage } from './template-stage.ts';

export interface StageVariables {
  /** As the stage has them: texts, or references to parameters. */
  readonly values: Readonly<Record<string, Json>>;
  readonly parameters: Readonly<Record<string, Json>>;
  /** A text for `Fn::Sub` with the values of the stage in the place of its variables. */
  readonly resolved: (sub: string) => string;
}

const USED = /\$\{!?stageVariables\.(\w+)\}/g;

/**
 * @param body - the document as it is deployed
 * @param label - of the stage in names of parameters; empty where the template has no other
 */
export function stageVariables({ variables = {} }: TemplateStage, body: Json, label: string): StageVariables {
  const values: Record<string, Json> = {};
  const parameters: Record<string, Json> = {};
  const parameter = (variable: string, more: Readonly<Record<string, Json>>): Json => {
    const id = `${label}${capital(legalName(variable))}Variable`;
    parameters[id] = { Type: 'String', ...more };
    return { Ref: id };
  };
  for (const [variable, value] of Object.entries(variables)) {
    values[variable] =
      typeof value === 'string'
        ? value
        : parameter(variable, {
            Description: `Stage variable ${variable}, which is in the environment variable ${value.env}`,
            NoEcho: true,
          });
  }
  for (const variable of usedVariables(body)) {
    if (Object.hasOwn(values, variable)) continue;
    const Description = `Stage variable ${variable}, by which the document names a back end`;
    values[variable] = parameter(variable, { Description });
  }
  return {
    values,
    parameters,
    resolved: sub =>
      sub.replace(USED, (whole, variable: string) => {
        const value = values[variable];
        if (value === undefined) return whole;
        return typeof value === 'string' ? escapedSub(value) : `\${${String(Object.values(value ?? {})[0])}}`;
      }),
  };
}

export function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Where a missing variable would leave a call without an address. */
const ADDRESSES = new Set(['uri', 'connectionId', 'credentials', 'authorizerUri', 'authorizerCredentials']);

function usedVariables(body: Json): readonly string[] {
  const found = new Set<string>();
  const look = (value: Json, isAddress: boolean): void => {
    if (typeof value === 'string') {
      if (isAddress) for (const [, variable = ''] of value.matchAll(USED)) found.add(variable);
    } else if (isArray(value)) {
      for (const item of value) look(item, isAddress);
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) look(item, isAddress || ADDRESSES.has(key));
    }
  };
  look(body, false);
  return [...found];
}
