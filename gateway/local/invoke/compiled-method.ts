/** A method as the steps read it: made once of its records, at the first request that asks for it. */
import type { Method, RequestValidator, Resource, Snapshot } from '../state/records.ts';
import { bodyCheckOf } from './body-check.ts';
import { parseExpression } from './mapping-expression.ts';
import type {
  BodyModels,
  CompiledIntegration,
  CompiledMethod,
  CompiledResponse,
  RequestMapping,
  RequestParameter,
} from './model.ts';
import { mediaType } from './multi-values.ts';
import { forbiddenRequestHeader } from './request-headers.ts';
import { selectionPattern } from './selection-pattern.ts';
import { compileTemplates } from './template.ts';

export function compileMethod(snapshot: Snapshot, resource: Resource, method: Method): CompiledMethod {
  const validator = snapshot.requestValidators.find(({ id }) => id === method.requestValidatorId);
  return {
    resource,
    method,
    requiredParameters: requiredParameters(method, validator),
    bodyModels: bodyModels(method, validator, snapshot),
    integration: compileIntegration(method),
  };
}

const PARAMETER = /^(?:method|integration)\.request\.(path|querystring|header)\.(.+)$/;

/** In the order of their whole names, which is the order of AWS's message: headers, path, query (4). */
function requiredParameters(
  { requestParameters = {} }: Method,
  validator: RequestValidator | undefined,
): readonly RequestParameter[] {
  if (validator?.validateRequestParameters !== true) return [];
  return Object.entries(requestParameters)
    .filter(([, required]) => required)
    .map(([key]) => key)
    .toSorted()
    .flatMap(parameterOf);
}

function parameterOf(key: string): readonly RequestParameter[] {
  const [, place, name = ''] = PARAMETER.exec(key) ?? [];
  return place === undefined ? [] : [{ place: place as RequestParameter['place'], name }];
}

function bodyModels(
  { requestModels = {} }: Method,
  validator: RequestValidator | undefined,
  { models, restApi }: Snapshot,
): BodyModels | undefined {
  if (validator?.validateRequestBody !== true) return undefined;
  const found = new Map<string, ReturnType<typeof bodyCheckOf>>();
  for (const [type, name] of Object.entries(requestModels)) {
    found.set(type === '$default' ? type : mediaType(type), bodyCheckOf(models, name, restApi.id));
  }
  return found;
}

function compileIntegration(method: Method): CompiledIntegration | undefined {
  const integration = method.methodIntegration;
  if (integration === undefined) return undefined;
  const mappings = Object.entries(integration.requestParameters ?? {}).flatMap(
    ([key, from]): readonly RequestMapping[] =>
      parameterOf(key).map(target => ({ ...target, from: parseExpression(from) })),
  );
  return {
    integration,
    requestParameters: mappings,
    forbiddenHeader: mappings.find(
      ({ place, name }) => place === 'header' && forbiddenRequestHeader(name, integration.type),
    )?.name,
    requestTemplates: compileTemplates(integration.requestTemplates, 'request'),
    responses: Object.values(integration.integrationResponses ?? {}).map(
      (response): CompiledResponse => ({
        status: Number(response.statusCode),
        selects: response.selectionPattern ? selectionPattern(response.selectionPattern) : undefined,
        isDeclared: method.methodResponses?.[response.statusCode] !== undefined,
        headers: Object.entries(response.responseParameters ?? {}).flatMap(([key, from]) => {
          const name = /^method\.response\.header\.(.+)$/.exec(key)?.[1];
          return name === undefined ? [] : [{ name, from: parseExpression(from) }];
        }),
        templates: compileTemplates(response.responseTemplates, 'response'),
        contentHandling: response.contentHandling,
      }),
    ),
    chosen: new Map(),
  };
}
