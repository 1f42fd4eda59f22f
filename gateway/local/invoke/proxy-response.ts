/** The answer of a back end that the client gets as it is, but for headers that are API Gateway's own (16.2). */
import type { IntegrationAnswer, Invocation, StageAnswer } from './model.ts';
import { acceptOf, mediaType, valuesOfHeader } from './multi-values.ts';
import { type Payload, responsePayload } from './payload.ts';
import { headerValue, proxiedName } from './response-headers.ts';

/** @throws GatewayFailure for a payload that cannot be converted */
export function proxyResponse(
  invocation: Invocation,
  contentHandling: string | undefined,
  answer: IntegrationAnswer,
): StageAnswer {
  const headers: string[] = [];
  for (const [name, values] of answer.headers) {
    const sent = proxiedName(name);
    if (sent !== undefined) for (const value of values) headers.push(sent, headerValue(value));
  }
  const type = valuesOfHeader(answer.headers, 'content-type')?.at(-1);
  if (type === undefined) headers.unshift('Content-Type', 'application/json');
  return { status: answer.status, headers, body: converted(invocation, type, contentHandling, answer.body) };
}

function converted(
  { release: { api }, request }: Invocation,
  type: string | undefined,
  contentHandling: string | undefined,
  body: Payload,
): Payload {
  // Without binary types nothing is converted, and bytes that are no text go through untouched.
  if (contentHandling === undefined && (api.restApi.binaryMediaTypes ?? []).length === 0) return body;
  const isBinary = type !== undefined && api.binary(mediaType(type));
  if (!isBinary && contentHandling === undefined) return body;
  return responsePayload(body, isBinary, api.binary(acceptOf(request.headers)), contentHandling);
}
