/**
 * Where `rehearsal start` rehearses releases: stages `dev` and `prod` of its own on an API Gateway that keeps nothing,
 * whatever stages the configuration has. What deploy and canary remember goes into a folder that ends with it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RehearsalError } from '../../contract/errors.ts';
import type { CommandContext } from '../command.ts';
import type { Config, GatewayStageConfig } from '../config/config.ts';
import { DEFAULT_GATEWAY_PORT, DEFAULT_GATEWAY_REGION } from '../local-gateway.ts';
import { type ServedGateway, serveGateway } from '../serve-gateway.ts';
import { DEFAULT_HOST } from '../serve-mocks.ts';

export interface OwnStages {
  /** Of the gateway's control plane. */
  readonly endpoint: string;
  /** For commands about one document: they find it under its name, and what they say is kept. */
  readonly contextFor: (document: RehearsedFile, hooks: Config['hooks']) => CapturedContext;
  readonly close: () => Promise<void>;
}

export interface RehearsedFile {
  /** As stages know it. */
  readonly name: string;
  /** As it was typed or found. */
  readonly path: string;
  /** Only safe methods are sent to `prod`. */
  readonly production: boolean;
}

export interface CapturedContext {
  readonly context: CommandContext;
  /** All that was said so far. */
  readonly said: () => string;
}

/** @param anyPort - the usual one is for those who go on serving */
export async function openOwnStages(anyPort: boolean, outer: CommandContext): Promise<OwnStages> {
  const { atEnd: _atEnd, ...plain } = outer;
  const config = await outer.config();
  const home = await outer.configFolder();
  const gateway = await served(anyPort, outer);
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-start-'));
  const closing: (() => Promise<void>)[] = [];
  const contextFor: OwnStages['contextFor'] = (document, hooks) => {
    let said = '';
    const output = {
      write: (text: string) => void (said += text),
      isTTY: false,
      columns: outer.stdout.columns,
    };
    const { baseline, ...test } = config.test ?? {};
    const inner: Config = {
      ...(config.test === undefined
        ? {}
        : { test: { ...test, ...(baseline === undefined ? {} : { baseline: resolve(home, baseline) }) } }),
      ...(hooks === undefined ? {} : { hooks }),
      specs: { [document.name]: resolve(outer.cwd, document.path) },
      stages: { dev: mocked(gateway, false), prod: mocked(gateway, document.production) },
    };
    const context: CommandContext = {
      ...plain,
      stdout: output,
      stderr: output,
      config: () => Promise.resolve(inner),
      configFolder: () => Promise.resolve(folder),
      atEnd: close => void closing.unshift(close),
    };
    return { context, said: () => said };
  };
  return {
    endpoint: gateway.endpoint,
    contextFor,
    close: async () => {
      for (const close of closing.splice(0)) await close();
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function mocked({ endpoint }: ServedGateway, production: boolean): GatewayStageConfig {
  return { provider: 'local', endpoint, integration: 'mock', production };
}

/** With a seed: the same documents, the same rehearsal. */
async function served(anyPort: boolean, context: CommandContext): Promise<ServedGateway> {
  const places = {
    host: DEFAULT_HOST,
    region: DEFAULT_GATEWAY_REGION,
    seed: 1,
    store: undefined,
    logs: undefined,
  };
  if (anyPort) return serveGateway({ ...places, port: 0 }, context);
  try {
    return await serveGateway({ ...places, port: DEFAULT_GATEWAY_PORT }, context);
  } catch (error) {
    if (!(error instanceof RehearsalError) || error.code !== 'PORT_BUSY') throw error;
    return serveGateway({ ...places, port: 0 }, context);
  }
}
