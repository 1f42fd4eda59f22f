/**
 * The local API Gateway as one value: its memory, its control plane, and the HTTP server both are reached by. It runs
 * only what the control plane was given and never sees where a document came from.
 */
import type { Server } from 'node:http';
import { answerControl, type ControlSettings } from './control/control-plane.ts';
import type { AccountIdentity } from './control/operation.ts';
import { createDataPlane } from './invoke/data-plane.ts';
import { createLogGroups } from './observe/log-groups.ts';
import { observe } from './observe/observation-paths.ts';
import { createStageObserver } from './observe/stage-observer.ts';
import { closeGatewayServer, createGatewayServer } from './server.ts';
import { chanceFrom } from './state/ids.ts';
import { openStore } from './state/store.ts';

export interface GatewayOptions {
  /** The file that keeps its state. Undefined: nothing is kept. */
  readonly file?: string | undefined;
  /** Makes ids and the canary's split repeatable. */
  readonly seed?: number | undefined;
  /** Default: 000000000000, us-east-1, aws. */
  readonly account?: Partial<AccountIdentity> | undefined;
  /**
   * Access key id to secret access key: requests to the control plane must be signed with one of these (Signature
   * Version 4). Undefined: signatures are accepted as they are, and none is needed.
   */
  readonly verifySignatures?: Readonly<Record<string, string>> | undefined;
  /** Epoch milliseconds; the system's clock unless told. */
  readonly clock?: (() => number) | undefined;
  /** The folder for access and execution logs, a file for each stage. Undefined: only the last lines are kept. */
  readonly logs?: string | undefined;
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
  const { seed, clock = Date.now, onFault = () => {} } = options;
  const account = { accountId: '000000000000', region: 'us-east-1', partition: 'aws', ...options.account };
  const logs = createLogGroups(options.logs, onFault);
  const observer = createStageObserver(logs);
  // Chances of its own, so that a canary's split depends on the requests alone and not on how many ids were made.
  const split = chanceFrom(seed === undefined ? undefined : ~seed);
  const stages = createDataPlane({ store, account, chance: split, clock, observer, onFault });
  const settings: ControlSettings = {
    store,
    account,
    now: () => Math.floor(clock() / 1000),
    chance: chanceFrom(seed),
    testMethod: stages.testMethod,
    signingKeys: options.verifySignatures,
  };
  const listener = createGatewayServer({
    control: request => answerControl(request, settings),
    stage: stages.answer,
    observe: (method, target) => observe(method, target, store, observer),
    onFault,
  });
  return {
    server: listener.server,
    setAside,
    close: async () => {
      await closeGatewayServer(listener);
      stages.close();
      await logs.close();
      store.close();
    },
  };
}
