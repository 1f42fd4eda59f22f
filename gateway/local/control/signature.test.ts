import {
  APIGatewayClient,
  CreateRestApiCommand,
  GetRestApisCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-api-gateway';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connected, CREDENTIALS, connect, refusalOf } from './control-client.fixture.ts';
import { refuseSignature, type SignedRequest } from './signature.ts';

let connected: Connected;
beforeAll(async () => {
  connected = await connect({
    clock: Date.now,
    verifySignatures: { [CREDENTIALS.accessKeyId]: CREDENTIALS.secretAccessKey },
  });
});
afterAll(() => connected.close());

async function withClient<T>(
  settings: ConstructorParameters<typeof APIGatewayClient>[0],
  use: (client: APIGatewayClient) => Promise<T>,
): Promise<T> {
  const { endpoint } = connected;
  const client = new APIGatewayClient({
    endpoint,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    ...settings,
  });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

test('what the client signs is taken: bodies, queries, and paths with escapes', async () => {
  const { client } = connected;
  const { id } = await client.send(
    new CreateRestApiCommand({ name: "pets & 'dogs' ü", description: 'a  b' }),
  );
  const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${id}`;
  await client.send(new TagResourceCommand({ resourceArn, tags: { a: 'b' } }));
  expect((await client.send(new GetTagsCommand({ resourceArn, limit: 5 }))).tags).toEqual({ a: 'b' });
  expect((await client.send(new GetRestApisCommand({ limit: 1, position: '' }))).items).toHaveLength(1);
});

test('whatever stands in path, query and body, our signature is that of the client', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(text, fc.array(text, { minLength: 1, maxLength: 3 }), async (resourceArn, tagKeys) => {
      const { client } = connected;
      const tags = { [tagKeys[0] ?? '']: resourceArn };
      // Refused for what it names, and so not for its signature.
      const refusal = /^(BadRequest|UnknownOperation|NotFound)Exception/;
      expect(await refusalOf(client.send(new UntagResourceCommand({ resourceArn, tagKeys })))).toMatch(
        refusal,
      );
      expect(await refusalOf(client.send(new TagResourceCommand({ resourceArn, tags })))).toMatch(refusal);
    }),
    { numRuns: 60 },
  );
});

test('a session token is signed like any header', async () => {
  const credentials = { ...CREDENTIALS, sessionToken: 'a token' };
  await withClient({ credentials }, client => client.send(new GetRestApisCommand({})));
});

test('another secret, key or region is refused', async () => {
  const send = (client: APIGatewayClient) => refusalOf(client.send(new GetRestApisCommand({})));
  const wrong = { ...CREDENTIALS, secretAccessKey: 'another secret' };
  expect(await withClient({ credentials: wrong }, send)).toMatch(
    /^InvalidSignatureException: The request signature we calculated does not match.*The Canonical String for this request should have been\n'GET\n\/restapis\n/s,
  );
  const unknown = { ...CREDENTIALS, accessKeyId: 'constructor' };
  expect(await withClient({ credentials: unknown }, send)).toBe(
    'UnrecognizedClientException: The security token included in the request is invalid.',
  );
  expect(await withClient({ region: 'eu-west-1' }, send)).toMatch(
    /^InvalidSignatureException: Credential should be scoped to a valid region, not 'eu-west-1'/,
  );
});

const AMZ_DATE = '20231114T221320Z';
const NOW = 1_700_000_000;
const CREDENTIAL = 'AKIDEXAMPLE/20231114/us-east-1/apigateway/aws4_request';

/** A request whose signature fits nothing, so that what is looked at before it can be seen. */
function refused(headers: Readonly<Record<string, string>>, now = NOW): string {
  const request: SignedRequest = { method: 'GET', target: '/restapis', headers, body: new Uint8Array() };
  try {
    refuseSignature(request, { keys: { AKIDEXAMPLE: 'secret' }, region: 'us-east-1', now });
  } catch (error) {
    if (error instanceof Error && 'type' in error) return `${error.type}: ${error.message}`;
    throw error;
  }
  return 'taken';
}

const signed = (credential = CREDENTIAL, more = 'SignedHeaders=host;x-amz-date, Signature=abc'): string =>
  `AWS4-HMAC-SHA256 Credential=${credential}, ${more}`;
const at = (authorization: string, date = AMZ_DATE): Record<string, string> => ({
  host: 'localhost',
  authorization,
  'x-amz-date': date,
});

test.each<[string, Record<string, string>, RegExp]>([
  ['no header', {}, /^MissingAuthenticationTokenException: Missing Authentication Token$/],
  ['an empty one', { authorization: ' ' }, /^MissingAuthenticationTokenException/],
  ['another scheme', at('Bearer abc'), /^IncompleteSignatureException: .*'Bearer'/],
  [
    'no fields',
    { authorization: 'AWS4-HMAC-SHA256' },
    /^IncompleteSignatureException: Authorization header requires 'Credential' parameter\. .*'Signature' parameter\. .*'SignedHeaders' parameter\. .*'X-Amz-Date' or a 'Date' header\./,
  ],
  ['no pair', at('AWS4-HMAC-SHA256 abc'), /^IncompleteSignatureException: 'abc' not a valid key=value pair/],
  [
    'a short credential',
    at(signed('AKIDEXAMPLE/20231114')),
    /^IncompleteSignatureException: Credential must have exactly 5/,
  ],
  ['a long credential', at(signed(`${CREDENTIAL}/x`)), /^IncompleteSignatureException: Credential must have/],
  ['a broken date', at(signed(), 'yesterday'), /^IncompleteSignatureException: Date must be in ISO-8601/],
  [
    'another service',
    at(signed(CREDENTIAL.replace('apigateway', 's3'))),
    /^InvalidSignatureException: Credential should be scoped to correct service: 'apigateway'/,
  ],
  [
    'another terminator',
    at(signed(CREDENTIAL.replace('aws4', 'aws5'))),
    /^InvalidSignatureException: Credential should be scoped with a valid terminator/,
  ],
  [
    'another day',
    at(signed(CREDENTIAL.replace('20231114', '20231113'))),
    /^InvalidSignatureException: Date in Credential scope does not match .*'20231113' != '20231114', from '20231114T221320Z'/,
  ],
  [
    'an unsigned host',
    at(signed(CREDENTIAL, 'SignedHeaders=x-amz-date, Signature=abc')),
    /^InvalidSignatureException: 'Host' or ':authority' must be/,
  ],
  ['a wrong signature', at(signed()), /^InvalidSignatureException: The request signature we calculated/],
  [
    'a date of HTTP',
    { host: 'localhost', authorization: signed(), date: 'Tue, 14 Nov 2023 22:13:20 GMT' },
    /^InvalidSignatureException: The request signature we calculated/,
  ],
])('%s is refused for what it is', (_, headers, refusal) => {
  expect(refused(headers)).toMatch(refusal);
});

test('a signature counts for five minutes before and after its time', () => {
  const mismatch = /^InvalidSignatureException: The request signature we calculated/;
  expect(refused(at(signed()), NOW + 300)).toMatch(mismatch);
  expect(refused(at(signed()), NOW - 300)).toMatch(mismatch);
  expect(refused(at(signed()), NOW + 301)).toBe(
    'InvalidSignatureException: Signature expired: 20231114T221320Z is now earlier than 20231114T221321Z (20231114T221821Z - 5 min.)',
  );
  expect(refused(at(signed()), NOW - 301)).toBe(
    'InvalidSignatureException: Signature not yet current: 20231114T221320Z is still later than 20231114T221319Z (20231114T220819Z + 5 min.)',
  );
});

test('without the option, nothing has to be signed, and anything may be', async () => {
  const open = await connect();
  try {
    for (const headers of [{}, { authorization: 'nonsense' }]) {
      expect((await fetch(`${open.endpoint}/restapis`, { headers })).status).toBe(200);
    }
  } finally {
    await open.close();
  }
});

test('with it, a request over HTTP that is not signed is answered as AWS does', async () => {
  const answer = await fetch(`${connected.endpoint}/restapis`);
  expect(answer.status).toBe(403);
  expect(answer.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
  expect(await answer.json()).toEqual({ message: 'Missing Authentication Token' });
});
