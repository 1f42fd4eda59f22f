/** What kind of server a configured stage is, where nobody says. */
import type { StageKind } from '../contract/stage-kind.ts';
import { isAllMocks } from '../gateway/stage-settings.ts';
import type { StageConfig } from './config/config.ts';

/** What the service can refuse depends on what was deployed to it. */
export function usualKind(stage: StageConfig | undefined): StageKind {
  if (stage === undefined || stage.provider === 'url') return 'server';
  return isAllMocks(stage.provider, stage) ? 'apigateway-mock' : 'apigateway';
}
