/**
 * The local API Gateway as one value: its memory, its control plane, and the HTTP server both are reached by. It runs
 * only what the control plane was given and never sees where a document came from.
 */
import type { Server } from 'node:http';
import { answerControl, type ControlSettings } from './control/control-plane.ts';
import type { AccountIdentity } from './control/operation.ts';
import { createGatewayServer } from './server.ts';
import { chanceFrom } from './state/ids.ts';
import { openStore } from './state/store.ts';

export interface GatewayOptions {
  /** The file that keeps its state. Undefined: nothing is kept. */
  readonly file?: string | undefined;
  /** Makes ids and the canary's split repeatable. */
  readonly seed?: number | undefined;
  /** Default: 000000000000, us-east-1, aws. */
  readonly account?: Partial<AccountIdentity> | undefined;
  /** Epoch milliseconds; the system's clock unless told. */
  readonly clock?: (() => number) | undefined;
  /** Hears of faults of our own, which are answered with 500. */
  readonly onFault?: ((error: Error) => void) | undefined;
}

export interface Gateway {
  /** Does not listen yet. */
  readonly server: Server;
  /** Where a damaged file of state was moved to, if there was one. */
  readonly setAside: string | undefined;
  /** Lets answers under way end, then closes the server and the file. */
  readonly close: () => Promise<void>;
}

/**
 * A gateway that does not listen yet.
 *
 * @throws RehearsalError GATEWAY_STORE_IN_USE, GATEWAY_STORE_NEWER, GATEWAY_STORE_FOREIGN, GATEWAY_STORE_UNUSABLE
 * @example
 * ```ts
 * import { createGateway } from './gateway/local/gateway.ts';
 *
 * const gateway = createGateway({ seed: 1 });
 * gateway.server.listen(0, '127.0.0.1');
 * await gateway.close();
 * ```
 */
export function createGateway(options: GatewayOptions = {}): Gateway {
  const { store, setAside } = openStore(options.file);
  const clock = options.clock ?? Date.now;
  const settings: ControlSettings = {
    store,
    account: { accountId: '000000000000', region: 'us-east-1', partition: 'aws', ...options.account },
    now: () => Math.floor(clock() / 1000),
    chance: chanceFrom(options.seed),
  };
  const server = createGatewayServer({
    control: request => answerControl(request, settings),
    onFault: options.onFault ?? (() => {}),
  });
  return {
    server,
    setAside,
    close: async () => {
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      store.close();
    },
  };
}
