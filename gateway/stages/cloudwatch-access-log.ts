/**
 * The access log of a stage at AWS, in a group of CloudWatch Logs. The client is an optional peer, loaded when the first log
 * is read. Lines come late there and in no order, so the last minutes are asked for again and what is known is left out.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { RehearsalError } from '../../contract/errors.ts';
import { askPlane } from './ask-plane.ts';
import type { AccessLogReader } from './stage.ts';

export interface CloudWatchPlace {
  /** Of the stage's access log. */
  readonly destinationArn: string;
  readonly region: string;
  readonly profile?: string | undefined;
  /** Undefined: AWS's own. */
  readonly endpoint?: string | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

export interface CloudWatchLog {
  readonly read: AccessLogReader;
  readonly close: () => void;
}

/** How late a line may come. */
const LATE_MS = 120_000;
/** Pages of one reading: 10,000 lines each. More are lost, and said. */
const PAGES = 10;

/**
 * What is logged from now on.
 *
 * @param now - epoch milliseconds
 * @returns undefined for a log that is kept elsewhere, as in a stream of Firehose
 * @throws RehearsalError LOG_CLIENT_MISSING
 */
export async function cloudWatchAccessLog(
  place: CloudWatchPlace,
  now: () => number,
): Promise<CloudWatchLog | undefined> {
  const logGroupName = groupOf(place.destinationArn);
  if (logGroupName === undefined) return undefined;
  const client = await clientOf(place);
  const began = now();
  /** By the ids of the events, with their times. */
  const known = new Map<string, number>();
  const read: AccessLogReader = async () => {
    const startTime = Math.max(began, now() - LATE_MS);
    for (const [id, timestamp] of known) if (timestamp < startTime - LATE_MS) known.delete(id);
    const lines: string[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const from = nextToken === undefined ? {} : { nextToken };
      const answer = await askPlane('FilterLogEvents', () =>
        client.filterLogEvents({ logGroupName, startTime, limit: 10_000, ...from }),
      );
      for (const { eventId = '', timestamp = 0, message = '' } of answer.events ?? []) {
        if (known.has(eventId)) continue;
        known.set(eventId, timestamp);
        lines.push(message.trimEnd());
      }
      nextToken = answer.nextToken;
      if (nextToken === undefined || nextToken === '') return { lines, lost: false };
    }
    return { lines, lost: true };
  };
  return { read, close: () => client.destroy() };
}

/** `arn:aws:logs:eu-central-1:123456789012:log-group:api-gateway/prod:*` */
function groupOf(arn: string): string | undefined {
  return /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)(:\*)?$/.exec(arn)?.[1];
}

async function clientOf({
  region,
  profile,
  endpoint,
  credentials,
}: CloudWatchPlace): Promise<CloudWatchLogs> {
  try {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return new sdk.CloudWatchLogs({
      region,
      ...(profile === undefined ? {} : { profile }),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials }),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new RehearsalError('LOG_CLIENT_MISSING', {}, { cause: error });
  }
}
