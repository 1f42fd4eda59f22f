/** What all cases of an operation start from: a valid value for each part of the request, made once. */
import { isJson } from '../../http/media-type.ts';
import { parsePathTemplate } from '../../http/path-template.ts';
import type { MediaType, Operation, Parameter } from '../../model.ts';
import { bodyValue } from './body-value.ts';
import { credentialsFor } from './credentials.ts';
import type { Basis, Skip, UsableBody } from './draft.ts';
import type { CasePlanOptions } from './options.ts';
import { isFraming, parameterValue } from './parameter-value.ts';
import type { RequestParts, WrittenParameter } from './request-parts.ts';

/** The basis of an operation's cases; undefined, with the reasons in `skips`, when no valid request can be made. */
export function basisOf(operation: Operation, options: CasePlanOptions, skips: Skip[]): Basis | undefined {
  const { seed = 0, depth = 'standard', safe = false, headers = [] } = options;
  const { credentials = NO_SECRETS, lesserCredentials = NO_LESSER } = options;
  const skip = (reason: Skip['reason'], what: string): undefined => {
    skips.push({ kind: 'skip', reason, what });
  };
  const method = methodOf(operation);
  if (method === undefined) return skip('method', operation.method);
  const known = credentialsFor(operation, credentials);
  if (known === undefined) return skip('credentials-unsupported', 'every request');

  const least = new Map<Parameter, WrittenParameter>();
  const most = new Map<Parameter, WrittenParameter>();
  for (const parameter of operation.parameters) {
    const what = `${parameter.in} parameter ${JSON.stringify(parameter.name)}`;
    const full = parameterValue(parameter, 'all', seed);
    if ('why' in full) {
      // The transport fills in the connection's own headers, so one of those stops nothing.
      skip(full.why, what);
      if (parameter.required && !isFraming(parameter)) return undefined;
      continue;
    }
    most.set(parameter, full.written);
    if (!parameter.required) continue;
    const small = parameterValue(parameter, 'required', seed);
    least.set(parameter, 'why' in small ? full.written : small.written);
  }

  const bodies = usableBodies(operation, seed, skips);
  const { requestBody } = operation;
  const [first] = bodies;
  if (requestBody?.required === true && first === undefined) return undefined;
  const common = {
    method,
    template: parsePathTemplate(operation.path),
    credentials: known,
    given: headers,
  };
  const body = requestBody?.required === true ? first?.least : undefined;
  const leastParts: RequestParts = { ...common, parameters: least, body };
  return {
    operation,
    depth,
    seed,
    safe,
    secrets: credentials,
    lesser: lesserCredentials,
    least: leastParts,
    most: { ...common, parameters: most, body: undefined },
    values: most,
    bodies,
  };
}

const NO_SECRETS: ReadonlyMap<string, string> = new Map();
const NO_LESSER: Basis['lesser'] = new Map();

function usableBodies({ requestBody }: Operation, seed: number, skips: Skip[]): readonly UsableBody[] {
  const bodies: UsableBody[] = [];
  // JSON first, then by name: media types have no order in a document.
  for (const content of (requestBody?.content ?? []).toSorted(byMediaType)) {
    const made = bodyValue(content, 'required', seed);
    if ('why' in made) skips.push({ kind: 'skip', reason: made.why, what: `${content.mediaType} body` });
    else bodies.push({ content, least: made.body });
  }
  return bodies;
}

function byMediaType({ mediaType: a }: MediaType, { mediaType: b }: MediaType): number {
  const json = Number(isJson(b)) - Number(isJson(a));
  if (json !== 0 || a === b) return json;
  return a < b ? -1 : 1;
}

/** Those that API Gateway's `ANY` is tried with, the plainest first. */
const ORDINARY = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The method to send; `ANY` is one that is not declared beside it. */
function methodOf(operation: Operation): string | undefined {
  const { method, path, contract, requestBody } = operation;
  if (method === 'CONNECT') return undefined;
  if (method !== 'ANY') return method;
  const beside = new Set(contract.operations.filter(other => other.path === path).map(other => other.method));
  const free = ORDINARY.filter(candidate => !beside.has(candidate));
  return requestBody === undefined ? free[0] : (free.find(candidate => candidate !== 'GET') ?? free[0]);
}
