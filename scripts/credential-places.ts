/** Where secrets stand in requests, so that they are masked there however short they are. */
import type { CredentialPlace } from '../contract-tests/mask.ts';
import type { NamedContract } from './command.ts';

/** @param schemes - the names of the security schemes that have credentials. Default: all of them */
export function credentialPlaces(
  contracts: readonly NamedContract[],
  schemes?: ReadonlySet<string>,
): readonly CredentialPlace[] {
  return contracts.flatMap(({ contract }) =>
    [...contract.securitySchemes]
      .filter(([name]) => schemes === undefined || schemes.has(name))
      .flatMap(([, scheme]): readonly CredentialPlace[] => {
        if (scheme.kind === 'mutualTLS') return [];
        return scheme.kind === 'apiKey'
          ? [{ in: scheme.in, name: scheme.parameter }]
          : [{ in: 'header', name: 'Authorization' }];
      }),
  );
}
