/**
 * Which gateway response counts for a type: the one that was put for it, else what DEFAULT_4XX or DEFAULT_5XX was given,
 * else AWS's own (apigateway.md 5.2). Pure: the control plane lists with it and the stages answer with it.
 */
import type { GatewayResponse, Texts } from '../state/records.ts';
import { type ResponseType, responseKind } from './response-types.ts';

/** The template of every type that was given none. */
export const DEFAULT_TEMPLATES: Texts = {
  'application/json': '{"message":$context.error.messageString}',
};

/** @param put - the responses that were put, as they are kept */
export function effectiveResponse(put: readonly GatewayResponse[], type: ResponseType): GatewayResponse {
  const own = put.find(({ responseType }) => responseType === type);
  if (own !== undefined) return withStatus(own, type);
  const parent = parentOf(type);
  const inherited = parent && put.find(({ responseType }) => responseType === parent);
  return withStatus(
    {
      responseParameters: {},
      responseTemplates: DEFAULT_TEMPLATES,
      ...inherited,
      responseType: type,
      defaultResponse: true,
    },
    type,
  );
}

/** The type whose settings a type takes over while it has none of its own. */
function parentOf(type: ResponseType): ResponseType | undefined {
  const { status } = responseKind(type);
  if (status === undefined) return undefined;
  return status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
}

/** A response put without a status keeps the status of its type; the two defaults have none until they are given one. */
function withStatus(response: GatewayResponse, type: ResponseType): GatewayResponse {
  const { status } = responseKind(type);
  if (response.statusCode !== undefined || status === undefined) return response;
  return { ...response, statusCode: String(status) };
}
