/**
 * A stage with a canary, whole: the local API Gateway, back ends behind it that the stage names by its variable `backend`,
 * a project with a configuration, and the commands of `rehearsal` in it. Real HTTP throughout.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway, type Gateway, type GatewayOptions } from '../../gateway/local/gateway.ts';
import { type Release, releaseOf } from '../../gateway/stages/canary/release.ts';
import { type ControlPlane, openControlPlane } from '../../gateway/stages/control-plane.ts';
import { stageState } from '../../gateway/stages/stage-state.ts';
import { main } from '../../scripts/cli.ts';
import type { CommandContext } from '../../scripts/command.ts';
import type { Config, GatewayStageConfig } from '../../scripts/config/config.ts';
import { newRelay, type Relay } from './relay.ts';

export interface WorldOptions {
  /** The document, by its file. */
  readonly document: string;
  /** `127.0.0.1:4010/v1`. */
  readonly backend: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stage?: Partial<GatewayStageConfig>;
  readonly config?: Config;
  /** Beside `prod`. */
  readonly stages?: Config['stages'];
  readonly gateway?: GatewayOptions;
}

export interface Ended {
  readonly exitCode: number;
  /** Both streams, as they came. */
  readonly said: string;
}

export interface World {
  readonly folder: string;
  readonly endpoint: string;
  /** What the commands go through, on their way to the control plane and to the stage. */
  readonly relay: Relay;
  /** Goes straight to the gateway. */
  readonly plane: ControlPlane;
  readonly apiId: string;
  /** Puts a canary beside what is there, with another back end. */
  readonly release: (percent: number, variables: Readonly<Record<string, string>>) => Promise<Release>;
  readonly served: () => Promise<Release>;
  /** Says more about the stage in the configuration. */
  readonly configure: (stage: Partial<GatewayStageConfig>) => void;
  /** A command in this process. */
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  /** A command in a process of its own, which may be ended. */
  readonly spawn: (...args: readonly string[]) => {
    readonly child: ChildProcess;
    readonly ended: Promise<Ended>;
  };
  readonly close: () => Promise<void>;
}

const bin = join(import.meta.dirname, '../../scripts/rehearsal.js');

/** With the document deployed to the stage `prod`. */
export async function newWorld(options: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-canary-'));
  const gateway = createGateway({ seed: 1, ...options.gateway });
  const endpoint = await listening(gateway);
  const relay = await newRelay(endpoint);
  const plane = await openControlPlane({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  mkdirSync(join(folder, 'specs'));
  writeFileSync(join(folder, 'specs/api.yaml'), readFileSync(options.document, 'utf8'));
  let config: Config = {
    ...options.config,
    stages: {
      ...options.stages,
      prod: {
        provider: 'local',
        endpoint: relay.endpoint,
        integration: 'http_proxy',
        backend: 'http://${stageVariables.backend}',
        variables: { backend: options.backend },
        ...options.stage,
      },
    },
  };
  writeFileSync(join(folder, 'rehearsal.config.json'), JSON.stringify(config));
  const run = async (...args: readonly string[]): Promise<Ended> => {
    let said = '';
    const output = { write: (text: string) => void (said += text), isTTY: false, columns: 100 };
    const context: CommandContext = {
      cwd: folder,
      env: { ...options.env },
      stdout: output,
      stderr: output,
      config: () => Promise.resolve(config),
      configFolder: () => Promise.resolve(folder),
    };
    return { exitCode: await main(args, context), said };
  };
  const deployed = await run('deploy', 'prod', '--no-smoke');
  if (deployed.exitCode !== 0) throw new Error(deployed.said);
  const [api] = (await plane.getRestApis({})).items ?? [];
  const apiId = api?.id ?? '';
  const served = async (): Promise<Release> => {
    const state = await stageState(plane, { apiId, stageName: 'prod' });
    if (state === undefined) throw new Error('The stage is gone.');
    return releaseOf(state);
  };
  return {
    folder,
    endpoint,
    relay,
    plane,
    apiId,
    release: async (percentTraffic, stageVariableOverrides) => {
      const canarySettings = { percentTraffic, stageVariableOverrides: { ...stageVariableOverrides } };
      await plane.createDeployment({ restApiId: apiId, stageName: 'prod', canarySettings });
      return served();
    },
    served,
    configure: more => {
      const prod = { ...(config.stages?.['prod'] as GatewayStageConfig), ...more };
      config = { ...config, stages: { ...config.stages, prod } };
    },
    run,
    spawn: (...args) => {
      const child = spawn(process.execPath, [bin, ...args], {
        cwd: folder,
        env: { ...process.env, ...options.env },
      });
      let said = '';
      for (const output of [child.stdout, child.stderr])
        output.on('data', (chunk: Buffer) => {
          said += chunk;
        });
      // Killed by a signal it has no exit code.
      const ended = once(child, 'close').then(([code]) => ({
        exitCode: (code as number | null) ?? -1,
        said,
      }));
      return { child, ended };
    },
    close: async () => {
      plane.destroy();
      await relay.close();
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listening(gateway: Gateway): Promise<string> {
  await new Promise<void>(resolve => {
    gateway.server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
}
