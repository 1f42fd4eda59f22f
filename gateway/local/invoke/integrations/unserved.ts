/** Integrations this gateway cannot run yet. They fail as one that is configured wrongly, and the log says why. */
import { configurationError } from '../failure.ts';
import type { CompiledIntegration, IntegrationAnswer, Invocation } from '../model.ts';

export function runUnserved(
  _invocation: Invocation,
  { integration }: CompiledIntegration,
): IntegrationAnswer {
  throw configurationError(`The local gateway does not serve integrations of type ${integration.type}`);
}
