import {
  GetAccountCommand,
  GetRestApiCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAccountCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { control } from './control.fixture.ts';
import { bodyOf, type Connected, connect, newApi, refusalOf, statusOf } from './control-client.fixture.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect();
});
afterAll(() => connected.close());

test('13.2: an API is tagged and untagged by its ARN', async () => {
  const { client } = connected;
  const { restApiId } = await newApi(client);
  const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`;
  const tags = async () => (await client.send(new GetTagsCommand({ resourceArn }))).tags;
  expect(await tags()).toEqual({});
  const tagged = client.send(new TagResourceCommand({ resourceArn, tags: { team: 'pets', stage: 'one' } }));
  expect(await statusOf(tagged)).toBe(204);
  await client.send(new TagResourceCommand({ resourceArn, tags: { stage: 'two' } }));
  expect(await tags()).toEqual({ team: 'pets', stage: 'two' });
  expect((await client.send(new GetRestApiCommand({ restApiId }))).tags).toEqual({
    team: 'pets',
    stage: 'two',
  });
  const untagged = client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team', 'absent'] }));
  expect(await statusOf(untagged)).toBe(204);
  expect(await tags()).toEqual({ stage: 'two' });
});

test('13.2: a stage is tagged by its ARN', () => {
  const { ask, api } = control();
  const id = api();
  ask('POST', `/restapis/${id}/deployments`, { stageName: 'v1' });
  const target = `/tags/${encodeURIComponent(`arn:aws:apigateway:us-east-1::/restapis/${id}/stages/v1`)}`;
  expect(ask('PUT', target, { tags: { a: 'b' } }).status).toBe(204);
  expect(ask('GET', `/restapis/${id}/stages/v1`).body.tags).toEqual({ a: 'b' });
  expect(ask('DELETE', `${target}?tagKeys=a`).status).toBe(204);
  expect(ask('GET', `/restapis/${id}/stages/v1`).body).not.toHaveProperty('tags');
});

test('what is not there, and what cannot be, is not tagged', async () => {
  const { client } = connected;
  const { restApiId } = await newApi(client);
  const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`;
  const tag = (arn: string, tags: Record<string, string>) =>
    refusalOf(client.send(new TagResourceCommand({ resourceArn: arn, tags })));
  expect(await tag('no arn', { a: 'b' })).toBe('BadRequestException: Invalid ARN specified in the request');
  expect(await tag('arn:aws:apigateway:us-east-1::/restapis/nothing', { a: 'b' })).toMatch(
    /^NotFoundException/,
  );
  expect(await tag(`${resourceArn}/stages/nothing`, { a: 'b' })).toBe(
    'NotFoundException: Invalid Stage identifier specified',
  );
  expect(await tag(resourceArn, { 'aws:a': 'b' })).toMatch(/^BadRequestException/);
  expect(await tag(resourceArn, { a: 'b'.repeat(257) })).toMatch(/^BadRequestException/);
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, number) => [`key${number}`, '']));
  expect(await tag(resourceArn, many)).toMatch(/^BadRequestException/);
});

test('13.3: the account has its defaults, and a role for logs', async () => {
  const { client } = connected;
  const initial = {
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ['UsagePlans'],
    apiKeyVersion: '4',
  };
  expect(await bodyOf(client.send(new GetAccountCommand({})))).toEqual(initial);
  const role = 'arn:aws:iam::000000000000:role/logs';
  const update = (op: 'replace' | 'add', path: string, value: string) =>
    client.send(new UpdateAccountCommand({ patchOperations: [{ op, path, value }] }));
  expect(await bodyOf(update('replace', '/cloudwatchRoleArn', role))).toEqual({
    ...initial,
    cloudwatchRoleArn: role,
  });
  expect((await client.send(new GetAccountCommand({}))).cloudwatchRoleArn).toBe(role);
  expect(await refusalOf(update('replace', '/cloudwatchRoleArn', 'no role'))).toMatch(/^BadRequestException/);
  expect(await refusalOf(update('replace', '/throttleSettings', '1'))).toBe(
    "BadRequestException: Invalid patch path  '/throttleSettings' specified for op 'replace'. Must be one of: [/cloudwatchRoleArn]",
  );
  expect(await bodyOf(update('replace', '/cloudwatchRoleArn', ''))).toEqual(initial);
});
