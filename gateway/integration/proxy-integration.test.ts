import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { stringifyJson } from '../../contract/json/stringify.ts';
import { contractFromValue } from '../../contract/read.ts';
import { openGateway } from '../../test/import-document.ts';
import { gatewayDocument } from '../document/gateway-document.ts';
import type { IntegrationChoice } from './integration-choice.ts';
import { proxyIntegration } from './proxy-integration.ts';

function documentOf(all: IntegrationChoice): string {
  const responses = { '200': { description: 'x' } };
  const { contract } = contractFromValue({
    openapi: '3.1.1',
    info: { title: 'T', version: '1' },
    paths: { '/pets/{id}': { get: { responses } }, '/files/{rest+}': { get: { responses } } },
  });
  if (contract === undefined) throw new Error('no contract');
  return stringifyJson(gatewayDocument(contract, { integrations: { all } }).document);
}

test('a back end is where its stage says', () => {
  expect(proxyIntegration({ type: 'http_proxy' }, '/pets/{id}', 'PUT')).toEqual({
    type: 'http_proxy',
    httpMethod: 'PUT',
    uri: 'https://${stageVariables.backend}/pets/{id}',
    passthroughBehavior: 'when_no_match',
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
  });
  expect(proxyIntegration({ type: 'http_proxy', backend: 'http://a.example/v1/' }, '/', 'GET')).toMatchObject(
    {
      uri: 'http://a.example/v1',
    },
  );
});

test('an address says which variables of the path it takes', () => {
  const uri = 'https://${stageVariables.host}/animals?id={id}&of={other}';
  expect(proxyIntegration({ type: 'http_proxy', uri }, '/pets/{id}', 'GET')).toMatchObject({
    uri,
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
  });
});

test('a function is called with POST', () => {
  expect(proxyIntegration({ type: 'aws_proxy' }, '/pets', 'GET')).toMatchObject({
    httpMethod: 'POST',
    uri: expect.stringMatching(
      /^arn:.*:lambda:path\/2015-03-31\/functions\/arn:.*\{stageVariables\.function\}\/invocations$/,
    ),
  });
});

test('requests come through to the back end, variables and query too', async () => {
  const seen: string[] = [];
  const backend = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end('real');
  });
  await new Promise<void>(resolve => {
    backend.listen(0, '127.0.0.1', resolve);
  });
  const { port } = backend.address() as AddressInfo;
  const gateway = await openGateway();
  const stage = await gateway.deploy(
    documentOf({ type: 'http_proxy', backend: `http://127.0.0.1:${port}/v1` }),
  );
  const answers = await Promise.all(
    ['/pets/7?size=big', '/files/a/b.txt'].map(async path => (await fetch(`${stage}${path}`)).text()),
  );
  await gateway.close();
  backend.closeAllConnections();
  backend.close();
  expect(answers).toEqual(['real', 'real']);
  expect(seen.toSorted()).toEqual(['GET /v1/files/a/b.txt', 'GET /v1/pets/7?size=big']);
});

test.each(['aws', 'aws_proxy', 'http', 'http_proxy'] as const)('documents of %s import', async type => {
  const gateway = await openGateway();
  expect(await gateway.deploy(documentOf(type))).toContain('/dev/');
  await gateway.close();
});
