/** Gathers what newman tells of an item piece by piece. Knows nothing of cases. */
import type {
  NewmanEmitter,
  NewmanError,
  NewmanItem,
  NewmanRequest,
  NewmanResponse,
} from './newman-types.ts';

export interface ItemResult {
  readonly item: NewmanItem;
  /** As it was sent, with its variables filled in; undefined when a script kept it from being sent. */
  readonly request: NewmanRequest | undefined;
  readonly response: NewmanResponse | undefined;
  /** Why there is no response. */
  readonly error: NewmanError | undefined;
  readonly assertions: readonly Assertion[];
  /** Messages of scripts that broke. */
  readonly broken: readonly string[];
}

export interface Assertion {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly message: string | undefined;
}

/** @param finished - told each item when newman is through with it, in the order in which they run */
export function gatherItems(newman: NewmanEmitter, finished: (result: ItemResult) => void): void {
  let item: NewmanItem | undefined;
  let sent: Pick<ItemResult, 'request' | 'response' | 'error'> = NOTHING_SENT;
  let assertions: Assertion[] = [];
  let broken: string[] = [];
  newman.on('beforeItem', (_error, told) => {
    item = told.item;
    sent = NOTHING_SENT;
    assertions = [];
    broken = [];
  });
  newman.on('request', (error, told) => {
    // What a script sends by itself is told of in the same way.
    if (told.item.id !== item?.id) return;
    sent = { request: told.request, response: told.response, error: error ?? undefined };
  });
  newman.on('assertion', (error, { assertion, skipped }) => {
    const state = skipped === true ? 'skipped' : error ? 'failed' : 'passed';
    assertions.push({ name: assertion, state, message: error?.message });
  });
  newman.on('script', error => {
    if (error) broken.push(error.message);
  });
  newman.on('item', (_error, told) => finished({ item: told.item, ...sent, assertions, broken }));
}

const NOTHING_SENT: Pick<ItemResult, 'request' | 'response' | 'error'> = {
  request: undefined,
  response: undefined,
  error: undefined,
};
