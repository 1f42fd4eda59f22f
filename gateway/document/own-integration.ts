/**
 * An integration that stands in the document, where its operation has come to stand: variables of the path under their new
 * names, and whatever it maps declared by the method, without which API Gateway does not take it.
 */
import { isArray, isObject, type Json, own } from '../../contract/json/value.ts';
import { below } from '../../contract/source.ts';
import { type Loss, loss } from '../lower/loss.ts';
import type { PlacedOperation } from './resource-paths.ts';

/** The integration with the names of path variables that API Gateway has. */
export function placedIntegration(
  json: Json,
  { operation, renamed }: PlacedOperation,
  name: string,
  lose: (loss: Loss) => void,
): Json {
  if (renamed.size === 0) return json;
  const segments = new Set(operation.path.split('/'));
  const parts = [...renamed.keys()].filter(one => !segments.has(`{${one}}`) && !segments.has(`{${one}+}`));
  const told = new Set<string>();
  const seen = (variable: string): string => {
    if (parts.includes(variable)) told.add(variable);
    return renamed.get(variable) ?? variable;
  };
  const made = inTexts(json, text =>
    text
      .replace(
        /(\bmethod\.request\.path\.)([\w.$-]+)/g,
        (_all, before: string, one: string) => before + seen(one),
      )
      .replace(
        /(\$!?\{?input\.params\((?:\)\.path\.get\()?\s*(['"]))([^'"]+)(?=\2)/g,
        (_all, before: string, _quote, one: string) => before + seen(one),
      ),
  );
  for (const variable of told) {
    lose(
      loss('changed', {
        rule: 'apigateway-path',
        message: `The integration of ${operation.key} is given the whole segment of the path where it asks for ${JSON.stringify(variable)}, which is a part of it.`,
        source: below(operation.source, name),
        fix: 'Make the variable a whole segment.',
      }),
    );
  }
  return made;
}

function inTexts(json: Json, change: (text: string) => string): Json {
  if (typeof json === 'string') return change(json);
  if (isArray(json)) return json.map(item => inTexts(item, change));
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, inTexts(item ?? null, change)]));
}

/** Parameters of a method, with those that its integration maps and the document does not have. */
export function withMapped(parameters: readonly Json[], integration: Json): readonly Json[] {
  const taken = new Set(parameters.map(parameter => String(own(parameter, 'name'))));
  const keys = own(integration, 'cacheKeyParameters');
  const requests = own(integration, 'requestParameters');
  const texts = [...(isObject(requests) ? Object.values(requests) : []), ...(isArray(keys) ? keys : [])].map(
    String,
  );
  const added = texts.flatMap((text): readonly Json[] => {
    const [, place = '', name = ''] =
      /^method\.request\.(?:multivalue)?(querystring|header)\.([A-Za-z0-9._$-]+)$/.exec(text) ?? [];
    // One name stands for one parameter, wherever it is.
    if (name === '' || taken.has(name)) return [];
    taken.add(name);
    const where = place === 'header' ? 'header' : 'query';
    return [{ name, in: where, required: false, schema: { type: 'string' } }];
  });
  return [...parameters, ...added];
}
