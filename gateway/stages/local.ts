/** The provider `local`: API Gateway on this machine, by AWS's own client and another endpoint. */
import type { StageProvider } from './provider.ts';

export const localProvider: StageProvider = {
  name: 'local',
  summary: 'API Gateway on this machine',
  can: ['send', 'deploy', 'canary', 'logs'],
  invokeUrl: ({ endpoint = '', apiId, stageName }) => userRequestUrl(endpoint, apiId, stageName),
};

/** How emulators are told an API and a stage without names that have to be resolved. */
export function userRequestUrl(endpoint: string, apiId: string, stageName: string): string {
  return `${endpoint.replace(/\/+$/, '')}/restapis/${apiId}/${stageName}/_user_request_`;
}
