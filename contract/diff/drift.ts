/**
 * What a stage of API Gateway serves against the document that it was made of. An export says less than its source by
 * nature: descriptions, examples, what parameters may hold, servers, `default` responses, most words of schemas. None of
 * that is drift. What both can say, and say differently, is.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
import { isJson } from '../http/media-type.ts';
import { parsePathTemplate } from '../http/path-template.ts';
import { own } from '../json/value.ts';
import type { Contract, Dialect, MediaType, Operation, Response, Schema } from '../model.ts';
import type { Direction } from '../schema/run.ts';
import { newCollector } from './collector.ts';
import type { Change } from './rule.ts';
import { requestBodyAdded, requestBodyRemoved } from './rules/bodies.ts';
import { compareIntegrations, standsIn } from './rules/integrations.ts';
import { operationAdded, operationIdChanged, operationRemoved } from './rules/operations.ts';
import {
  parameterAdded,
  parameterBecameOptional,
  parameterBecameRequired,
  parameterRemoved,
  requiredParameterAdded,
} from './rules/parameters.ts';
import {
  byStatus,
  failureStatusAdded,
  failureStatusRemoved,
  headerAdded,
  headerRemoved,
  isSuccess,
  successStatusAdded,
  successStatusRemoved,
} from './rules/responses.ts';
import { schemaRule } from './rules/schema-rules.ts';
import { securityAdded, securityRemoved } from './rules/security.ts';
import { type Found, schemaComparer } from './schema/pairs.ts';
import type { Collector, Spot } from './spot.ts';

export interface DriftOptions {
  /** A schema as API Gateway keeps it and exports it in this version, when somebody knows how it is brought there. */
  readonly lowered?: (schema: Schema, dialect: Dialect) => Schema | undefined;
}

/** True for a document that names a stage's own address as its server, as exports do. */
export function isExport({ servers }: Contract): boolean {
  return servers.some(({ url }) => /\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?(\/|$)/.test(url));
}

/**
 * What a stage serves otherwise than its source says, the gravest first as in a comparison of any two documents.
 *
 * @param source - the document that the stage was made of
 * @param exported - what GetExport gave, in either version
 * @example
 * ```ts
 * import { driftBetween, isExport } from './contract/diff/drift.ts';
 * import type { Contract } from './contract/model.ts';
 *
 * export const isCurrent = (source: Contract, stage: Contract): boolean =>
 *   isExport(stage) && driftBetween(source, stage).length === 0;
 * ```
 */
export function driftBetween(
  source: Contract,
  exported: Contract,
  options: DriftOptions = {},
): readonly Change[] {
  const collector = newCollector();
  const compareBodies = bodyComparer(collector, exported.dialect, options);
  const isStandIn = standsIn(source, exported);
  const now = byShape(exported);
  const before = byShape(source);
  for (const [key, operation] of before) {
    const spot = { operation: operation.key, part: '' };
    const other = now.get(key);
    if (other !== undefined) {
      compareOperations(operation, other, spot, compareBodies, collector);
      if (!isStandIn) compareIntegrations(operation, other, spot, collector);
    } else if (isPlaceable(operation))
      collector.report(
        operationRemoved,
        spot,
        'the stage does not have the operation',
        operation.source,
        pathsOf(exported),
      );
  }
  for (const [key, operation] of now) {
    if (before.has(key) || isPreflight(operation)) continue;
    const spot = { operation: operation.key, part: '' };
    collector.report(
      operationAdded,
      spot,
      'only the stage has the operation',
      pathsOf(source),
      operation.source,
    );
  }
  return collector.changes();
}

/** By method and path, of several that are one to the service the first: it has no other. */
function byShape({ operations }: Contract): ReadonlyMap<string, Operation> {
  const byKey = new Map<string, Operation>();
  for (const operation of operations) {
    const key = `${operation.method} ${shapeOf(operation.path)}`;
    if (!byKey.has(key)) byKey.set(key, operation);
  }
  return byKey;
}

/** The service knows no slash at the end of a path, and a variable only as a whole segment, whatever its name. */
function shapeOf(path: string): string {
  const segments = path.split('/').filter(segment => segment !== '');
  return segments
    .map(segment => (segment.includes('{') ? (segment.endsWith('+}') ? '{+}' : '{}') : segment))
    .join('/');
}

const METHODS = new Set(['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY']);

/** True for what the service can have: other methods, and other characters in a path, it refuses. */
function isPlaceable({ method, path }: Operation): boolean {
  const segments = path.split('/').filter(segment => segment !== '' && !segment.includes('{'));
  return METHODS.has(method) && segments.every(segment => /^[A-Za-z0-9_.,:-]+$/.test(segment));
}

function pathsOf({ source }: Contract): Operation['source'] {
  return { document: source.document, pointer: '/paths' };
}

