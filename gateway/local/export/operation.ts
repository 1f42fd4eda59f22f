/** A method as an operation of a document (reference 7). */
import type { Json } from '../../../contract/json/value.ts';
import { badRequest } from '../control/aws-error.ts';
import { present } from '../control/members.ts';
import type { Method, MethodResponse, Resource, Texts } from '../state/records.ts';
import { type ExportView, modelReference, type Written } from './export-view.ts';
import { integrationExtension } from './integration.ts';
import { operationSecurity } from './security.ts';
import { wordsFor } from './words.ts';

const JSON_TYPE = 'application/json';
const PLACES: ReadonlyMap<string, { readonly location: string; readonly words: string }> = new Map([
  ['path', { location: 'path', words: 'PATH_PARAMETER' }],
  ['querystring', { location: 'query', words: 'QUERY_PARAMETER' }],
  ['header', { location: 'header', words: 'REQUEST_HEADER' }],
]);

/** @throws AwsError BadRequestException for a method whose models are all for other types than JSON */
export function operationOf(view: ExportView, resource: Resource, method: Method): Written {
  const about = { path: resource.path, method: method.httpMethod };
  const swagger = view.type === 'swagger';
  const parameters = [
    ...parametersOf(view, method, about),
    ...(swagger ? bodyParameter(method, view, about) : []),
  ];
  const integration = method.methodIntegration;
  const validator = view.snapshot.requestValidators.find(({ id }) => id === method.requestValidatorId);
  const written = present({
    ...wordsFor(
      view,
      { type: 'METHOD', ...about },
      'tags',
      'summary',
      'description',
      'deprecated',
      'externalDocs',
    ),
    operationId: method.operationName,
    consumes: swagger ? consumed(method) : undefined,
    produces: swagger ? produced(method) : undefined,
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody: swagger ? undefined : requestBody(view, method, about),
    responses: Object.fromEntries(
      Object.values(method.methodResponses ?? {}).map(response => [
        response.statusCode,
        responseOf(view, response, about),
      ]),
    ),
    security: operationSecurity(view, method),
    'x-amazon-apigateway-request-validator': view.validators ? validator?.name : undefined,
    'x-amazon-apigateway-integration':
      view.integrations && integration !== undefined
        ? integrationExtension(integration, resource.id)
        : undefined,
  });
  return written as Written;
}

interface About {
  readonly path: string;
  readonly method: string;
}

function parametersOf(
  view: ExportView,
  { requestParameters = {} }: Method,
  about: About,
): readonly Written[] {
  return Object.entries(requestParameters).flatMap(([key, required]) => {
    const [, place = '', name = ''] = /^method\.request\.([^.]+)\.(.+)$/s.exec(key) ?? [];
    const target = PLACES.get(place);
    if (target === undefined) return [];
    const { location, words } = target;
    const described = wordsFor(view, { type: words, ...about, name }, 'description');
    const kind: Written =
      view.type === 'swagger'
        ? { required, type: 'string' }
        : { ...(required && { required }), schema: { type: 'string' } };
    return [{ name, in: location, ...described, ...kind }];
  });
}

/** One body with the model of JSON: Swagger 2.0 has no place for another. */
function bodyParameter({ requestModels }: Method, view: ExportView, about: About): readonly Written[] {
  const name = jsonModel(requestModels, about);
  return name === undefined ? [] : [{ in: 'body', name, required: true, schema: modelReference(view, name) }];
}

function requestBody(view: ExportView, { requestModels }: Method, about: About): Written | undefined {
  if (jsonModel(requestModels, about) === undefined) return undefined;
  return {
    ...wordsFor(view, { type: 'REQUEST_BODY', ...about }, 'description'),
    content: contentOf(view, requestModels),
    required: true,
  };
}

function responseOf(view: ExportView, response: MethodResponse, about: About): Written {
  const { statusCode, responseParameters = {}, responseModels } = response;
  const model = jsonModel(responseModels, about);
  const at = { ...about, statusCode };
  const headers = Object.keys(responseParameters).map(key => {
    const name = key.replace(/^method\.response\.header\./, '');
    const described = wordsFor(view, { type: 'RESPONSE_HEADER', ...at, name }, 'description');
    const header: Written =
      view.type === 'swagger'
        ? { type: 'string', ...described }
        : { ...described, schema: { type: 'string' } };
    return [name, header] as const;
  });
  const written: Readonly<Record<string, Json | undefined>> = {
    description: `${statusCode} response`,
    ...wordsFor(view, { type: 'RESPONSE', ...at }, 'description'),
    ...(view.type === 'swagger' && { schema: model === undefined ? undefined : modelReference(view, model) }),
    headers: headers.length > 0 ? Object.fromEntries(headers) : undefined,
    ...(view.type === 'oas30' && { content: contentOf(view, responseModels) }),
  };
  return present(written) as Written;
}

function contentOf(view: ExportView, models: Texts = {}): Written {
  return Object.fromEntries(
    Object.entries(models).map(([mediaType, name]) => [mediaType, { schema: modelReference(view, name) }]),
  );
}

/** The model for JSON. Documented: models for other types alone cannot be exported. */
function jsonModel(models: Texts | undefined, { path, method }: About): string | undefined {
  if (models === undefined || Object.keys(models).length === 0) return undefined;
  if (!Object.hasOwn(models, JSON_TYPE)) {
    throw badRequest(`Only found non-JSON body models for method '${method}' on resource at path '${path}'`);
  }
  return models[JSON_TYPE];
}

/** Media types of models and templates. Recorded: templates count where integrations are not written, too. */
function consumed({ requestModels, methodIntegration }: Method): readonly string[] | undefined {
  return mediaTypes(requestModels, methodIntegration?.requestTemplates);
}

function produced({ methodResponses = {}, methodIntegration }: Method): readonly string[] | undefined {
  return mediaTypes(
    ...Object.values(methodResponses).map(({ responseModels }) => responseModels),
    ...Object.values(methodIntegration?.integrationResponses ?? {}).map(
      ({ responseTemplates }) => responseTemplates,
    ),
  );
}

function mediaTypes(...maps: readonly (object | undefined)[]): readonly string[] | undefined {
  const types = new Set(maps.flatMap(map => Object.keys(map ?? {})));
  types.delete('$default');
  return types.size > 0 ? [...types] : undefined;
}
