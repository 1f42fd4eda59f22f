/**
 * `$context` of one request (apigateway.md 3.5): a map like any other to a template, whose values are made when somebody
 * first asks for them, since most requests ask for one or two of twenty.
 */
import { ValueFault } from '../../vtl/meter.ts';
import type { Value, ValueMap } from '../../vtl/values.ts';
import type { Invocation } from './model.ts';
import { rawHeader } from './multi-values.ts';

/** In the order in which the whole map prints. */
const VALUES: ReadonlyMap<Value, (invocation: Invocation) => Value | undefined> = new Map<
  Value,
  (invocation: Invocation) => Value | undefined
>([
  ['accountId', ({ account }) => account.accountId],
  ['apiId', ({ release }) => release.apiId],
  ['deploymentId', ({ release }) => release.deploymentId],
  ['domainName', ({ request }) => request.domainName],
  ['domainPrefix', ({ request }) => request.domainName.split('.')[0]],
  ['extendedRequestId', ({ extendedRequestId }) => extendedRequestId],
  ['httpMethod', ({ verb }) => verb],
  ['identity', identityOf],
  ['isCanaryRequest', ({ release }) => release.isCanary],
  ['path', ({ release, request }) => `/${release.stageName}${request.path}`],
  ['protocol', ({ request }) => `HTTP/${request.httpVersion}`],
  ['requestId', ({ requestId }) => requestId],
  ['requestTime', ({ receivedAt }) => requestTime(receivedAt)],
  ['requestTimeEpoch', ({ receivedAt }) => BigInt(receivedAt)],
  ['resourceId', ({ method }) => method?.resource.id],
  ['resourcePath', ({ method }) => method?.resource.path],
  ['stage', ({ release }) => release.stageName],
  ['requestOverride', newRequestOverride],
  ['responseOverride', newResponseOverride],
]);

/** Whoever asks for more than one value by its name gets the whole map made. */
export class RequestContext extends Map<Value, Value> {
  readonly #invocation: Invocation;
  #isWhole = false;

  constructor(invocation: Invocation) {
    super();
    this.#invocation = invocation;
  }

  /** True for a value that nobody has asked for, and so nobody changed. */
  isUntouched(name: string): boolean {
    return !this.#isWhole && !super.has(name);
  }

  override get(key: Value): Value | undefined {
    const known = super.get(key);
    if (known !== undefined || this.#isWhole) return known;
    const made = VALUES.get(key)?.(this.#invocation);
    if (made !== undefined) super.set(key, made);
    return made;
  }

  override get size(): number {
    this.#fill();
    return super.size;
  }

  override has(key: Value): boolean {
    this.#fill();
    return super.has(key);
  }

  override delete(key: Value): boolean {
    this.#fill();
    return super.delete(key);
  }

  override clear(): void {
    this.#isWhole = true;
    super.clear();
  }

  override entries(): MapIterator<[Value, Value]> {
    this.#fill();
    return super.entries();
  }

  override keys(): MapIterator<Value> {
    this.#fill();
    return super.keys();
  }

  override values(): MapIterator<Value> {
    this.#fill();
    return super.values();
  }

  override forEach(visit: (value: Value, key: Value, map: Map<Value, Value>) => void): void {
    this.#fill();
    super.forEach(visit);
  }

  override [Symbol.iterator](): MapIterator<[Value, Value]> {
    return this.entries();
  }

  #fill(): void {
    if (this.#isWhole) return;
    this.#isWhole = true;
    const known = new Map(super.entries());
    super.clear();
    for (const [name, make] of VALUES) {
      const value = known.get(name) ?? make(this.#invocation);
      if (value !== undefined) super.set(name, value);
    }
    for (const [name, value] of known) super.set(name, value);
  }
}

function identityOf({ request, method }: Invocation): ValueMap {
  const identity: ValueMap = new Map<Value, Value>([['sourceIp', request.sourceIp]]);
  const userAgent = rawHeader(request.headers, 'user-agent');
  const apiKey = method?.method.apiKeyRequired ? rawHeader(request.headers, 'x-api-key') : undefined;
  if (userAgent !== undefined) identity.set('userAgent', userAgent);
  if (apiKey !== undefined) identity.set('apiKey', apiKey);
  return identity;
}

function newRequestOverride(): ValueMap {
  return new Map<Value, Value>([
    ['header', new WrittenOnce()],
    ['path', new WrittenOnce()],
    ['querystring', new WrittenOnce()],
  ]);
}

function newResponseOverride(): ValueMap {
  const override = new WrittenOnce('status');
  override.set('header', new WrittenOnce());
  return override;
}

/** An override is final: AWS documents that one parameter cannot be overridden twice (3.6). */
class WrittenOnce extends Map<Value, Value> {
  /** Undefined for all. */
  readonly #only: string | undefined;

  constructor(only?: string) {
    super();
    this.#only = only;
  }

  override set(name: Value, value: Value): this {
    if ((this.#only === undefined || this.#only === name) && super.has(name)) {
      throw new ValueFault('the same parameter is overridden twice; set a variable, and override at the end');
    }
    return super.set(name, value);
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The last second that was written out: thousands of requests share one. */
let written = { second: Number.NaN, text: '' };

/** As in the common log format: `25/Nov/2026:13:57:15 +0000`. */
function requestTime(epoch: number): string {
  const second = Math.floor(epoch / 1000);
  if (second !== written.second) {
    const iso = new Date(epoch).toISOString();
    const text = `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
    written = { second, text };
  }
  return written.text;
}