/** The service has no CORS of its own: every path that pages may call has an OPTIONS that answers with headers alone. */
function isPreflight({ method, extensions, responses }: Operation): boolean {
  if (method !== 'OPTIONS') return false;
  const type = own(extensions.get('x-amazon-apigateway-integration') ?? null, 'type');
  const isMock = type === undefined || (typeof type === 'string' && type.toLowerCase() === 'mock');
  return isMock && responses.every(({ headers, content }) => hasCors(headers) || content.length === 0);
}

function hasCors(headers: Response['headers']): boolean {
  return [...headers.keys()].some(name => /^access-control-/i.test(name));
}

type CompareBodies = (
  direction: Direction,
  spot: Spot,
  old: MediaType | undefined,
  now: MediaType | undefined,
) => void;

function compareOperations(
  old: Operation,
  now: Operation,
  spot: Spot,
  compareBodies: CompareBodies,
  collector: Collector,
): void {
  const { report } = collector;
  if (old.id !== undefined && now.id !== undefined && old.id !== now.id)
    report(operationIdChanged, spot, `the operationId is ${now.id}`, old.source, now.source);
  compareSecurity(old, now, spot, collector);
  compareParameters(old, now, spot, collector);
  const [body, other] = [old.requestBody, now.requestBody];
  const [media, model] = [jsonOf(body?.content ?? []), jsonOf(other?.content ?? [])];
  const place = { ...spot, part: 'request body' };
  if (says(media) && other === undefined)
    report(
      requestBodyRemoved,
      place,
      'the stage has no model for the body',
      media?.source ?? old.source,
      now.source,
    );
  else if (body === undefined && says(model))
    report(
      requestBodyAdded,
      place,
      'only the stage has a model for the body',
      old.source,
      model?.source ?? now.source,
    );
  else compareBodies('request', place, media, model);
  compareResponses(old, now, spot, compareBodies, collector);
}

/** The one media type that models are about. */
function jsonOf(content: readonly MediaType[]): MediaType | undefined {
  return content.find(({ mediaType }) => isJson(mediaType));
}

/** True for a schema that refuses something: what refuses nothing needs no model. */
function says(media: MediaType | undefined): boolean {
  const schema = media?.schema;
  if (schema === undefined || schema.always === true) return false;
  const { types, properties, required, allOf, anyOf, oneOf, not, enum: listed, items, reference } = schema;
  return (
    [types, anyOf, oneOf, not, listed, items, reference].some(one => one !== undefined) ||
    properties.size + required.length + allOf.length > 0
  );
}

/** Only whether anything is asked for: what proves it is the authorizer's matter, and has another name there. */
function compareSecurity(old: Operation, now: Operation, spot: Spot, { report }: Collector): void {
  const place = { ...spot, part: 'security' };
  const [asked, asks] = [old.security.length > 0, now.security.length > 0];
  if (!asked && asks)
    report(securityAdded, place, 'only the stage asks for credentials', old.source, now.source);
  const enforced = old.security.some(alternative =>
    alternative.some(({ scheme }) => isKnownToGateway(scheme)),
  );
  if (enforced && !asks)
    report(securityRemoved, place, 'the stage asks for no credentials', old.source, now.source);
}

/** API Gateway asks by itself only for its own keys, and otherwise where an authorizer is named. */
function isKnownToGateway(scheme: Operation['security'][number][number]['scheme']): boolean {
  if (scheme === undefined) return false;
  if (scheme.kind === 'apiKey' && scheme.parameter.toLowerCase() === 'x-api-key') return true;
  return ['x-amazon-apigateway-authorizer', 'x-amazon-apigateway-authtype'].some(name =>
    scheme.extensions.has(name),
  );
}

/** Names that a mapping expression can hold; others have no place in the service. */
const MAPPABLE = /^[A-Za-z0-9._$-]+$/;

