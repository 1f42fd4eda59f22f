/** The body of the integration request: the method's, or what the template for its media type makes of it (2.2). */
import { configurationError } from './failure.ts';
import { requestTypeOf } from './invocation.ts';
import type { CompiledIntegration, Invocation } from './model.ts';
import { type Payload, requestPayload } from './payload.ts';
import { requestTemplate } from './template.ts';

/** @throws GatewayFailure */
export function integrationBody(
  invocation: Invocation,
  { integration, requestTemplates }: CompiledIntegration,
): Payload {
  const { request, release } = invocation;
  const type = requestTypeOf(invocation);
  const template = requestTemplate(requestTemplates, type, integration.passthroughBehavior);
  const payload = requestPayload(request.body, release.api.binary(type), integration.contentHandling);
  if (template === 'pass') return payload;
  // A template reads text; bytes want CONVERT_TO_TEXT before it (16.5).
  if (typeof payload !== 'string') throw configurationError('Unable to transform request');
  return template.render(invocation, payload);
}
