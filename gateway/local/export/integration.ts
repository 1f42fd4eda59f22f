/** An integration as the extension of an operation: lower case, without what is at its default (reference 7). */
import { present } from '../control/members.ts';
import type { Integration, IntegrationResponse } from '../state/records.ts';
import type { Written } from './export-view.ts';

export function integrationExtension(integration: Integration, resourceId: string): Written {
  const { timeoutInMillis, cacheNamespace, cacheKeyParameters, connectionType, tlsConfig } = integration;
  const written = present({
    type: integration.type.toLowerCase(),
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    connectionType: connectionType === 'INTERNET' ? undefined : connectionType,
    connectionId: integration.connectionId,
    credentials: integration.credentials,
    responses: responsesOf(integration.integrationResponses),
    requestParameters: integration.requestParameters,
    requestTemplates: templatesOf(integration.requestTemplates),
    passthroughBehavior: integration.passthroughBehavior.toLowerCase(),
    contentHandling: integration.contentHandling,
    timeoutInMillis: timeoutInMillis === 29_000 ? undefined : timeoutInMillis,
    cacheNamespace: cacheNamespace === resourceId ? undefined : cacheNamespace,
    cacheKeyParameters: cacheKeyParameters.length > 0 ? cacheKeyParameters : undefined,
    tlsConfig: tlsConfig && present(tlsConfig),
    responseTransferMode: integration.responseTransferMode,
    integrationTarget: integration.integrationTarget,
  });
  return written as Written;
}

/** By pattern. Of two with one pattern the first answers, so the other says nothing. */
function responsesOf(
  responses: Readonly<Record<string, IntegrationResponse>> | undefined,
): Written | undefined {
  if (responses === undefined) return undefined;
  const written = new Map<string, Written>();
  for (const response of Object.values(responses)) {
    const pattern = response.selectionPattern || 'default';
    if (!written.has(pattern)) written.set(pattern, responseOf(response));
  }
  return written.size > 0 ? Object.fromEntries(written) : undefined;
}

function responseOf({
  statusCode,
  responseParameters,
  responseTemplates,
  contentHandling,
}: IntegrationResponse): Written {
  return present({
    statusCode,
    responseParameters,
    responseTemplates: templatesOf(responseTemplates),
    contentHandling,
  }) as Written;
}

/** An empty template is kept as null and written as the text it was. */
function templatesOf(templates: Readonly<Record<string, string | null>> | undefined): Written | undefined {
  return (
    templates &&
    Object.fromEntries(Object.entries(templates).map(([type, template]) => [type, template ?? '']))
  );
}
