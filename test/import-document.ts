/** A local API Gateway for tests that deploy documents: imports one with `failonwarnings`, deploys it, gives its address. */
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { createGateway } from '../gateway/local/gateway.ts';

export interface OpenedGateway {
  /** The address of the stage that serves the document. Fails when the import or the deployment does. */
  readonly deploy: (document: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openGateway(): Promise<OpenedGateway> {
  const gateway = createGateway({ seed: 1 });
  await new Promise<void>(resolve => {
    gateway.server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
  const post = (url: string, body: string): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      // A socket that was idle may be gone when it is used again.
      headers: { 'content-type': 'application/json', connection: 'close' },
      body,
    });
  return {
    deploy: async document => {
      const imported = await post(`${endpoint}/restapis?mode=import&failonwarnings=true`, document);
      const api = (await imported.json()) as { readonly id: string; readonly message?: string };
      expect(api.message).toBeUndefined();
      const base = `${endpoint}/restapis/${api.id}`;
      const made = await post(`${base}/deployments`, JSON.stringify({ stageName: 'dev' }));
      expect(made.status).toBe(201);
      return `${base}/dev/_user_request_`;
    },
    close: () => gateway.close(),
  };
}
