/** Both kinds of log, each read from a server that speaks its protocol. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type CloudWatchLog, cloudWatchAccessLog } from './cloudwatch-access-log.ts';
import { localAccessLog } from './local-access-log.ts';

let closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

async function serving(
  answer: (url: string, body: string) => unknown,
  type = 'application/json',
): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.writeHead(200, { 'content-type': type });
    response.end(JSON.stringify(answer(request.url ?? '', body)));
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('of the gateway on this machine', () => {
  const place = { apiId: 'a1', stageName: 'prod' };

  test('gives what came since the last time, and says when it may have missed some', async () => {
    let lines: string[] = ['a'];
    const asked: string[] = [];
    const endpoint = await serving(url => {
      asked.push(url);
      return { lines };
    });
    const read = localAccessLog(endpoint, place);
    expect(await read()).toEqual({ lines: [], lost: false });
    lines = ['a', 'b', 'c'];
    expect(await read()).toEqual({ lines: ['b', 'c'], lost: false });
    expect(await read()).toEqual({ lines: [], lost: false });
    lines = Array.from({ length: 1000 }, (_, index) => `x${index}`);
    await read();
    lines = Array.from({ length: 1000 }, (_, index) => `y${index}`);
    expect(await read()).toMatchObject({ lost: true });
    expect(asked[0]).toBe('/_rehearsal/stages/a1/prod/logs/access?lines=1000');
  });

  test('that cannot be read is told with its address', async () => {
    const endpoint = await serving(() => ({ message: 'no' }));
    await expect(localAccessLog(endpoint, place)()).rejects.toMatchObject({ code: 'LOG_UNREADABLE' });
    await expect(localAccessLog('http://127.0.0.1:1', place)()).rejects.toThrow('/_rehearsal/stages/a1/prod');
  });
});

describe('of CloudWatch', () => {
  const destinationArn = 'arn:aws:logs:eu-central-1:123456789012:log-group:api-gateway/prod:*';
  const NOW = 1_767_268_800_000;

  async function opened(
    answer: (query: Readonly<Record<string, unknown>>) => unknown,
    now: () => number = () => NOW,
  ): Promise<CloudWatchLog> {
    const endpoint = await serving((_url, body) => answer(JSON.parse(body)), 'application/x-amz-json-1.1');
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const log = await cloudWatchAccessLog(
      { destinationArn, region: 'eu-central-1', endpoint, credentials },
      now,
    );
    if (log === undefined) throw new Error('There is no log.');
    closing.push(log.close);
    return log;
  }

  const event = (eventId: string, timestamp = NOW) => ({ eventId, timestamp, message: `line ${eventId}\n` });

  test('reads all pages, and each line once, however late it comes', async () => {
    const asked: Readonly<Record<string, unknown>>[] = [];
    let second = [event('b')];
    const { read } = await opened(query => {
      asked.push(query);
      return query['nextToken'] === undefined
        ? { events: [event('a')], nextToken: 'more' }
        : { events: second };
    });
    expect(await read()).toEqual({ lines: ['line a', 'line b'], lost: false });
    second = [event('late', NOW - 1), event('b')];
    expect(await read()).toEqual({ lines: ['line late'], lost: false });
    expect(asked[0]).toEqual({ logGroupName: 'api-gateway/prod', startTime: NOW, limit: 10_000 });
    expect(asked[1]).toMatchObject({ nextToken: 'more' });
  });

  test('asks for the last minutes only, and says when there were more lines than it reads', async () => {
    const asked: Readonly<Record<string, unknown>>[] = [];
    let time = NOW;
    const { read } = await opened(
      query => {
        asked.push(query);
        return { events: [], nextToken: 'more' };
      },
      () => time,
    );
    time += 600_000;
    expect(await read()).toEqual({ lines: [], lost: true });
    expect(asked).toHaveLength(10);
    expect(asked[0]).toMatchObject({ startTime: NOW + 480_000 });
  });

  test('is not where a stream of Firehose is', async () => {
    const arn = 'arn:aws:firehose:eu-central-1:123456789012:deliverystream/amazon-apigateway-logs';
    expect(
      await cloudWatchAccessLog({ destinationArn: arn, region: 'eu-central-1' }, () => NOW),
    ).toBeUndefined();
  });
});
