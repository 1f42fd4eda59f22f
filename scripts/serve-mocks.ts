/** Mocks of several documents behind one address: what `mock` and `start` have in common. */
import type { Server } from 'node:net';
import { basePathOf } from '../contract/build/server-object.ts';
import { RehearsalError } from '../contract/errors.ts';
import { logLine } from '../mock-server/request-log.ts';
import { createMockServer, type MockServerOptions, replaceDocuments } from '../mock-server/server.ts';
import type { CommandContext, NamedContract } from './command.ts';
import { tellProblems } from './usable-contracts.ts';

export const DEFAULT_PORT: number = 4010;
export const DEFAULT_HOST: string = '127.0.0.1';

export interface ServeOptions
  extends Pick<MockServerOptions, 'cors' | 'validate' | 'echo' | 'docs' | 'https'> {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** A line on standard error for every request. */
  readonly log?: boolean;
}

export interface ServedDocument {
  readonly name: string;
  readonly url: string;
}

export interface ServedMocks {
  /** `http://127.0.0.1:4010`, without any base path. */
  readonly origin: string;
  /** Where each document's paths begin, base path included. */
  readonly documents: readonly ServedDocument[];
  /** Answers for other contracts from the next request on, and tells where they are. */
  readonly replace: (contracts: readonly NamedContract[]) => readonly ServedDocument[];
  readonly close: () => Promise<void>;
}

/**
 * Starts the mock server.
 *
 * @throws RehearsalError PORT_BUSY, HOST_UNUSABLE
 */
export async function serveMocks(
  contracts: readonly NamedContract[],
  { host, port, log = false, ...options }: ServeOptions,
  context: CommandContext,
): Promise<ServedMocks> {
  const server = createMockServer(
    contracts.map(({ contract }) => contract),
    {
      ...options,
      ...(log ? { onRequest: entry => context.stderr.write(`${logLine(entry)}\n`) } : {}),
      onProblem: problem => tellProblems([problem], context),
      onFault: error => context.stderr.write(`${error.stack ?? error.message}\n`),
    },
  );
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  const origin = ownOrigin(server.server, host, options.https !== undefined);
  return {
    origin,
    documents: placedDocuments(contracts, origin),
    replace: next => {
      replaceDocuments(
        server,
        next.map(({ contract }) => contract),
      );
      return placedDocuments(next, origin);
    },
    close: () => server.close(),
  };
}

/** Where a listening server is called. */
export function ownOrigin(server: Server, host: string, secure: boolean): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  // An address that means "all of them" can be listened on, but not called.
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${secure ? 'https' : 'http'}://${name}:${port}`;
}

/** The documents with the addresses where their paths begin. */
export function placedDocuments(list: readonly NamedContract[], origin: string): readonly ServedDocument[] {
  return list.map(({ name, contract: { servers } }) => ({
    name,
    url: origin + (servers[0] === undefined ? '' : basePathOf(servers[0])),
  }));
}

/** Why a server could not listen, as far as the person can mend it. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const { code = '', message } = error;
  if (code === 'EADDRINUSE') return new RehearsalError('PORT_BUSY', { port, host }, { cause: error });
  const reason = code === 'EACCES' ? `port ${port} is for privileged users only` : message;
  return UNUSABLE.has(code) ? new RehearsalError('HOST_UNUSABLE', { host, reason }, { cause: error }) : error;
}

const UNUSABLE: ReadonlySet<string> = new Set([
  'EACCES',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EAI_AGAIN',
  'EINVAL',
  'ENOTFOUND',
]);

/** A port as somebody wrote it. */
export function portNumber(value: unknown, command: string): number {
  const port = Number(value);
  if (String(value).trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  const reason = `--port takes a number from 0 to 65535, not ${JSON.stringify(value)}.`;
  throw new RehearsalError('USAGE', { reason, command });
}

/** Resolves when the process is asked to end, with the exit code that belongs to it. */
export function stopSignal(): Promise<number> {
  return new Promise(resolve => {
    const interrupted = (): void => resolve(130);
    const terminated = (): void => resolve(0);
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', terminated);
  });
}
