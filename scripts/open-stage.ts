/** A stage ready to be sent to: its connections, its pace, and the credentials that go with each request. */
import type { Credential } from '../contract-tests/credentials/credential.ts';
import { type FillRequest, requestFiller } from '../contract-tests/credentials/filled-request.ts';
import { withCredentials } from '../contract-tests/credentials/with-credentials.ts';
import type { Mask } from '../contract-tests/mask.ts';
import { withPace } from '../contract-tests/pace.ts';
import { createTransport, type Sent, type Transport } from '../contract-tests/transport.ts';
import { withWitness } from '../contract-tests/witness.ts';
import type { Output } from './command.ts';
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

export interface OpenStage {
  readonly transport: Transport;
  /** For requests that go another way. */
  readonly filled: FillRequest;
  /** Says on standard error what the stage made the run wait. */
  readonly tellWaits: (stderr: Output) => void;
}

export interface StageUse {
  readonly credentials: RunCredentials;
  readonly mask: Mask;
  readonly signal: AbortSignal;
  /** Hears of all that is sent and answered, also of what nobody above asked for. */
  readonly noted?: ((sent: Sent) => void) | undefined;
}

/**
 * The stage's connections with all that a run needs round them: its pace, credentials in every request that asks for
 * them, and a witness that tells a refused request from a stage that is gone. The first credentials are had here.
 *
 * @throws RehearsalError CREDENTIALS_UNAVAILABLE, HOOK_FAILED
 */
export async function openStage(
  connections: Transport,
  { rate, headers }: Stage,
  { credentials, mask, signal, noted }: StageUse,
): Promise<OpenStage> {
  const pace = withPace(noted === undefined ? connections : telling(connections, noted), {
    signal,
    ...(rate === undefined ? {} : { rate }),
  });
  const credentialed = await withCredentials(pace, credentials.live, credential => learn(mask, credential));
  const transport = withWitness(credentialed, { signal, credentials: shownIn(credentials, headers) });
  return {
    transport,
    filled: requestFiller(credentials.live, credential => learn(mask, credential)),
    tellWaits: stderr => {
      const { again, waitedMs } = pace.told();
      const times = `${again} request${again === 1 ? ' was' : 's were'} sent again`;
      if (again > 0)
        stderr.write(
          `note: the stage limits requests: ${times}, after waits of ${(waitedMs / 1000).toFixed(1)} s in all.\n`,
        );
    },
  };
}

function telling(connections: Transport, noted: (sent: Sent) => void): Transport {
  return {
    ...connections,
    send: async (baseUrl, request) => {
      const sent = await connections.send(baseUrl, request);
      noted(sent);
      return sent;
    },
  };
}

/** What in a request shows that it carries credentials. */
function shownIn({ planned }: RunCredentials, headers: Stage['headers']): readonly string[] {
  const given = headers.filter(([name]) => /authorization|cookie|key|token/i.test(name));
  return [
    ...[...planned.values()].flatMap(secret =>
      secret.includes(':') ? [secret, Buffer.from(secret, 'utf8').toString('base64')] : [secret],
    ),
    ...given.map(([, value]) => value),
  ];
}

function learn(mask: Mask, credential: Credential): void {
  if (credential.kind === 'secret') mask.learn([], [credential.secret]);
  else if (credential.kind === 'headers') mask.learn(credential.headers, []);
}
