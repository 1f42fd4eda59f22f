/** The integration object of an operation as an integration: letter case, defaults, and responses by their patterns (reference 1.2). */

import { stringifyJson } from '../../../contract/json/stringify.ts';
import { isObject, type Json, type JsonObject, own } from '../../../contract/json/value.ts';
import { badRequest } from '../control/aws-error.ts';
import { present } from '../control/members.ts';
import { integrationFault, keptIntegration } from '../rules/integration-rules.ts';
import { responseMappingFault } from '../rules/mapping-expression.ts';
import { templatesFault } from '../rules/templates.ts';
import type { Integration, IntegrationResponse, Method } from '../state/records.ts';
import { type ImportScope, membersAt, numberOf, objectAt, textsAt } from './scope.ts';
import {
  integrationNotPut,
  integrationResponseNotPut,
  type MethodPlace,
  malformedIntegration,
  requestParameterNoText,
} from './wording.ts';

/** @throws AwsError BadRequestException for an object of which AWS cannot even make an integration */
export function integrationOf(
  scope: ImportScope,
  value: Json,
  method: Method,
  at: MethodPlace & { readonly place: string; readonly resourceId: string },
): Integration {
  if (!isObject(value)) throw badRequest(malformedIntegration(at.path));
  const text = (node: JsonObject, key: string): string | undefined => textOf(own(node, key), at);
  const type = (text(value, 'type') ?? '').toUpperCase();
  const requestParameters = requestParametersOf(scope, own(value, 'requestParameters'), at);
  const requestTemplates = templatesOf(scope, own(value, 'requestTemplates'), at, 'requestTemplates');
  const responses = responsesOf(scope, own(value, 'responses'), method, at);
  const tlsConfig = objectAt(scope, own(value, 'tlsConfig'), `${at.place}.tlsConfig`);
  const given: Integration = present({
    type,
    httpMethod: text(value, 'httpMethod')?.toUpperCase(),
    uri: text(value, 'uri'),
    connectionType: text(value, 'connectionType')?.toUpperCase(),
    connectionId: text(value, 'connectionId'),
    credentials: text(value, 'credentials'),
    requestParameters,
    requestTemplates,
    passthroughBehavior: (text(value, 'passthroughBehavior') ?? 'WHEN_NO_MATCH').toUpperCase(),
    contentHandling: text(value, 'contentHandling')?.toUpperCase(),
    timeoutInMillis: timeoutOf(own(value, 'timeoutInMillis')),
    cacheNamespace: text(value, 'cacheNamespace') ?? at.resourceId,
    cacheKeyParameters:
      textsAt(scope, own(value, 'cacheKeyParameters'), `${at.place}.cacheKeyParameters`) ?? [],
    tlsConfig: tlsConfig && { insecureSkipVerification: own(tlsConfig, 'insecureSkipVerification') === true },
    responseTransferMode: text(value, 'responseTransferMode')?.toUpperCase(),
    integrationTarget: text(value, 'integrationTarget'),
    integrationResponses: responses,
  });
  const integration = keptIntegration(given);
  const fault = integrationFault(integration, { method, endpointTypes: scope.endpointTypes });
  if (fault !== undefined) scope.findings.errors.push(integrationNotPut(at, fault));
  return integration;
}

/** Seen: an object where a text belongs, such as `{"Fn::Sub": …}`, ends the import on the spot. */
function textOf(value: Json | undefined, { path }: MethodPlace): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') throw badRequest(malformedIntegration(path));
  return String(value);
}

function timeoutOf(value: Json | undefined): number {
  const given = numberOf(value ?? 29_000);
  return Number.isInteger(given) ? given : 0;
}

/** Recorded: what is no text is left out with a warning. */
function requestParametersOf(
  scope: ImportScope,
  value: Json | undefined,
  at: MethodPlace & { readonly place: string },
): Readonly<Record<string, string>> | undefined {
  const object = objectAt(scope, value, `${at.place}.requestParameters`);
  if (object === undefined) return undefined;
  const kept: (readonly [string, string])[] = [];
  for (const [name, source] of Object.entries(object)) {
    if (typeof source === 'string') kept.push([name, source]);
    else scope.findings.warnings.push(requestParameterNoText(name, at, stringifyJson(source)));
  }
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Recorded: an empty template reads back as null. */
function templatesOf(
  scope: ImportScope,
  value: Json | undefined,
  at: MethodPlace & { readonly place: string },
  name: string,
): Readonly<Record<string, string | null>> | undefined {
  const object = objectAt(scope, value, `${at.place}.${name}`);
  if (object === undefined || Object.keys(object).length === 0) return undefined;
  return Object.fromEntries(
    Object.entries(object).map(([type, template]) => [type, textOf(template, at) || null]),
  );
}

/** By status, in the order of the document; of two patterns with one status the later one stays (reference 1.2). */
function responsesOf(
  scope: ImportScope,
  value: Json | undefined,
  method: Method,
  at: MethodPlace & { readonly place: string },
): Readonly<Record<string, IntegrationResponse>> | undefined {
  const place = `${at.place}.responses`;
  const found = new Map<string, IntegrationResponse>();
  for (const [pattern, node] of membersAt(scope, value, place)) {
    const object = objectAt(scope, node, `${place}.${pattern}`);
    if (object === undefined) continue;
    const response = responseOf(scope, pattern, object, { ...at, place: `${place}.${pattern}` });
    const declared = method.methodResponses?.[response.statusCode];
    const fault = !/^[1-5]\d\d$/.test(response.statusCode)
      ? 'Invalid Response status code specified'
      : (responseMappingFault(
          response.responseParameters ?? {},
          declared === undefined ? undefined : (declared.responseParameters ?? {}),
        ) ?? templatesFault(response.responseTemplates));
    if (fault !== undefined) scope.findings.errors.push(integrationResponseNotPut(at, fault));
    found.delete(response.statusCode);
    found.set(response.statusCode, response);
  }
  return found.size > 0 ? Object.fromEntries(found) : undefined;
}

function responseOf(
  scope: ImportScope,
  pattern: string,
  object: JsonObject,
  at: MethodPlace & { readonly place: string },
): IntegrationResponse {
  const parameters = objectAt(scope, own(object, 'responseParameters'), `${at.place}.responseParameters`);
  const responseTemplates = templatesOf(scope, own(object, 'responseTemplates'), at, 'responseTemplates');
  return present({
    statusCode: textOf(own(object, 'statusCode'), at) ?? '',
    selectionPattern: pattern === 'default' ? undefined : pattern,
    responseParameters:
      parameters &&
      Object.fromEntries(
        Object.entries(parameters).map(([name, source]) => [name, textOf(source, at) ?? '']),
      ),
    responseTemplates,
    contentHandling: textOf(own(object, 'contentHandling'), at)?.toUpperCase(),
  });
}
