/** The access log of a stage of the local API Gateway, which reads out its last lines by HTTP. */
import { RehearsalError } from '../../contract/errors.ts';
import type { AccessLogReader } from './stage.ts';

/** How many lines the gateway keeps of a stage. */
const LINES = 1000;

/**
 * What was logged from now on.
 *
 * @param endpoint - of the gateway
 */
export function localAccessLog(
  endpoint: string,
  { apiId, stageName }: { readonly apiId: string; readonly stageName: string },
): AccessLogReader {
  const base = endpoint.replace(/\/+$/, '');
  const url = `${base}/_rehearsal/stages/${apiId}/${encodeURIComponent(stageName)}/logs/access?lines=${LINES}`;
  /** The last lines that were read; undefined before the first time. */
  let known: readonly string[] | undefined;
  return async () => {
    const lines = await linesAt(url);
    const before = known ?? lines;
    known = lines;
    const fresh = linesAfter(before, lines);
    return { lines: fresh, lost: before.length === LINES && fresh.length === LINES };
  };
}

async function linesAt(url: string): Promise<readonly string[]> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    const { lines } = (await response.json()) as { readonly lines?: readonly string[] };
    if (response.ok && lines !== undefined) return lines;
    throw new Error(`it answered ${response.status}`);
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    throw new RehearsalError('LOG_UNREADABLE', { log: url, reason }, { cause: error });
  }
}

/** Lines name their request, so no two are alike; the last known one tells where the new ones begin. */
function linesAfter(before: readonly string[], now: readonly string[]): readonly string[] {
  const last = before.at(-1);
  return last === undefined ? now : now.slice(now.lastIndexOf(last) + 1);
}
