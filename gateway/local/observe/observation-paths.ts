/**
 * What a person or a gate wants to know of a stage and AWS keeps in CloudWatch: counters and log lines, by HTTP under
 * `/_rehearsal/`. The shapes stand in docs/reference/local-gateway-differences.md.
 */
import type { Store } from '../state/store.ts';
import type { StageObserver } from './stage-observer.ts';

export interface ObservationAnswer {
  readonly status: number;
  readonly body: unknown;
}

const ROOT = '/_rehearsal/';
const METRICS = /^\/_rehearsal\/stages\/([^/]+)\/([^/]+)\/metrics$/;
const LOG = /^\/_rehearsal\/stages\/([^/]+)\/([^/]+)\/logs\/(access|execution)$/;
const USUAL_LINES = 100;

/** True for a request that is answered here. */
export function isObservation(target: string): boolean {
  return target.startsWith(ROOT);
}

/** @param target - path and query */
export function observe(
  method: string,
  target: string,
  store: Store,
  observer: StageObserver,
): ObservationAnswer {
  const url = new URL(`http://localhost${target}`);
  // By this a command knows the gateway of its folder from whatever else took the port since.
  if (url.pathname === ROOT && method === 'GET') return { status: 200, body: { gateway: 'rehearsal' } };
  const [, apiId, stageName, log] = METRICS.exec(url.pathname) ?? LOG.exec(url.pathname) ?? [];
  if (apiId === undefined || stageName === undefined) {
    return refused(
      404,
      'Ask for /_rehearsal/stages/{api}/{stage}/metrics, …/logs/access or …/logs/execution.',
    );
  }
  if (method !== 'GET') return refused(405, 'What was observed can only be read, with GET.');
  const stage = store.get('stage', apiId, stageName);
  if (stage === undefined) return refused(404, `The API ${apiId} has no stage ${stageName}.`);
  if (log === undefined) {
    const { production, canary } = observer.metrics(apiId, stageName);
    const { deploymentId, canarySettings } = stage;
    return {
      status: 200,
      body: {
        apiId,
        stageName,
        production: { deploymentId, ...production },
        canary: { deploymentId: canarySettings?.deploymentId ?? null, ...canary },
      },
    };
  }
  const isCanary = url.searchParams.get('canary') === 'true';
  const asked = Number(url.searchParams.get('lines') ?? USUAL_LINES);
  const count = Number.isInteger(asked) && asked >= 0 ? asked : USUAL_LINES;
  const lines = observer.lines(apiId, stageName, log as 'access' | 'execution', isCanary, count);
  return { status: 200, body: { apiId, stageName, canary: isCanary, lines } };
}

function refused(status: number, message: string): ObservationAnswer {
  return { status, body: { message } };
}