/** Headers that OpenAPI says are no parameters. */
const NO_PARAMETERS: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** Names in the query and headers, and whether they must be there: all that the service knows of parameters. */
function compareParameters(old: Operation, now: Operation, spot: Spot, { report }: Collector): void {
  const known = ({ parameters }: Operation): ReadonlyMap<string, Operation['parameters'][number]> =>
    new Map(
      parameters
        .filter(
          ({ in: place, name }) =>
            (place === 'query' || (place === 'header' && !NO_PARAMETERS.has(name.toLowerCase()))) &&
            MAPPABLE.test(name),
        )
        .map(one => [`${one.in} ${one.in === 'header' ? one.name.toLowerCase() : one.name}`, one]),
    );
  const [before, after] = [known(old), known(now)];
  const variables = new Set(parsePathTemplate(now.path).names);
  for (const [key, parameter] of before) {
    const { name, in: location, required, schema } = parameter;
    const place = { ...spot, part: `${location} parameter "${name}"` };
    const other = after.get(key);
    const places = [parameter.source, other?.source ?? now.source] as const;
    // A name is taken once, and an object in the query has no name of its own there.
    const isLost =
      variables.has(name) || [...before.values()].some(one => one !== parameter && one.name === name);
    if (other === undefined) {
      if (!isLost) report(parameterRemoved, place, 'the stage does not know the parameter', ...places);
    } else if (other.required && !required) {
      report(parameterBecameRequired, place, 'only the stage requires the parameter', ...places);
    } else if (
      required &&
      !other.required &&
      !parameter.allowEmptyValue &&
      !schema?.types?.includes('object')
    ) {
      report(parameterBecameOptional, place, 'the stage does not require the parameter', ...places);
    }
  }
  for (const [key, parameter] of after) {
    if (before.has(key)) continue;
    const place = { ...spot, part: `${parameter.in} parameter "${parameter.name}"` };
    const rule = parameter.required ? requiredParameterAdded : parameterAdded;
    report(rule, place, 'only the stage knows the parameter', old.source, parameter.source);
  }
}

function compareResponses(
  old: Operation,
  now: Operation,
  spot: Spot,
  compareBodies: CompareBodies,
  collector: Collector,
): void {
  const { report } = collector;
  const [before, after] = [byStatus(old), byStatus(now)];
  for (const [status, response] of before) {
    const place = { ...spot, part: `response ${status}` };
    const other = after.get(status);
    if (other !== undefined) {
      compareHeaders(response, other, place, collector);
      compareBodies('response', place, jsonOf(response.content), jsonOf(other.content));
    } else if (/^\d{3}$/.test(status) && after.size > 0) {
      const rule = isSuccess(status) ? successStatusRemoved : failureStatusRemoved;
      report(rule, place, 'the stage does not have the status', response.source, now.source);
    }
  }
  // `default` and ranges became statuses of their own.
  const isOpen = (status: string): boolean => before.has('default') || before.has(`${status.charAt(0)}XX`);
  for (const [status, response] of after) {
    if (before.has(status) || isOpen(status) || before.size === 0) continue;
    const rule = isSuccess(status) ? successStatusAdded : failureStatusAdded;
    report(
      rule,
      { ...spot, part: `response ${status}` },
      'only the stage has the status',
      old.source,
      response.source,
    );
  }
}

/** What the service adds to answers itself: CORS, the type of the body, and who answered. */
const ADDED = /^(access-control-|content-type$|x-rehearsal-)/i;

function compareHeaders(old: Response, now: Response, spot: Spot, { report }: Collector): void {
  const names = ({ headers }: Response): ReadonlySet<string> =>
    new Set([...headers.keys()].map(name => name.toLowerCase()).filter(name => !ADDED.test(name)));
  const [before, after] = [names(old), names(now)];
  for (const name of before.difference(after))
    report(headerRemoved, spot, `the stage does not send the header ${name}`, old.source, now.source);
  for (const name of after.difference(before))
    report(headerAdded, spot, `only the stage sends the header ${name}`, old.source, now.source);
}

/** Words of schemas that models of API Gateway do not keep, or keep without using them. */
const LOST =
  /^(default|encoding|xml|format|discriminator|unevaluated|contains|condition|dependency|property-names|pattern-properties|null|excluded-values|value-(no-longer-)?deprecated|alternatives-overlap|property-(became|no-longer)-(read|write)-only)/;

function bodyComparer(collector: Collector, dialect: Dialect, { lowered }: DriftOptions): CompareBodies {
  const comparers = { request: schemaComparer('request'), response: schemaComparer('response') };
  return (direction, spot, old, now) => {
    if (old?.schema === undefined || now?.schema === undefined) return;
    const at = now.source;
    const compare = (schema: Schema): readonly Found[] =>
      comparers[direction]
        .compare(
          { schemas: [schema], at: old.source },
          { schemas: now.schema === undefined ? [] : [now.schema], at },
        )
        .found.filter(({ what, twisted }) => !twisted && !LOST.test(what));
    const asWritten = compare(old.schema);
    const kept = asWritten.length === 0 ? undefined : lowered?.(old.schema, dialect);
    const asKept = kept === undefined ? asWritten : compare(kept);
    // What lowering explains is none; what it does not is shown where the source has it.
    const told = asWritten.filter(one =>
      asKept.some(({ what, path }) => one.what === what && one.path === path),
    );
    for (const finding of told.length > 0 || asKept.length === 0 ? told : asKept) {
      const path = finding.path.replace(/^\./, '');
      const part = `${spot.part} ${old.mediaType}${path === '' ? '' : `, ${path}`}`;
      const before = finding.before.document === old.source.document ? finding.before : old.source;
      collector.report(
        schemaRule(direction, finding),
        { ...spot, part },
        finding.message,
        before,
        finding.after,
      );
    }
  };
}
