/**
 * What a stage of the configuration says of the document that is made for it. Where it says nothing, a stage on this
 * machine has mocks everywhere, and any other what the document says.
 */
import type { AuthorizerChoices } from './document/authorizer-choice.ts';
import type { GatewayDocumentOptions } from './document/gateway-document.ts';
import type { IntegrationChoice, IntegrationChoices } from './integration/integration-choice.ts';

export interface GatewayStageSettings {
  /**
   * What answers; `document`: the document's own integrations, and mocks where it has none. Default: `mock` for a local
   * stage, `document` for others.
   */
  readonly integration?: 'document' | IntegrationChoice;
  /** The back end of integrations that name none. Default: `https://${stageVariables.backend}`, and the function `${stageVariables.function}`. */
  readonly backend?: string;
  /** What answers some operations otherwise. */
  readonly integrations?: Omit<IntegrationChoices, 'all' | 'backend'>;
  /** Who lets callers in, by security scheme. Default: what the document says, and nobody where all are mocks. */
  readonly authorizers?: AuthorizerChoices;
}

/**
 * Options for the document of a stage.
 *
 * @param provider - what opens the stage: `local`, `aws`
 * @example
 * ```ts
 * import { stageOptions } from './gateway/stage-settings.ts';
 *
 * console.log(stageOptions('local', {}).integrations); // { all: 'mock' }
 * ```
 */
export function stageOptions(
  provider: string,
  settings: GatewayStageSettings,
): Pick<GatewayDocumentOptions, 'integrations' | 'authorizers' | 'security'> {
  const { backend, integrations = {}, authorizers } = settings;
  const all = wholeChoice(provider, settings);
  return {
    integrations: {
      ...(all === undefined ? {} : { all }),
      ...(backend === undefined ? {} : { backend }),
      ...integrations,
    },
    ...(authorizers === undefined ? {} : { authorizers }),
    // Mocks have nothing to guard.
    ...(isAllMocks(provider, settings) && authorizers === undefined ? { security: false } : {}),
  };
}

/** True for a stage on which every operation is answered by a mock of ours. */
export function isAllMocks(provider: string, settings: GatewayStageSettings): boolean {
  const { tags = {}, operations = {} } = settings.integrations ?? {};
  const choices = [wholeChoice(provider, settings), ...Object.values(tags), ...Object.values(operations)];
  return choices.every(choice => (typeof choice === 'object' ? choice.type : choice) === 'mock');
}

function wholeChoice(
  provider: string,
  { integration = provider === 'local' ? 'mock' : 'document' }: GatewayStageSettings,
): IntegrationChoice | undefined {
  return integration === 'document' ? undefined : integration;
}
