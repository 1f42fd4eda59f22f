/**
 * The local API Gateway of a folder: the one that runs, else one that is started in this process with the folder's
 * state and ends with the command. One that runs says where it is in `.rehearsal/gateway.json`.
 */
import { rmSync } from 'node:fs';
import { RehearsalError } from '../contract/errors.ts';
import type { CommandContext } from './command.ts';
import { type ServedGateway, serveGateway } from './serve-gateway.ts';
import { DEFAULT_HOST } from './serve-mocks.ts';
import { readState, stateFile, writeState } from './state-file.ts';

export const DEFAULT_GATEWAY_PORT = 4567;
export const DEFAULT_GATEWAY_REGION = 'us-east-1';

export interface LocalGateway {
  readonly endpoint: string;
}

interface Started {
  readonly gateway: Promise<ServedGateway>;
  users: number;
}

/** By folder, so that several stages, and several commands in one process, share one. */
const started = new Map<string, Started>();

/**
 * The gateway of the configuration's folder.
 *
 * @throws RehearsalError GATEWAY_STORE_IN_USE and the others of `serveGateway`, STATE_UNWRITABLE
 */
export async function localGateway(context: CommandContext): Promise<LocalGateway> {
  const folder = await context.configFolder();
  if (!started.has(folder)) {
    const running = await runningGateway(folder);
    if (running !== undefined) return { endpoint: running };
  }
  // Somebody may have started it while we looked.
  const entry = started.get(folder) ?? { gateway: startIn(folder, context), users: 0 };
  started.set(folder, entry);
  entry.users += 1;
  const leave = async (): Promise<void> => {
    entry.users -= 1;
    if (entry.users > 0) return;
    started.delete(folder);
    await entry.gateway.then(
      ({ close }) => close(),
      () => {},
    );
  };
  context.atEnd?.(leave);
  return await entry.gateway;
}

async function startIn(folder: string, context: CommandContext): Promise<ServedGateway> {
  const served = await serveOnUsualPort(folder, context);
  const withdraw = announceGateway(folder, served.endpoint);
  return {
    ...served,
    close: async () => {
      withdraw();
      await served.close();
    },
  };
}

/** The same port each time, as far as it is free, so that addresses in reports stay right. */
async function serveOnUsualPort(folder: string, context: CommandContext): Promise<ServedGateway> {
  const places = {
    host: DEFAULT_HOST,
    region: DEFAULT_GATEWAY_REGION,
    seed: undefined,
    store: stateFile(folder, 'gateway.db'),
    logs: stateFile(folder, 'logs'),
    // Where nobody ends it, it ends with the process.
    keepsProcess: context.atEnd !== undefined,
  };
  try {
    return await serveGateway({ ...places, port: DEFAULT_GATEWAY_PORT }, context);
  } catch (error) {
    if (!(error instanceof RehearsalError) || error.code !== 'PORT_BUSY') throw error;
    return await serveGateway({ ...places, port: 0 }, context);
  }
}

/**
 * Says where the gateway of a folder is, for the commands that come while it runs.
 *
 * @returns what takes it back
 */
export function announceGateway(folder: string, endpoint: string): () => void {
  const file = stateFile(folder, 'gateway.json');
  writeState(file, `${JSON.stringify({ endpoint })}\n`);
  return () => {
    if (announcedIn(file) === endpoint) rmSync(file, { force: true });
  };
}

async function runningGateway(folder: string): Promise<string | undefined> {
  const endpoint = announcedIn(stateFile(folder, 'gateway.json'));
  if (endpoint === undefined) return undefined;
  try {
    const response = await fetch(`${endpoint}/_rehearsal/`, { signal: AbortSignal.timeout(2000) });
    const body = (await response.json()) as { readonly gateway?: unknown };
    return body.gateway === 'rehearsal' ? endpoint : undefined;
  } catch {
    // A gateway that was killed took nothing back.
    return undefined;
  }
}

function announcedIn(file: string): string | undefined {
  try {
    const { endpoint } = JSON.parse(readState(file) ?? '{}') as { readonly endpoint?: unknown };
    return typeof endpoint === 'string' && URL.canParse(endpoint) ? endpoint : undefined;
  } catch {
    return undefined;
  }
}
