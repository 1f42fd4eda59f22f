/** Where the paths of an API on a stage begin, by what the configuration says and what is known of the deployment. */
import { providerOf } from '../gateway/stages/index.ts';
import type { InvokePlace } from '../gateway/stages/provider.ts';
import type { GatewayStageConfig } from './config/config.ts';

/** Without a slash at the end. */
export function invokeUrl({ provider, url }: GatewayStageConfig, place: InvokePlace): string {
  if (url === undefined) return providerOf(provider).invokeUrl?.(place) ?? '';
  return url
    .replaceAll('{api}', place.apiId)
    .replaceAll('{stage}', place.stageName)
    .replaceAll('{region}', place.region)
    .replace(/\/+$/, '');
}
