/** Every provider of stages. A new one is a file beside this one and a line here. */
import { RehearsalError } from '../../contract/errors.ts';
import { awsProvider } from './aws.ts';
import { localProvider } from './local.ts';
import type { StageProvider } from './provider.ts';
import type { Capability, ProviderName } from './stage.ts';
import { urlProvider } from './url.ts';

export const PROVIDERS: readonly StageProvider[] = [urlProvider, localProvider, awsProvider];

/** @param name - one of the list, as the configuration's schema sees to */
export function providerOf(name: ProviderName): StageProvider {
  return PROVIDERS.find(provider => provider.name === name) ?? urlProvider;
}

/** What each capability is in a sentence about what cannot be done. */
const CANNOT: Readonly<Record<Capability, string>> = {
  send: 'be sent requests',
  deploy: 'be deployed to',
  canary: 'have a canary',
  logs: 'be asked for its logs',
};

/**
 * Asks before something is done with a stage.
 *
 * @throws RehearsalError STAGE_CANNOT, with the providers that could
 */
export function requireCapability(stage: string, provider: StageProvider, wanted: Capability): void {
  if (provider.can.includes(wanted)) return;
  throw new RehearsalError('STAGE_CANNOT', {
    stage,
    provider: provider.name,
    cannot: CANNOT[wanted],
    providers: PROVIDERS.filter(({ can }) => can.includes(wanted))
      .map(({ name }) => name)
      .join(' or '),
  });
}
