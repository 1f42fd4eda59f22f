/**
 * Which stage of which API a request is for. Two forms lead there: by path, which needs no names to be resolved, and by
 * host, as on AWS. The first is `/restapis/{api}/{stage}/_user_request_/{path}`, the second
 * `{api}.execute-api.localhost` with `/{stage}/{path}`.
 */

export interface Entry {
  readonly apiId: string;
  /** Empty when the path names none. */
  readonly stageName: string;
  /** Below the stage, as it was sent: empty, or from its slash on. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** The name the API was reached by. */
  readonly domainName: string;
}

const BEFORE = '/restapis/';
const AFTER = '/_user_request_';
const HOST = /^([a-z0-9]+)\.execute-api\.localhost(?::\d+)?$/i;

/** Undefined for what is not for a stage. */
export function entryOf(host: string | undefined, target: string): Entry | undefined {
  const question = target.indexOf('?');
  const path = question === -1 ? target : target.slice(0, question);
  const query = question === -1 ? '' : target.slice(question + 1);
  if (path.startsWith(BEFORE)) {
    const found = ofPath(path, query);
    if (found !== undefined) return found;
  }
  // The pattern costs more than this look at what nearly every host lacks.
  if (host === undefined || !host.includes('.')) return undefined;
  const apiId = HOST.exec(host)?.[1];
  if (apiId === undefined) return undefined;
  const slash = path.indexOf('/', 1);
  return {
    apiId,
    stageName: slash === -1 ? path.slice(1) : path.slice(1, slash),
    path: slash === -1 ? '' : path.slice(slash),
    query,
    domainName: domainName(apiId),
  };
}

function ofPath(path: string, query: string): Entry | undefined {
  const api = path.indexOf('/', BEFORE.length);
  const stage = api === -1 ? -1 : path.indexOf('/', api + 1);
  if (stage === -1 || !path.startsWith(AFTER, stage)) return undefined;
  const rest = path.slice(stage + AFTER.length);
  if (rest !== '' && !rest.startsWith('/')) return undefined;
  const apiId = path.slice(BEFORE.length, api);
  return { apiId, stageName: path.slice(api + 1, stage), path: rest, query, domainName: domainName(apiId) };
}

function domainName(apiId: string): string {
  return `${apiId}.execute-api.localhost`;
}
