/** Where the stages of the configuration answer, for outputs that name them. Asks nobody, so that the same bytes come out. */
import type { StageAddress } from '../contract/target.ts';
import type { CommandContext, NamedContract } from './command.ts';
import type { GatewayStageConfig, StageConfig } from './config/config.ts';
import { documentName } from './document-name.ts';
import { invokeUrl } from './invoke-url.ts';
import { usualKind } from './stage-kind.ts';

/** Those of a document, in the order of the configuration. */
export async function stageAddresses(
  { name: document }: Pick<NamedContract, 'name'>,
  context: CommandContext,
): Promise<readonly StageAddress[]> {
  const { stages = {} } = await context.config();
  if (Object.keys(stages).length === 0) return [];
  const key = await documentName(document, context);
  return Object.entries(stages).map(([name, stage]) => addressOf(name, stage, key));
}

function addressOf(name: string, stage: StageConfig, document: string): StageAddress {
  const kind = stage.kind ?? usualKind(stage);
  if (stage.provider === 'url') {
    const url = withoutUser(stage.url);
    return { name, url, kind, region: undefined, places: {}, variables: {} };
  }
  const { region, endpoint, apis = {} } = stage;
  const places: Record<string, string> = {};
  const place = (variable: string, value: string | undefined): string => {
    if (value !== undefined) return value;
    places[variable] = '';
    return `{{${variable}}}`;
  };
  const url = invokeUrl(stage, {
    apiId: place('apiId', Object.hasOwn(apis, document) ? apis[document] : undefined),
    stageName: stage.stage ?? name,
    region: region ?? (stage.provider === 'aws' ? '{{region}}' : ''),
    endpoint:
      endpoint ??
      (stage.provider === 'local' && stage.url === undefined ? place('endpoint', undefined) : undefined),
  });
  if (url.includes('{{region}}')) places['region'] = '';
  return { name, url, kind, region, places, variables: variablesOf(stage) };
}

/** A value that is named by environment variable may be secret. */
function variablesOf({ variables = {} }: GatewayStageConfig): StageAddress['variables'] {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
}

/** Credentials in an address are no part of it. */
function withoutUser(address: string): string {
  return address.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1').replace(/\/+$/, '');
}
