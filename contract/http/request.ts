/**
 * A request as it came over the wire against its operation: credentials, parameters, content type, body. Knows no
 * server; the mock server, MSW and the case planner hand in the same plain record.
 */
import { joinPointer } from '../json/pointer.ts';
import { isArray, type Json } from '../json/value.ts';
import type { MediaType, Operation, Parameter, RequestBody } from '../model.ts';
import { validate } from '../schema/validate.ts';
import type { Source } from '../source.ts';
import { decodeBody } from './body/body.ts';
import { contentCoding, mediaTypeFor } from './content.ts';
import { isJson, isMultipart, isXml } from './media-type.ts';
import { type NamedValues, parseCookies, parseQuery } from './named-values.ts';
import { parseParameter, type RawParameter } from './parameter-style.ts';
import { formDecode } from './percent-encoding.ts';
import { type PlannedParameter, planOf } from './request-plan.ts';
import { type CredentialSource, checkCredentials } from './security.ts';

export interface WireRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  /** Still percent-encoded, without the `?`. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array | undefined;
}

/** One way in which a request breaks its operation. */
export interface RequestFault {
  readonly where:
    | 'path'
    | 'query'
    | 'header'
    | 'cookie'
    | 'body'
    | 'content-type'
    | 'security'
    | 'querystring';
  /** Of the parameter or security scheme. */
  readonly name: string | undefined;
  /** Into the value of the parameter or body. */
  readonly pointer: string;
  /** The schema's keyword, or `required`, `malformed`, `content-type`, `security`. */
  readonly keyword: string;
  /** Without a subject: `must be at least 1, is 0`. {@link describeFault} puts one before it. */
  readonly message: string;
  /** What in the document asks for it. */
  readonly schema: Source | undefined;
}

export interface RequestCheck {
  readonly faults: readonly RequestFault[];
  /** The parameters that were sent and could be read, by `path.id`, `query.limit`, `header.X-Trace`. */
  readonly values: ReadonlyMap<string, Json>;
  readonly body: Json | undefined;
  /** What was sent or asked for and could not be checked, each with its reason. */
  readonly unchecked: readonly string[];
}

/**
 * Holds a request against its operation. Undeclared query parameters and headers are allowed. A value sent with a
 * parameter of `allowEmptyValue` may be empty whatever its schema says. Never throws for what a client can send.
 *
 * @param operation - the operation that the request's method and path lead to
 * @param pathVariables - the variables of the path, still encoded, as `matchPath` gives them
 * @example
 * ```ts
 * import { validateRequest } from './contract/http/request.ts';
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract } = contractFromText(
 *   'openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /: { get: { parameters: [{ name: n, in: query, schema: { type: integer } }], responses: {} } } }\n',
 * );
 * const request = { method: 'GET', path: '/', query: 'n=x', headers: {}, body: undefined };
 * const operation = contract?.operations[0];
 * if (operation !== undefined) console.log(validateRequest(operation, request, new Map()).faults[0]?.keyword); // type
 * ```
 */
export function validateRequest(
  operation: Operation,
  request: WireRequest,
  pathVariables: ReadonlyMap<string, string>,
): RequestCheck {
  const plan = planOf(operation);
  if (plan.trivial && plan.body === undefined) return NOTHING_TO_CHECK;
  const run: Run = {
    request,
    faults: undefined,
    unchecked: plan.unchecked,
    query: undefined,
    cookies: undefined,
  };
  if (plan.secured) checkSecurity(operation, run);
  const values =
    plan.parameters.length === 0 ? NO_VALUES : readParameters(plan.parameters, run, pathVariables);
  const body = plan.body === undefined ? undefined : readBody(plan.body, run);
  return { faults: run.faults ?? NO_FAULTS, values, body, unchecked: run.unchecked };
}

