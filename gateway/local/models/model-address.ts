/** The addresses under which schemas of models name each other, and places inside of them (apigateway.md 4.1). */
import { pointerTokens } from '../../../contract/json/pointer.ts';
import { isList, type Value, type ValueMap } from '../../vtl/values.ts';

export interface ModelReference {
  /** Undefined for the model in which the reference stands. */
  readonly model: string | undefined;
  /** Unescaped; none for the whole schema. */
  readonly tokens: readonly string[];
}

const ADDRESS = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/([^/#]+)\/models\/([^/#]+)$/;

/** What a `$ref` names; undefined for what is no place in a model of this API. */
export function readReference(reference: string, apiId: string): ModelReference | undefined {
  const hash = reference.indexOf('#');
  const base = hash === -1 ? reference : reference.slice(0, hash);
  const [, api, name] = ADDRESS.exec(base) ?? [];
  if (base !== '' && api !== apiId) return undefined;
  const fragment = decoded(hash === -1 ? '' : reference.slice(hash + 1));
  if (fragment === undefined || (fragment !== '' && !fragment.startsWith('/'))) return undefined;
  return { model: name, tokens: pointerTokens(fragment) };
}

function decoded(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}

/** What stands at a place of a schema; undefined where nothing does. */
export function schemaAt(schema: ValueMap, tokens: readonly string[]): Value | undefined {
  let found: Value | undefined = schema;
  for (const token of tokens) {
    if (found instanceof Map) found = found.get(token);
    else if (isList(found) && /^(?:0|[1-9]\d{0,9})$/.test(token)) found = found[Number(token)];
    else return undefined;
  }
  return found;
}
