/** A stage of API Gateway that the configuration names: its control plane, and the API that a document has there. */
import { RehearsalError } from '../contract/errors.ts';
import { askPlane } from '../gateway/stages/ask-plane.ts';
import { type ControlPlane, openControlPlane } from '../gateway/stages/control-plane.ts';
import { type FoundApi, findApi } from '../gateway/stages/find-api.ts';
import { providerOf, requireCapability } from '../gateway/stages/index.ts';
import type { Capability, GatewayStage } from '../gateway/stages/stage.ts';
import { stageState } from '../gateway/stages/stage-state.ts';
import type { CommandContext } from './command.ts';
import type { Config, GatewayStageConfig } from './config/config.ts';
import { invokeUrl } from './invoke-url.ts';
import { DEFAULT_GATEWAY_REGION, localGateway } from './local-gateway.ts';
import { suggestion } from './select-cases.ts';

/** The control plane of a stage, and what is known without asking it. */
export interface OpenPlane {
  readonly plane: ControlPlane;
  /** Its name in the configuration. */
  readonly name: string;
  /** Its name at the service. */
  readonly stageName: string;
  readonly config: GatewayStageConfig;
  readonly region: string;
  /** The address of the control plane; undefined for AWS's own. */
  readonly endpoint: string | undefined;
  /** The stage on the API of a document. */
  readonly stageOf: (document: string, apiId: string) => GatewayStage;
}

/**
 * Opens the control plane of a stage; a local gateway is started where none runs. Nothing is sent to AWS yet.
 *
 * @param wanted - what is to be done with it
 * @param command - the name of the command, for its help
 * @throws RehearsalError USAGE for an unknown stage, STAGE_CANNOT, PLANE_REGION, and those of `localGateway`
 */
export async function openPlane(
  name: string,
  wanted: Capability,
  command: string,
  context: CommandContext,
): Promise<OpenPlane> {
  const stage = await namedStage(name, command, context);
  requireCapability(name, providerOf(stage.provider), wanted);
  // The only provider without a control plane can nothing that is wanted here.
  if (stage.provider === 'url')
    throw new Error('A stage that is reached by its address has no control plane.');
  return openPlaneOf(name, stage, context);
}

/** As `openPlane`, of a stage whose configuration is at hand. */
export async function openPlaneOf(
  name: string,
  config: GatewayStageConfig,
  context: CommandContext,
): Promise<OpenPlane> {
  const endpoint =
    config.endpoint ?? (config.provider === 'local' ? (await localGateway(context)).endpoint : undefined);
  const plane = await openControlPlane({
    endpoint,
    region: config.region ?? (config.provider === 'local' ? DEFAULT_GATEWAY_REGION : undefined),
    profile: config.profile,
    credentials: config.provider === 'local' ? localCredentials(context) : undefined,
  });
  context.atEnd?.(() => Promise.resolve(plane.destroy()));
  const region = await askPlane('a call', () => plane.config.region());
  const stageName = config.stage ?? name;
  const { provider } = config;
  return {
    plane,
    name,
    stageName,
    config,
    region,
    endpoint,
    stageOf: (document, apiId) => ({
      provider,
      name,
      stageName,
      document,
      apiId,
      region,
      url: invokeUrl(config, { apiId, stageName, region, endpoint }),
    }),
  };
}

/** The local gateway takes any signature, unless it was told to look at them: then it knows the keys of the environment. */
function localCredentials({ env }: CommandContext): {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
} {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = env;
  return accessKeyId !== '' && secretAccessKey !== ''
    ? { accessKeyId, secretAccessKey }
    : { accessKeyId: 'local', secretAccessKey: 'local' };
}

async function namedStage(
  name: string,
  command: string,
  context: CommandContext,
): Promise<NonNullable<Config['stages']>[string]> {
  const { stages = {} } = await context.config();
  const stage = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (stage !== undefined) return stage;
  const names = Object.keys(stages);
  const reason =
    names.length === 0
      ? `The configuration names no stages, so there is no ${JSON.stringify(name)}.`
      : `There is no stage ${JSON.stringify(name)} in the configuration${suggestion(name, names)}`;
  throw new RehearsalError('USAGE', { reason, command });
}

/**
 * The API that a document has at the service.
 *
 * @returns undefined where there is none
 * @throws RehearsalError API_AMBIGUOUS, and those of `askPlane`
 */
export function apiOf({ plane, config }: OpenPlane, document: string): Promise<FoundApi | undefined> {
  return findApi(plane, document, own(config.apis, document));
}

/**
 * The stage of a document as it is deployed.
 *
 * @throws RehearsalError STAGE_NOT_DEPLOYED, API_AMBIGUOUS, and those of `askPlane`
 */
export async function deployedStage(opened: OpenPlane, document: string): Promise<GatewayStage> {
  const { name, config, plane, stageName } = opened;
  const api = await apiOf(opened, document);
  const named = own(config.apis, document);
  if (api === undefined) {
    const reason =
      named === undefined ? 'it has no REST API there' : `there is no REST API ${JSON.stringify(named)}`;
    throw new RehearsalError('STAGE_NOT_DEPLOYED', { document, stage: name, reason });
  }
  if ((await stageState(plane, { apiId: api.id, stageName })) === undefined) {
    const reason = `its REST API ${api.id} has no stage ${stageName}`;
    throw new RehearsalError('STAGE_NOT_DEPLOYED', { document, stage: name, reason });
  }
  return opened.stageOf(document, api.id);
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
