/**
 * Which side of a stage gave an answer. API Gateway tells nobody by itself: a header does that its document maps from
 * `$context.isCanaryRequest`, or one that shows a stage variable, or the access log. What nobody tells stays unknown.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
import { headerValues, type ReceivedResponse } from '../../contract/exchange.ts';
import type { KnownSide, Side } from './answer.ts';

export interface AttributionOptions {
  /** The deployments of the stage. An answer that names another one was given by neither side. */
  readonly deployments?: Readonly<Record<KnownSide, string>>;
  /** A header that holds a stage variable which the canary overrides, and its value on each side. */
  readonly marker?: Readonly<Record<KnownSide, string>> & { readonly header: string };
}

export const CANARY_HEADER = 'x-rehearsal-canary';
export const DEPLOYMENT_HEADER = 'x-rehearsal-deployment';

/** What the headers of an answer say. */
export function sideOfAnswer(
  response: ReceivedResponse,
  { deployments, marker }: AttributionOptions = {},
): Side {
  const said = [
    sideOfWord(only(response, CANARY_HEADER)),
    sideOfDeployment(only(response, DEPLOYMENT_HEADER), deployments),
    marker === undefined ? undefined : sideOfMarker(only(response, marker.header), marker),
  ].filter(side => side !== undefined);
  const [first = 'unknown'] = said;
  // Two that contradict each other say nothing.
  return said.every(side => side === first) ? first : 'unknown';
}

/** The request's id, by which an access log knows it. */
export function requestIdOf(response: ReceivedResponse): string | undefined {
  return only(response, 'x-amzn-requestid') ?? only(response, 'apigw-requestid');
}

function sideOfWord(word: string | undefined): KnownSide | undefined {
  if (word === 'true') return 'canary';
  return word === 'false' ? 'baseline' : undefined;
}

/** @returns unknown for a deployment that is neither: somebody has moved the stage. */
function sideOfDeployment(
  id: string | undefined,
  deployments: AttributionOptions['deployments'],
): Side | undefined {
  if (id === undefined || id === '' || deployments === undefined) return undefined;
  // A canary of the same deployment with other variables is told by the other headers alone.
  if (deployments.baseline === deployments.canary) return id === deployments.canary ? undefined : 'unknown';
  if (id === deployments.canary) return 'canary';
  return id === deployments.baseline ? 'baseline' : 'unknown';
}

function sideOfMarker(
  value: string | undefined,
  marker: Readonly<Record<KnownSide, string>>,
): KnownSide | undefined {
  if (value === undefined || marker.baseline === marker.canary) return undefined;
  if (value === marker.canary) return 'canary';
  return value === marker.baseline ? 'baseline' : undefined;
}

/** A header that stands there twice is nobody's word. */
function only(response: ReceivedResponse, name: string): string | undefined {
  const values = headerValues(response, name);
  return values.length === 1 ? values[0]?.trim() : undefined;
}
