/**
 * What newman cannot send or see, in one list: whatever of a contract is asked by `rehearsal test` and not by a collection
 * has its name here. Tests hold the two against each other and allow no other difference.
 */

export interface Limit {
  /** `send`: there is no item for it, or none is run. `check`: it is sent, and what came back shows less. */
  readonly cannot: 'send' | 'check';
  /** Of an item or an answer, as the end of a sentence that begins with its case. */
  readonly reason: string;
  /** Why that is so, for the documentation. */
  readonly because: string;
}

export type LimitName = 'bytes' | 'byte-order-mark' | 'variable' | 'header-bytes' | 'framing' | 'dropped';

/** By name, in the order of the documentation. */
export const LIMITS: Readonly<Record<LimitName, Limit>> = {
  bytes: {
    cannot: 'send',
    reason: 'its body is no text',
    because:
      'A collection is JSON, and bodies in it are texts; from files newman would send them, but files get lost.',
  },
  'byte-order-mark': {
    cannot: 'send',
    reason: 'its body begins with a byte order mark',
    because: 'Newman leaves the mark out.',
  },
  variable: {
    cannot: 'send',
    reason: 'it holds what Postman takes for a variable',
    because: 'Postman replaces `{{…}}` wherever it stands, and there is no way to write it otherwise.',
  },
  'header-bytes': {
    cannot: 'send',
    reason: 'a header holds other than ASCII',
    because: 'Newman writes header values in another encoding than they have.',
  },
  framing: {
    cannot: 'check',
    reason: 'newman does not show how an answer is wrong about its own length',
    because: 'Such an answer is an error to newman, so its case is unanswered and the run could not judge.',
  },
  dropped: {
    cannot: 'check',
    reason: 'newman does not ask again when nothing came',
    because:
      'A server that drops one request and answers others breaks its contract; newman sees an error, so the case is unanswered.',
  },
};
