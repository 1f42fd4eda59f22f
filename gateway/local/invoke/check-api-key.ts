/**
 * API keys. A key counts through a usage plan that names the stage, and this gateway keeps no usage plans yet: no key
 * opens a method that asks for one (apigateway.md 10.2).
 */
import { GatewayFailure } from './failure.ts';
import type { CompiledMethod } from './model.ts';

/** @throws GatewayFailure INVALID_API_KEY where a key is required */
export function checkApiKey({ method }: CompiledMethod): void {
  if (method.apiKeyRequired) throw new GatewayFailure('INVALID_API_KEY');
}
