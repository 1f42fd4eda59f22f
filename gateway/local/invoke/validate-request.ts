/** Request validation: parameters first, then the body; the first of the two that fails ends it (apigateway.md 4). */
import { complain } from './execution-log.ts';
import { GatewayFailure } from './failure.ts';
import { requestTypeOf } from './invocation.ts';
import { requestValue } from './mapping-expression.ts';
import type { CompiledMethod, Invocation } from './model.ts';
import { textOf } from './payload.ts';

/** @throws GatewayFailure BAD_REQUEST_PARAMETERS, BAD_REQUEST_BODY */
export function validateRequest(invocation: Invocation, method: CompiledMethod): void {
  validateParameters(invocation, method);
  validateBody(invocation, method);
}

/** There, and not blank; what a value looks like is never asked. */
function validateParameters(invocation: Invocation, { requiredParameters }: CompiledMethod): void {
  if (requiredParameters.length === 0) return;
  const missing = requiredParameters.filter(({ place, name }) => {
    const value = requestValue(invocation, place, name, false);
    return typeof value !== 'string' || value.trim() === '';
  });
  if (missing.length === 0) return;
  throw new GatewayFailure('BAD_REQUEST_PARAMETERS', {
    message: `Missing required request parameters: [${missing.map(({ name }) => name).join(', ')}]`,
  });
}

/** By the model for the media type; a type without one is for the passthrough behavior to judge. */
function validateBody(invocation: Invocation, { bodyModels }: CompiledMethod): void {
  if (bodyModels === undefined) return;
  const type = requestTypeOf(invocation);
  const check = bodyModels.get(type) ?? bodyModels.get('$default');
  if (check === undefined) return;
  // AWS would hold the body against these as well, or would have refused the model.
  if (invocation.log !== undefined)
    for (const part of check.unchecked())
      complain(invocation.log, `Request body is not held against all of its model: ${part}`);
  const validation = check.validate(textOf(invocation.request.body));
  if (validation === undefined) return;
  complain(
    invocation.log,
    `Request body does not match model schema for content type ${type}: [${validation.join(', ')}]`,
  );
  throw new GatewayFailure('BAD_REQUEST_BODY', { validation });
}
