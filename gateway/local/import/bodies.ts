/** What an operation takes and gives as models: its request body, and its responses with their headers (reference 6.4). */
import { isArray, type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import { responseParametersFault } from '../rules/mapping-expression.ts';
import type { MethodResponse, Texts } from '../state/records.ts';
import { type Models, modelOfBody } from './models.ts';
import type { ReadParameter } from './parameters.ts';
import { fieldsAt, type ImportScope, membersAt, missing, objectAt, resolvedAt } from './scope.ts';
import { type MethodPlace, methodResponseNotPut, noStatus } from './wording.ts';

/** Where an operation stands in the document, and its method in the API. */
export interface OperationPlace extends MethodPlace {
  /** For parse issues: `paths.'/pets'(get)`. */
  readonly place: string;
}

/** Media type to model. */
export function requestModelsOf(
  scope: ImportScope,
  models: Models,
  operation: JsonObject,
  parameters: readonly ReadParameter[],
  at: OperationPlace,
): Texts {
  if (scope.document.version === 'oas30') {
    const place = `${at.place}.requestBody`;
    const body = resolvedAt(scope, own(operation, 'requestBody'), place);
    return contentModels(scope, models, own(body, 'content'), { ...at, place, isResponse: false });
  }
  const body = parameters.find(({ location }) => location === 'body');
  if (body === undefined) return {};
  const place = `${at.place}.parameters.${body.name}.schema`;
  return swaggerModels(scope, models, own(body.node, 'schema'), mediaTypes(scope, operation, 'consumes'), {
    ...at,
    place,
    isResponse: false,
  });
}

/** By status. A method has no response for `default` and for ranges. */
export function methodResponsesOf(
  scope: ImportScope,
  models: Models,
  operation: JsonObject,
  at: OperationPlace,
): Readonly<Record<string, MethodResponse>> {
  if (own(operation, 'responses') === undefined) missing(scope, `${at.place}.responses`);
  const found: (readonly [string, MethodResponse])[] = [];
  for (const [statusCode, value] of fieldsAt(scope, own(operation, 'responses'), `${at.place}.responses`)) {
    const place = `${at.place}.responses.${statusCode}`;
    if (!/^[1-5]\d\d$/.test(statusCode)) {
      scope.findings.warnings.push(noStatus(statusCode, at));
      continue;
    }
    const response = resolvedAt(scope, value, place);
    if (response !== undefined && own(response, 'description') === undefined)
      missing(scope, `${place}.description`);
    const headers = membersAt(scope, own(response, 'headers'), `${place}.headers`);
    const parameters = Object.fromEntries(headers.map(([name]) => [`method.response.header.${name}`, false]));
    const fault = responseParametersFault(parameters);
    if (fault !== undefined) scope.findings.errors.push(methodResponseNotPut(statusCode, at, fault));
    const responseModels = responseModelsOf(scope, models, operation, response, { ...at, place });
    found.push([
      statusCode,
      {
        statusCode,
        ...(headers.length > 0 && { responseParameters: parameters }),
        ...(Object.keys(responseModels).length > 0 && { responseModels }),
      },
    ]);
  }
  return Object.fromEntries(found);
}

function responseModelsOf(
  scope: ImportScope,
  models: Models,
  operation: JsonObject,
  response: JsonObject | undefined,
  at: OperationPlace,
): Texts {
  if (scope.document.version === 'oas30') {
    return contentModels(scope, models, own(response, 'content'), { ...at, isResponse: true });
  }
  return swaggerModels(scope, models, own(response, 'schema'), mediaTypes(scope, operation, 'produces'), {
    ...at,
    place: `${at.place}.schema`,
    isResponse: true,
  });
}

interface BodyPlace extends OperationPlace {
  readonly isResponse: boolean;
}

function contentModels(scope: ImportScope, models: Models, content: Json | undefined, at: BodyPlace): Texts {
  const found: (readonly [string, string])[] = [];
  for (const [mediaType, value] of membersAt(scope, content, `${at.place}.content`)) {
    const place = `${at.place}.content.'${mediaType}'`;
    const schema = own(objectAt(scope, value, place), 'schema');
    const name = modelOfBody(scope, models, schema, { ...at, mediaType, place: `${place}.schema` });
    if (name !== undefined) found.push([mediaType, name]);
  }
  return Object.fromEntries(found);
}

function swaggerModels(
  scope: ImportScope,
  models: Models,
  schema: Json | undefined,
  types: readonly string[],
  at: BodyPlace,
): Texts {
  const [mediaType = 'application/json'] = types;
  const name = modelOfBody(scope, models, schema, { ...at, mediaType });
  return name === undefined ? {} : Object.fromEntries(types.map(type => [type, name]));
}

/** Of the operation, else of the document, else JSON. */
function mediaTypes({ document }: ImportScope, operation: JsonObject, key: string): readonly string[] {
  const list = own(operation, key) ?? own(document.root, key);
  const types = isArray(list) ? list.filter(type => typeof type === 'string') : [];
  return types.length > 0 ? types : ['application/json'];
}
