/** For tests: a gateway on loopback, and AWS's own client that talks to it. */
import type { AddressInfo } from 'node:net';
import { APIGatewayClient, CreateRestApiCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway';
import { createGateway, type Gateway, type GatewayOptions } from '../gateway.ts';

export interface Connected {
  readonly client: APIGatewayClient;
  readonly endpoint: string;
  readonly gateway: Gateway;
  readonly close: () => Promise<void>;
}

/** The credentials the client signs with. */
export const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret of the tests' };

export async function connect(options: GatewayOptions = {}): Promise<Connected> {
  const gateway = createGateway({ seed: 1, clock: () => 1_700_000_000_000, ...options });
  await new Promise<void>(resolve => {
    gateway.server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
  const client = new APIGatewayClient({ endpoint, region: 'us-east-1', credentials: CREDENTIALS });
  const close = (): Promise<void> => {
    client.destroy();
    return gateway.close();
  };
  return { client, endpoint, gateway, close };
}

/** What a member of an answer is worth to a test: the body alone. */
export async function bodyOf<T extends { readonly $metadata: object }>(
  answer: Promise<T>,
): Promise<Omit<T, '$metadata'>> {
  const { $metadata, ...body } = await answer;
  return body;
}

export async function statusOf(answer: Promise<{ readonly $metadata: object }>): Promise<unknown> {
  const { $metadata } = await answer;
  return 'httpStatusCode' in $metadata ? $metadata.httpStatusCode : undefined;
}

/** A refusal as the client understood it: `NotFoundException: Invalid …`. */
export async function refusalOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
  }
  throw new Error('The operation was not refused.');
}

export interface NewApi {
  readonly restApiId: string;
  readonly resourceId: string;
}

/** A new API, by its id and that of its root resource. */
export async function newApi(client: APIGatewayClient): Promise<NewApi> {
  const { id = '', rootResourceId = '' } = await client.send(new CreateRestApiCommand({ name: 'pets' }));
  return { restApiId: id, resourceId: rootResourceId };
}

/** A new API with `GET /`. */
export async function newMethod(client: APIGatewayClient): Promise<NewApi & { readonly httpMethod: 'GET' }> {
  const method = { ...(await newApi(client)), httpMethod: 'GET' } as const;
  await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  return method;
}
