import { X509Certificate } from 'node:crypto';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createMockServer } from '../mock-server/server.ts';
import { fingerprint, selfMadeCertificate } from './self-made-certificate.ts';

const HOSTS = ['localhost', '127.0.0.1', '::1', 'fe80::1:2', '::ffff:10.0.0.7', 'mock.test'];

test("Node's own reader takes it for what it is", () => {
  const made = selfMadeCertificate(HOSTS);
  const read = new X509Certificate(made.cert);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.ca).toBe(false);
  expect(read.subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:FE80:0:0:0:0:0:1:2, IP Address:0:0:0:0:0:FFFF:A00:7, DNS:mock.test',
  );
  for (const host of ['localhost', 'mock.test']) expect(read.checkHost(host)).toBe(host);
  for (const ip of ['127.0.0.1', '::1']) expect(read.checkIP(ip)).toBe(ip);
  expect(read.checkHost('other.test')).toBeUndefined();
  expect(fingerprint(made)).toBe(read.fingerprint256);
  const days = (read.validToDate.getTime() - read.validFromDate.getTime()) / 86_400_000;
  expect(days).toBe(365);
  expect(read.validFromDate.getTime()).toBeLessThan(Date.now());
});

test('two are never the same', () => {
  expect(selfMadeCertificate(HOSTS).cert).not.toBe(selfMadeCertificate(HOSTS).cert);
});

test('a client that trusts it talks to a mock server over TLS, with nothing else checked less', async () => {
  const https = selfMadeCertificate(['127.0.0.1']);
  const server = createMockServer(
    {
      openapi: '3.1.1',
      paths: { '/a': { get: { responses: { 200: { content: { 'text/plain': { example: 'hi' } } } } } } },
    },
    { https },
  );
  await server.listen({ port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const ask = (ca: string | undefined): Promise<string> =>
    new Promise((resolve, reject) => {
      get(
        { host: '127.0.0.1', port, path: '/a', agent: false, ...(ca === undefined ? {} : { ca }) },
        response => {
          response.setEncoding('utf8').on('data', resolve);
        },
      ).on('error', reject);
    });
  expect(await ask(https.cert)).toBe('hi');
  await expect(ask(undefined)).rejects.toThrow('self-signed');
  await expect(ask(selfMadeCertificate(['127.0.0.1']).cert)).rejects.toThrow();
  await server.close();
});
