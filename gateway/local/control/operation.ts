/**
 * What an operation of the control plane is: AWS's name for it, where it is reached, and a function from a call to the
 * body of the answer. An operation is synchronous and runs in one transaction, so it is done as a whole or not at all.
 */
import type { Json } from '../../../contract/json/value.ts';
import type { Chance } from '../state/ids.ts';
import type { Snapshot } from '../state/records.ts';
import type { Store } from '../state/store.ts';

export interface Operation {
  /** As in the service model: `CreateRestApi`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/restapis/{restapi_id}`; parameters as the service model calls them. */
  readonly path: string;
  /** Query values that tell this operation from another of the same method and path: `{ mode: 'import' }`. */
  readonly query?: Readonly<Record<string, string>>;
  /** The status of success. */
  readonly status: 200 | 201 | 202 | 204;
  /** `bytes` for a body that is a document, not JSON of the service model. */
  readonly body?: 'json' | 'bytes';
  /** Throws {@link AwsError}. */
  readonly answer: (call: Call) => Answer;
}

/** JSON to send, nothing (204, and deletions), bytes with headers of their own, or JSON that a back end is waited for. */
export type Answer =
  | undefined
  | Body
  | { readonly raw: Uint8Array; readonly headers: Readonly<Record<string, string>> }
  | { readonly later: Promise<Body> };

/** Members of an answer as they travel. */
export type Body = { readonly [key: string]: unknown };

export interface Call {
  readonly account: AccountIdentity;
  readonly store: Store;
  /** Parameters of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body as JSON: an object, empty for no body. */
  readonly input: Readonly<Record<string, Json>>;
  /** The body as it came. */
  readonly bytes: Uint8Array;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch seconds. */
  readonly now: () => number;
  readonly chance: Chance;
  /** The data plane's, for TestInvokeMethod. Undefined where there is none. */
  readonly testMethod?: TestMethod | undefined;
}

/** Runs a method of a working copy. What it resolves to is the operation's answer. */
export type TestMethod = (snapshot: Snapshot, request: MethodTest) => Promise<Body>;

/** A request that is made up to try a method. */
export interface MethodTest {
  readonly resourceId: string;
  readonly verb: string;
  readonly pathWithQueryString: string | undefined;
  readonly body: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** Whose gateway this is; the ARNs and URLs it writes are made of it. */
export interface AccountIdentity {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}
