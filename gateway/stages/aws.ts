/**
 * The provider `aws`: API Gateway at AWS, or what answers in its place at an endpoint that somebody named.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
 */
import { userRequestUrl } from './local.ts';
import type { StageProvider } from './provider.ts';

export const awsProvider: StageProvider = {
  name: 'aws',
  summary: 'API Gateway at AWS',
  can: ['send', 'deploy', 'canary', 'logs'],
  invokeUrl: ({ endpoint, apiId, stageName, region }) =>
    endpoint === undefined || isAmazons(endpoint)
      ? `https://${apiId}.execute-api.${region}.${domainOf(region)}/${stageName}`
      : userRequestUrl(endpoint, apiId, stageName),
};

/** An endpoint of AWS itself, such as one of a VPC. */
function isAmazons(endpoint: string): boolean {
  return /\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(new URL(endpoint).hostname);
}

function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
