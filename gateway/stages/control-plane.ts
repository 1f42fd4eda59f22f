/**
 * API Gateway's control plane by AWS's own client, at AWS or at another endpoint. The client is loaded when the first
 * stage is opened, so that nobody else waits for it. Regions, profiles, assumed roles and credentials come by its own chain.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
import type { APIGateway, APIGatewayClientConfig } from '@aws-sdk/client-api-gateway';

/** A method for each operation of the service. What is refused is thrown; `askPlane` makes coded errors of it. */
export type ControlPlane = APIGateway;

export interface ControlPlaceOptions {
  /** Undefined: AWS's own. */
  readonly endpoint?: string | undefined;
  /** Undefined: as the SDK finds it. */
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** Signs with these and not with what the chain finds. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/**
 * How often a call is sent: deployments are taken once in five seconds, and the waits between doubled from half a
 * second on are enough for a few of them. AWS_MAX_ATTEMPTS, which the SDK reads itself, stands over it.
 */
const ATTEMPTS = 8;

/**
 * Opens the control plane; nothing is sent yet. Calls that are throttled or fail on the way are sent again as AWS asks.
 *
 * @example
 * ```ts
 * import { openControlPlane } from './gateway/stages/control-plane.ts';
 *
 * const plane = await openControlPlane({ region: 'eu-central-1', profile: 'staging' });
 * console.log(await plane.getRestApis({}));
 * plane.destroy();
 * ```
 */
export async function openControlPlane(options: ControlPlaceOptions = {}): Promise<ControlPlane> {
  const sdk = await import('@aws-sdk/client-api-gateway');
  const { endpoint, region, profile, credentials } = options;
  const config: APIGatewayClientConfig = {
    ...(process.env['AWS_MAX_ATTEMPTS'] === undefined ? { maxAttempts: ATTEMPTS } : {}),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  return new sdk.APIGateway(config);
}
