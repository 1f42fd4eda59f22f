/**
 * Who is at work on a stage, written where everybody looks who may change it: a tag of its API with an owner and a time
 * at which it no longer counts. It keeps nobody out who does not ask. AWS has no way to write a tag only if it is
 * not there, so of two that take a stage at once the later one has it, and the other is told before its next change.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging.html
 */
import { RehearsalError } from '../../../contract/errors.ts';
import { askPlane } from '../ask-plane.ts';
import type { StageAddress } from './operations.ts';

export interface LockOptions {
  /** Who takes it, as others are told: `ann@build-7`. */
  readonly owner: string;
  /** Tells this run from others of the same owner. */
  readonly run: string;
  /** Epoch milliseconds, the same for all who ask: the control plane's own clock. */
  readonly now: () => number;
  /** How long it holds without being renewed. Default: a quarter of an hour. */
  readonly ttlMs?: number;
  /** Takes a lock that still counts. */
  readonly takeOver?: boolean;
}

export interface Lock {
  /** Whose lock was taken over, in words; undefined when there was none. */
  readonly takenFrom: string | undefined;
  /**
   * Asked before each change: still ours? It then holds for the whole time again.
   *
   * @throws RehearsalError CANARY_LOCKED
   */
  readonly renew: () => Promise<void>;
  /** Gives it up, unless somebody else has it. */
  readonly release: () => Promise<void>;
}

export interface Holder {
  readonly owner: string;
  readonly run: string;
  /** ISO 8601, in UTC and whole seconds. */
  readonly until: string;
}

const TTL_MS = 900_000;
/** A stage's name has at most 128 characters, as many as the key of a tag. */
const KEY = 'rehearsal/';

/**
 * Takes the lock of a stage.
 *
 * @throws RehearsalError CANARY_LOCKED
 */
export async function takeLock(stage: StageAddress, options: LockOptions): Promise<Lock> {
  const { owner, run, now, ttlMs = TTL_MS } = options;
  const write = async (): Promise<void> => {
    const until = `${new Date(now() + ttlMs).toISOString().slice(0, 19)}Z`;
    const tags = { [keyOf(stage)]: holderText({ owner, run, until }) };
    const resourceArn = await arnOf(stage);
    await askPlane('TagResource', () => stage.plane.tagResource({ resourceArn, tags }));
  };
  const found = await readHolder(stage);
  const counts = found !== undefined && found.run !== run && Date.parse(found.until) > now();
  if (found !== undefined && counts && options.takeOver !== true) throw locked(stage, found);
  await write();
  const renew = async (): Promise<void> => {
    const holder = await readHolder(stage);
    if (holder !== undefined && holder.run !== run) throw locked(stage, holder);
    await write();
  };
  // Somebody may have looked at the same time.
  const again = await readHolder(stage);
  if (again !== undefined && again.run !== run) throw locked(stage, again);
  return {
    takenFrom: found === undefined || found.run === run ? undefined : inWords(found, counts),
    renew,
    release: async () => {
      if ((await readHolder(stage))?.run !== run) return;
      const tagKeys = [keyOf(stage)];
      const resourceArn = await arnOf(stage);
      await askPlane('UntagResource', () => stage.plane.untagResource({ resourceArn, tagKeys }));
    },
  };
}

/** Who holds a stage, whether or not that still counts. */
export async function readHolder(stage: StageAddress): Promise<Holder | undefined> {
  const resourceArn = await arnOf(stage);
  const { tags } = await askPlane('GetTags', () => stage.plane.getTags({ resourceArn }));
  return holderOf(tags?.[keyOf(stage)] ?? '');
}

function inWords({ owner, until }: Holder, counts: boolean): string {
  return counts ? `${owner}, who has it until ${until}` : `${owner}, who had it until ${until}`;
}

function locked({ stageName }: StageAddress, { owner, until }: Holder): RehearsalError {
  return new RehearsalError('CANARY_LOCKED', { stage: stageName, owner, until });
}

function keyOf({ stageName }: StageAddress): string {
  return `${KEY}${stageName}`.slice(0, 128);
}

function holderText({ owner, run, until }: Holder): string {
  // What a tag may hold: letters, digits, blanks and + - = . _ : / @
  const name = owner.replace(/[^\p{L}\p{N}+\-=._:/@]/gu, '-').slice(0, 150);
  return `owner=${name} run=${run} until=${until}`;
}

function holderOf(text: string): Holder | undefined {
  const [, owner = '', run = '', until = ''] = /^owner=(\S*) run=(\S+) until=(\S+)$/.exec(text) ?? [];
  return Number.isNaN(Date.parse(until)) ? undefined : { owner, run, until };
}

/** As AWS's tags know an API; its partition is that of the endpoint. */
async function arnOf({ plane, apiId }: StageAddress): Promise<string> {
  const region = await plane.config.region();
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:apigateway:${region}::/restapis/${apiId}`;
}
