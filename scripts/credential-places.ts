/** Where the secrets that a person gave stand in requests, so that they are masked there however short they are. */
import type { CredentialPlace } from '../contract-tests/mask.ts';
import type { NamedContract } from './command.ts';

/** @param credentials - secrets by the name of their security scheme */
export function credentialPlaces(
  contracts: readonly NamedContract[],
  credentials: ReadonlyMap<string, string>,
): readonly CredentialPlace[] {
  return contracts.flatMap(({ contract }) =>
    [...contract.securitySchemes]
      .filter(([name]) => credentials.has(name))
      .flatMap(([, scheme]): readonly CredentialPlace[] => {
        if (scheme.kind === 'mutualTLS') return [];
        return scheme.kind === 'apiKey'
          ? [{ in: scheme.in, name: scheme.parameter }]
          : [{ in: 'header', name: 'Authorization' }];
      }),
  );
}
