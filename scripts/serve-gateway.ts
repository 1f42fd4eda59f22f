/** The local API Gateway behind an address: what `gateway`, and whoever needs a local stage, have in common. */
import { createGateway } from '../gateway/local/gateway.ts';
import type { CommandContext } from './command.ts';
import { listenError, ownOrigin } from './serve-mocks.ts';
import { limitYoungObjects } from './young-objects.ts';

export interface GatewayPlaces {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly region: string;
  readonly seed: number | undefined;
  /** A file, or undefined to keep nothing. */
  readonly store: string | undefined;
  /** A folder, or undefined for the last lines only. */
  readonly logs: string | undefined;
  /** Access key id to secret access key. */
  readonly verifySignatures?: Readonly<Record<string, string>>;
  /** Whether the process goes on for it alone. Default: true. */
  readonly keepsProcess?: boolean;
}

export interface ServedGateway extends Pick<GatewayPlaces, 'region' | 'store' | 'logs'> {
  /** What an SDK takes as its endpoint: `http://127.0.0.1:4567`. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the gateway.
 *
 * @throws RehearsalError PORT_BUSY, HOST_UNUSABLE, GATEWAY_STORE_IN_USE, GATEWAY_STORE_NEWER, GATEWAY_STORE_FOREIGN,
 * GATEWAY_STORE_UNUSABLE
 */
export async function serveGateway(
  { host, port, region, seed, store, logs, verifySignatures, keepsProcess = true }: GatewayPlaces,
  context: CommandContext,
): Promise<ServedGateway> {
  limitYoungObjects();
  const gateway = createGateway({
    file: store,
    logs,
    seed,
    verifySignatures,
    account: { region },
    onFault: error => context.stderr.write(`${error.stack ?? error.message}\n`),
  });
  if (gateway.setAside !== undefined) {
    context.stderr.write(
      `warning: ${store} is damaged. It was moved to ${gateway.setAside}, and a new one begun.\n`,
    );
  }
  try {
    await new Promise<void>((done, fail) => {
      gateway.server.once('error', fail);
      gateway.server.listen(port, host, done);
    });
  } catch (error) {
    await gateway.close();
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  if (!keepsProcess) gateway.server.unref();
  return { endpoint: ownOrigin(gateway.server, host, false), region, store, logs, close: gateway.close };
}