/** A fault as a sentence: `query parameter "limit": must be at least 1, is 0`. */
export function describeFault({ where, name, pointer, message }: RequestFault): string {
  const at = pointer === '' ? '' : ` at ${pointer}`;
  switch (where) {
    case 'body':
      return `body${at}: ${message}`;
    case 'content-type':
      return `Content-Type: ${message}`;
    case 'security':
      return `credentials: ${message}`;
    case 'querystring':
      return `query${at}: ${message}`;
    case 'path':
    case 'query':
    case 'header':
    case 'cookie':
      return `${where} parameter ${JSON.stringify(name ?? '')}${at}: ${message}`;
    default:
      return where satisfies never;
  }
}

/** What one validation gathers. */
interface Run {
  readonly request: WireRequest;
  faults: RequestFault[] | undefined;
  unchecked: readonly string[];
  query: NamedValues | undefined;
  cookies: NamedValues | undefined;
}

const NO_FAULTS: readonly RequestFault[] = [];
const NO_VALUES: ReadonlyMap<string, Json> = new Map();
const NO_TEXTS: readonly string[] = [];
const NOTHING_TO_CHECK: RequestCheck = {
  faults: NO_FAULTS,
  values: NO_VALUES,
  body: undefined,
  unchecked: NO_TEXTS,
};

function readParameters(
  planned: readonly PlannedParameter[],
  run: Run,
  pathVariables: ReadonlyMap<string, string>,
): ReadonlyMap<string, Json> {
  const values = new Map<string, Json>();
  for (const one of planned) {
    const { parameter, schema } = one;
    const raw = rawOf(one, run, pathVariables);
    const read = parseParameter(parameter, raw, one.taken);
    if ('malformed' in read) {
      parameterFault(run, parameter, '', 'malformed', read.malformed, parameter.source);
      continue;
    }
    const { value } = read;
    if (value === undefined) {
      if (parameter.required) {
        parameterFault(run, parameter, '', 'required', 'is required, and was not sent', parameter.source);
      }
      continue;
    }
    values.set(one.key, value);
    if (read.unchecked !== undefined) {
      run.unchecked = [
        ...run.unchecked,
        `${parameter.in} parameter ${JSON.stringify(parameter.name)}: ${read.unchecked}`,
      ];
    } else if (schema !== undefined && !(parameter.allowEmptyValue && isEmpty(one, raw))) {
      for (const violation of validate(schema, value, REQUEST)) {
        parameterFault(
          run,
          parameter,
          violation.instance,
          violation.keyword,
          violation.message,
          violation.schema,
        );
      }
    }
  }
  return values;
}
const REQUEST = { direction: 'request' } as const;

function rawOf(
  { parameter, name }: PlannedParameter,
  run: Run,
  pathVariables: ReadonlyMap<string, string>,
): RawParameter {
  switch (parameter.in) {
    case 'path':
      return pathVariables.get(name);
    case 'query':
      return queryOf(run);
    case 'header':
      return headerOf(run, name);
    case 'cookie':
      return cookiesOf(run);
    case 'querystring':
      return run.request.query;
    default:
      return parameter.in satisfies never;
  }
}

function isEmpty({ parameter, name }: PlannedParameter, raw: RawParameter): boolean {
  return parameter.in === 'query' && raw instanceof Map && (raw as NamedValues).get(name)?.[0] === '';
}

function parameterFault(
  run: Run,
  parameter: Parameter,
  pointer: string,
  keyword: string,
  message: string,
  schema: Source,
): void {
  addFault(run, { where: parameter.in, name: parameter.name, pointer, keyword, message, schema });
}

function addFault(run: Run, fault: RequestFault): void {
  run.faults ??= [];
  run.faults.push(fault);
}

function queryOf(run: Run): NamedValues {
  run.query ??= parseQuery(run.request.query);
  return run.query;
}

function cookiesOf(run: Run): NamedValues {
  run.cookies ??= parseCookies(headerOf(run, 'cookie'));
  return run.cookies;
}

