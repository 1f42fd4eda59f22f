/** For tests of the control plane: an account in memory, asked as a client asks it. */
import { openStore, type Store } from '../state/store.ts';
import { answerControl } from './control-plane.ts';

export interface Control {
  readonly store: Store;
  /** @returns status and body, and of a refusal its type too */
  readonly ask: (method: string, target: string, input?: unknown) => Asked;
  /** An API with one mock method on `/`, by its id. */
  readonly api: () => string;
}

export interface Asked {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read into whatever came back
  readonly body: any;
  readonly type: string | undefined;
}

export function control(): Control {
  const { store } = openStore(undefined);
  let seconds = 1_700_000_000;
  let number = 0;
  const settings = {
    store,
    account: { accountId: '000000000000', region: 'us-east-1', partition: 'aws' },
    now: () => seconds++,
    chance: () => (number = (number + 0.137) % 1),
  };
  const ask: Control['ask'] = (method, target, input) => {
    const body = input === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(input));
    const answer = answerControl({ method, target, headers: {}, body }, settings);
    const text = Buffer.from(answer.body).toString();
    return {
      status: answer.status,
      body: text === '' ? undefined : JSON.parse(text),
      type: answer.headers['x-amzn-ErrorType'],
    };
  };
  const api = (): string => {
    const { id, rootResourceId } = ask('POST', '/restapis', { name: 'pets' }).body;
    store.put('resource', id, rootResourceId, {
      id: rootResourceId,
      path: '/',
      resourceMethods: {
        GET: {
          httpMethod: 'GET',
          authorizationType: 'NONE',
          apiKeyRequired: false,
          methodIntegration: {
            type: 'MOCK',
            passthroughBehavior: 'WHEN_NO_MATCH',
            timeoutInMillis: 29000,
            cacheNamespace: rootResourceId,
            cacheKeyParameters: [],
          },
        },
      },
    });
    return id;
  };
  return { store, ask, api };
}
