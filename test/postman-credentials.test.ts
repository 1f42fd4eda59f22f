/** Law: a secret goes to the operations that ask for it, at the servers that they are at, and nowhere else. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { collectionFor, type NewmanOutcome, runNewman } from './newman-run.ts';

interface Heard {
  readonly url: string;
  /** `METHOD path`, then all that came along. */
  readonly requests: readonly string[];
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(answer: (request: IncomingMessage, reply: ServerResponse) => void): Promise<Heard> {
  const requests: string[] = [];
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      requests.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`);
      answer(request, reply);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const answersAll = (_request: IncomingMessage, reply: ServerResponse): void => {
  reply.writeHead(204).end();
};

async function collectionRun(
  yaml: string,
  variables: Readonly<Record<string, string>>,
): Promise<NewmanOutcome> {
  const { contract } = contractFromText(`openapi: 3.1.1\ninfo: { title: T, version: "1" }\n${yaml}`);
  if (contract === undefined) throw new Error('no contract');
  return runNewman(collectionFor(contract, 'examples'), variables);
}

test('two servers: each hears of its own secrets only, also behind a redirection', async () => {
  const elsewhere = await listen(answersAll);
  const main = await listen((request, reply) => {
    if (request.url === '/moved') reply.writeHead(302, { location: `${elsewhere.url}/open` }).end();
    else reply.writeHead(204).end();
  });
  await collectionRun(
    `
servers: [{ url: https://main.example }]
components: { securitySchemes: { staff: { type: http, scheme: bearer }, key: { type: apiKey, in: header, name: X-Key } } }
security: [{ staff: [] }]
paths:
  /a: { get: { responses: { "204": {} } } }
  /b: { get: { responses: { "204": {} } } }
  /moved: { get: { responses: { "302": {} } } }
  /public: { get: { security: [], responses: { "204": {} } } }
  /other:
    servers: [{ url: https://other.example }]
    get: { security: [{ key: [] }], responses: { "204": {} } }
  /open:
    servers: [{ url: https://other.example }]
    get: { security: [], responses: { "204": {} } }
`,
    { baseUrl: main.url, baseUrl2: elsewhere.url, staff: 'staff-secret', key: 'key-secret' },
  );
  const knowing = (heard: Heard, secret: string): readonly string[] =>
    heard.requests.filter(one => one.includes(secret)).map(one => one.split(' ', 2).join(' '));
  expect(knowing(main, 'staff-secret')).toEqual(['GET /a', 'GET /b', 'GET /moved']);
  expect(knowing(main, 'key-secret')).toEqual([]);
  expect(knowing(elsewhere, 'staff-secret')).toEqual([]);
  expect(knowing(elsewhere, 'key-secret')).toEqual(['GET /other']);
  expect(elsewhere.requests).toHaveLength(2);
});

const WITH_CLIENT = (tokenUrl: string): string => `
servers: [{ url: https://main.example }]
components:
  securitySchemes:
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: "${tokenUrl}", scopes: { "pets:read": "", "pets:write": "" } } } }
security: [{ oauth: ["pets:read"] }]
paths:
  /public: { get: { security: [], responses: { "204": {} } } }
  /a: { get: { responses: { "204": {} } } }
  /b: { get: { security: [{ oauth: ["pets:write"] }], responses: { "204": {} } } }
`;

test('a token is fetched when it is first asked for, once, and the client’s secret goes there alone', async () => {
  const tokens = await listen((_request, reply) => {
    reply.writeHead(200, { 'content-type': 'application/json' });
    reply.end('{"access_token":"fetched-token","token_type":"Bearer","expires_in":3600}');
  });
  const main = await listen(answersAll);
  const { failures } = await collectionRun(WITH_CLIENT(`${tokens.url}/token`), {
    baseUrl: main.url,
    oauthClientId: 'a client',
    oauthClientSecret: 'client-secret',
    oauthTokenUrl: `${tokens.url}/token`,
    oauthScopes: 'pets:read pets:write',
  });
  expect(failures).toEqual([]);
  expect(tokens.requests).toHaveLength(1);
  expect(tokens.requests[0]).toContain(
    `"authorization":"Basic ${Buffer.from('a+client:client-secret').toString('base64')}"`,
  );
  expect(tokens.requests[0]).toContain('grant_type=client_credentials&scope=pets%3Aread%20pets%3Awrite');
  const withToken = main.requests.filter(one => one.includes('Bearer fetched-token'));
  expect(withToken.map(one => one.split(' ', 2).join(' '))).toEqual(['GET /a', 'GET /b']);
  expect(main.requests.join('\n')).not.toContain('client-secret');
  expect(main.requests).toHaveLength(3);
});

test('a token that somebody gave is taken, and none is fetched', async () => {
  const tokens = await listen(answersAll);
  const main = await listen(answersAll);
  await collectionRun(WITH_CLIENT(`${tokens.url}/token`), {
    baseUrl: main.url,
    oauth: 'given-token',
    oauthClientId: 'client',
    oauthClientSecret: 'client-secret',
    oauthTokenUrl: `${tokens.url}/token`,
  });
  expect(tokens.requests).toEqual([]);
  expect(main.requests.filter(one => one.includes('Bearer given-token'))).toHaveLength(2);
});

test('a token that is refused is one failed test that shows no secret', async () => {
  const tokens = await listen((_request, reply) => {
    reply.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}');
  });
  const main = await listen(answersAll);
  const { failures } = await collectionRun(WITH_CLIENT(`${tokens.url}/token`), {
    baseUrl: main.url,
    oauthClientId: 'client',
    oauthClientSecret: 'client-secret',
    oauthTokenUrl: `${tokens.url}/token`,
  });
  expect(failures).toEqual([expect.stringContaining('It answers 401, invalid_client.')]);
  expect(failures.join()).not.toContain('client-secret');
});

test('a secret goes nowhere in the clear', async () => {
  const main = await listen(answersAll);
  const { failures } = await collectionRun(WITH_CLIENT('http://tokens.example/token'), {
    baseUrl: main.url,
    oauthClientId: 'client',
    oauthClientSecret: 'client-secret',
    oauthTokenUrl: 'http://tokens.example/token',
  });
  expect(failures).toEqual([expect.stringContaining('by https alone')]);
});

test('requests to stages that want signatures are signed by Postman itself', async () => {
  const main = await listen(answersAll);
  await collectionRun(
    `
servers: [{ url: https://main.example }]
components: { securitySchemes: { sigv4: { type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4 } } }
paths: { /a: { get: { security: [{ sigv4: [] }], responses: { "204": {} } } } }
`,
    {
      baseUrl: main.url,
      sigv4AccessKey: 'AKIDEXAMPLE',
      sigv4SecretKey: 'signing-secret',
      sigv4SessionToken: 'session',
      sigv4Region: 'eu-west-2',
    },
  );
  expect(main.requests).toHaveLength(1);
  expect(main.requests[0]).toMatch(
    /AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-west-2\/execute-api\/aws4_request/,
  );
  expect(main.requests[0]).not.toContain('signing-secret');
});