/** Own headers only: a parameter may be called `constructor`. */
function headerOf({ request }: Run, name: string): string | readonly string[] | undefined {
  return Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
}

function checkSecurity(operation: Operation, run: Run): void {
  const source: CredentialSource = {
    header: name => {
      const sent = headerOf(run, name);
      return typeof sent === 'string' || sent === undefined ? sent : sent[0];
    },
    query: name => {
      const sent = queryOf(run).get(name)?.[0];
      return sent === undefined ? undefined : (formDecode(sent) ?? sent);
    },
    cookie: name => cookiesOf(run).get(name)?.[0],
  };
  const { missing, scheme, unchecked } = checkCredentials(operation.security, source);
  if (unchecked.length > 0) run.unchecked = [...run.unchecked, ...unchecked];
  if (missing === undefined) return;
  addFault(run, {
    where: 'security',
    name: scheme,
    pointer: '',
    keyword: 'security',
    message: missing,
    schema: operation.source,
  });
}

function readBody(requestBody: RequestBody, run: Run): Json | undefined {
  const { content } = requestBody;
  const bytes = run.request.body;
  const sent = headerOf(run, 'content-type');
  const header = typeof sent === 'string' || sent === undefined ? sent : sent[0];
  if (!wasSent(bytes, header)) {
    if (requestBody.required)
      bodyFault(run, '', 'required', 'is required, and was not sent', requestBody.source);
    return undefined;
  }
  const [only] = content;
  // Without a content type the receiver may assume one (RFC 9110, 8.3); with several entries nothing tells which.
  const mediaType =
    header === undefined ? (content.length === 1 ? only : undefined) : mediaTypeFor(content, header);
  if (mediaType === undefined) {
    addFault(run, {
      where: 'content-type',
      name: undefined,
      pointer: '',
      keyword: 'content-type',
      message: `must be ${content.map(one => one.mediaType).join(' or ')}, ${header === undefined ? 'and was not sent' : `is ${JSON.stringify(header)}`}`,
      schema: requestBody.source,
    });
    return undefined;
  }
  const coding = contentCoding(run.request.headers);
  if (coding !== undefined) {
    run.unchecked = [...run.unchecked, `body: the content coding ${coding} is not taken off`];
    return undefined;
  }
  const decoded = decodeBody(mediaType, header ?? mediaType.mediaType, bytes ?? new Uint8Array());
  if ('malformed' in decoded) {
    bodyFault(run, '', 'malformed', decoded.malformed, mediaType.source);
    return undefined;
  }
  if ('raw' in decoded) {
    if (mediaType.schema !== undefined || mediaType.itemSchema !== undefined) {
      run.unchecked = [...run.unchecked, `body: ${decoded.why}`];
    }
    return undefined;
  }
  checkBody(mediaType, decoded.value, run);
  return decoded.value;
}

/** No bytes are no body, but for types of which an empty one is a value: text, forms, files. */
function wasSent(bytes: Uint8Array | undefined, contentType: string | undefined): boolean {
  if (bytes === undefined) return false;
  if (bytes.length > 0) return true;
  return (
    contentType !== undefined && !isJson(contentType) && !isXml(contentType) && !isMultipart(contentType)
  );
}

function checkBody({ schema, itemSchema }: MediaType, value: Json, run: Run): void {
  if (schema !== undefined) {
    for (const { instance, keyword, message, schema: source } of validate(schema, value, REQUEST)) {
      bodyFault(run, instance, keyword, message, source);
    }
  }
  if (itemSchema === undefined || !isArray(value)) return;
  for (const [index, item] of value.entries()) {
    for (const { instance, keyword, message, schema: source } of validate(itemSchema, item, REQUEST)) {
      bodyFault(run, joinPointer('', index) + instance, keyword, message, source);
    }
  }
}

function bodyFault(run: Run, pointer: string, keyword: string, message: string, schema: Source): void {
  addFault(run, { where: 'body', name: undefined, pointer, keyword, message, schema });
}
