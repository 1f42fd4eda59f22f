/**
 * From the integration's answer to the client's: the integration response that its status selects, headers mapped, body
 * templated, then what templates have overridden (apigateway.md 2.1, 3.6, 3.7, 16.4).
 */

import { DEFAULT_LIMITS, Meter } from '../../vtl/meter.ts';
import { responseOverrides } from '../../vtl/variables/overrides.ts';
import { configurationError } from './failure.ts';
import { mappedValue } from './mapping-expression.ts';
import type {
  CompiledIntegration,
  CompiledResponse,
  IntegrationAnswer,
  Invocation,
  StageAnswer,
} from './model.ts';
import { acceptOf, mediaType, valuesOfHeader } from './multi-values.ts';
import { type Payload, responsePayload, textOf } from './payload.ts';
import { headerValue, isHeaderName, mappedName } from './response-headers.ts';
import { responseTemplate } from './template.ts';

/** @throws GatewayFailure */
export function integrationResponse(
  invocation: Invocation,
  integration: CompiledIntegration,
  answer: IntegrationAnswer,
): StageAnswer {
  const chosen = selected(integration, String(answer.status));
  if (!chosen.isDeclared) {
    throw configurationError(`Output mapping refers to an invalid method response: ${chosen.status}`);
  }
  const headers = mappedHeaders(invocation, chosen, answer);
  const body = methodBody(invocation, chosen, answer);
  if (invocation.context?.isUntouched('responseOverride') !== false)
    return { status: chosen.status, headers, body };
  const overrides = responseOverrides(invocation.context, new Meter(DEFAULT_LIMITS));
  return { status: overrides.status ?? chosen.status, headers: overridden(headers, overrides.header), body };
}

/** Each header that was written over takes the place of what mappings gave it (3.6). */
function overridden(headers: string[], overrides: ReadonlyMap<string, string>): string[] {
  let result = headers;
  for (const [name, value] of overrides) {
    const sent = mappedName(name);
    if (sent === undefined || !isHeaderName(sent)) continue;
    const lower = sent.toLowerCase();
    const before = result;
    result = before.filter((_text, index) => before[index - (index % 2)]?.toLowerCase() !== lower);
    result.push(sent, headerValue(value));
  }
  return result;
}

/** The first whose pattern matches, in the order in which they were put; else the one without a pattern. */
function selected({ responses, chosen }: CompiledIntegration, text: string): CompiledResponse {
  let response = chosen.get(text);
  if (response === undefined) {
    response =
      responses.find(({ selects }) => selects?.(text)) ??
      responses.find(({ selects }) => selects === undefined);
    if (response === undefined) {
      throw configurationError(
        `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${text}`,
      );
    }
    // Statuses are few, but a mock may be told any integer by its client.
    if (chosen.size < 1000) chosen.set(text, response);
  }
  return response;
}

function mappedHeaders(
  invocation: Invocation,
  { headers }: CompiledResponse,
  answer: IntegrationAnswer,
): string[] {
  const mapped = ['Content-Type', 'application/json'];
  for (const { name, from } of headers) {
    const value = mappedValue(from, invocation, {
      headers: answer.headers,
      body: () => textOf(answer.body),
    });
    if (value === undefined) continue;
    const sent = mappedName(name);
    if (sent === undefined || !isHeaderName(sent)) continue;
    if (sent.toLowerCase() === 'content-type') mapped[1] = headerValue(String(value));
    else if (typeof value === 'string') mapped.push(sent, headerValue(value));
    else for (const one of value) mapped.push(sent, headerValue(one));
  }
  return mapped;
}

function methodBody(
  invocation: Invocation,
  { templates, contentHandling }: CompiledResponse,
  answer: IntegrationAnswer,
): Payload {
  const { binary } = invocation.release.api;
  const accept = acceptOf(invocation.request.headers);
  const type = valuesOfHeader(answer.headers, 'content-type')?.at(-1);
  const isBinary = type !== undefined && binary(mediaType(type));
  const payload = responsePayload(answer.body, isBinary, binary(accept), contentHandling);
  const template = responseTemplate(templates, accept);
  if (template === 'pass') return payload;
  // A mock has no payload, so what is handled as bytes can only be what its template makes.
  if (answer.body.length === 0) {
    const made = template.render(invocation, '');
    return contentHandling === 'CONVERT_TO_BINARY'
      ? responsePayload(made, false, true, contentHandling)
      : made;
  }
  if (typeof payload !== 'string') throw configurationError('Unable to transform response');
  return template.render(invocation, payload);
}
