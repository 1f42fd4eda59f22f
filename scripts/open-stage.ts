/** A stage ready to be sent to: its connections, and the credentials that go with each request. */
import type { Credential } from '../contract-tests/credentials/credential.ts';
import { withCredentials } from '../contract-tests/credentials/with-credentials.ts';
import type { Mask } from '../contract-tests/mask.ts';
import { createTransport, type Transport } from '../contract-tests/transport.ts';
import type { RunCredentials } from './credentials.ts';
import type { Stage } from './stage.ts';

/** The stage's own connections. */
export function stageTransport(stage: Stage, connections: number): Transport {
  const { timeoutMs, proxy, tls } = stage;
  return createTransport({ connections, timeoutMs, proxy, ...(tls === undefined ? {} : { tls }) });
}

/** Connections to token endpoints: what is trusted is the same, but no certificate of the client is shown. */
export function tokenTransport({ timeoutMs, proxy, tls }: Stage): Transport {
  const { cert: _cert, key: _key, passphrase: _passphrase, ...trust } = tls ?? {};
  return createTransport({ connections: 4, timeoutMs, proxy, tls: trust });
}

/**
 * The transport with credentials in every request that needs them. The first ones are had here.
 *
 * @throws RehearsalError CREDENTIALS_UNAVAILABLE, HOOK_FAILED
 */
export function credentialed(transport: Transport, { live }: RunCredentials, mask: Mask): Promise<Transport> {
  return withCredentials(transport, live, credential => learn(mask, credential));
}

function learn(mask: Mask, credential: Credential): void {
  if (credential.kind === 'secret') mask.learn([], [credential.secret]);
  else if (credential.kind === 'headers') mask.learn(credential.headers, []);
}
