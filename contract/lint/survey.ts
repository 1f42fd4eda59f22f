/**
 * The survey: every node of a contract, each once, components that nothing uses included. Reading a node makes its
 * problems appear in the contract; the rules then look through the lists instead of walking for themselves.
 */
import { type BuildContext, child, children, type Node, settle, settleObject } from '../build/context.ts';
import { buildLinks } from '../build/link-object.ts';
import { buildHeaders, buildMediaType } from '../build/media-type-object.ts';
import { contextOf } from '../build/openapi-object.ts';
import { buildCallback, buildPathItem } from '../build/operation-object.ts';
import { buildParameter } from '../build/parameter-object.ts';
import { buildRequestBody } from '../build/request-body-object.ts';
import { buildResponse } from '../build/response-object.ts';
import { joinPointer, pointerTokens } from '../json/pointer.ts';
import { isObject, type Json, own } from '../json/value.ts';
import type {
  Contract,
  Header,
  Link,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  Response,
  Schema,
  Server,
} from '../model.ts';
import type { Direction } from '../schema/run.ts';
import { visitSubschemas } from '../schema/subschemas.ts';
import type { Source, SourceDocument } from '../source.ts';

/** The way a value travels; undefined where it may be either, as in a webhook. */
export type Way = Direction | undefined;

export interface SurveyedOperation {
  readonly operation: Operation;
  readonly kind: 'path' | 'webhook' | 'callback';
}

export interface Survey {
  readonly contract: Contract;
  readonly context: BuildContext;
  /** The root document and the parts that it refers to. */
  readonly documents: readonly SourceDocument[];
  /** The keys under `paths` and where each stands. */
  readonly paths: readonly { readonly path: string; readonly source: Source }[];
  readonly operations: readonly SurveyedOperation[];
  readonly parameters: readonly Parameter[];
  readonly requestBodies: readonly RequestBody[];
  readonly responses: readonly Response[];
  readonly headers: readonly { readonly header: Header; readonly way: Way }[];
  readonly mediaTypes: readonly { readonly mediaType: MediaType; readonly way: Way }[];
  readonly links: readonly Link[];
  readonly servers: readonly Server[];
  readonly schemas: readonly Schema[];
  /** What is written at a place, before anything was made of it. */
  readonly rawAt: (source: Source) => Json | undefined;
}

/** Reads the whole contract. */
export function surveyContract(contract: Contract): Survey {
  const context = contextOf(contract);
  if (context === undefined) throw new TypeError('this contract was not built from a document');
  const lists = {
    operations: [] as SurveyedOperation[],
    parameters: [] as Parameter[],
    requestBodies: [] as RequestBody[],
    responses: [] as Response[],
    headers: [] as { header: Header; way: Way }[],
    mediaTypes: [] as { mediaType: MediaType; way: Way }[],
    links: [] as Link[],
    servers: [] as Server[],
    schemas: [] as Schema[],
  };
  const seen = new Map<SourceDocument, Map<string, Set<string>>>();
  const seenSchemas = new Set<Schema>();
  /** True the first time a kind of node is met at a place. */
  const first = (kind: string, { document, pointer }: Source): boolean => {
    const kinds = seen.get(document) ?? new Map<string, Set<string>>();
    seen.set(document, kinds);
    const places = kinds.get(kind) ?? new Set<string>();
    kinds.set(kind, places);
    if (places.has(pointer)) return false;
    places.add(pointer);
    return true;
  };

  const schema = (root: Schema | undefined): void => {
    if (root === undefined) return;
    const waiting = [root];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seenSchemas.has(next)) continue;
      seenSchemas.add(next);
      lists.schemas.push(next);
      touch(next);
      visitSubschemas(next, sub => waiting.push(sub));
      if (next.contentSchema !== undefined) waiting.push(next.contentSchema);
      waiting.push(...(next.discriminator?.mapping.values() ?? []));
    }
  };
  const header = (node: Header, way: Way): void => {
    if (!first(`header ${way}`, node.source)) return;
    lists.headers.push({ header: node, way });
    schema(node.schema);
    if (node.content !== undefined) mediaType(node.content, way);
    void node.examples;
  };
  const mediaType = (node: MediaType, way: Way): void => {
    if (!first(`media ${way} ${node.mediaType}`, node.source)) return;
    lists.mediaTypes.push({ mediaType: node, way });
    schema(node.schema);
    schema(node.itemSchema);
    void node.examples;
    for (const encoding of node.encoding.values()) {
      for (const item of encoding.headers.values()) header(item, way);
    }
  };
  const parameter = (node: Parameter): void => {
    if (!first('parameter', node.source)) return;
    lists.parameters.push(node);
    schema(node.schema);
    if (node.content !== undefined) mediaType(node.content, 'request');
    void node.examples;
  };
  const requestBody = (node: RequestBody | undefined, way: Way): void => {
    if (node === undefined) return;
    if (first('body', node.source)) lists.requestBodies.push(node);
    for (const item of node.content) mediaType(item, way);
  };
  const link = (node: Link): void => {
    if (first('link', node.source)) lists.links.push(node);
  };
  const response = (node: Response, way: Way): void => {
    if (first(`response ${node.status}`, node.source)) lists.responses.push(node);
    for (const item of node.headers.values()) header(item, way);
    for (const item of node.content) mediaType(item, way);
    for (const item of node.links.values()) link(item);
  };
  const server = (node: Server): void => {
    if (first('server', node.source)) lists.servers.push(node);
  };
  const operation = (node: Operation, kind: SurveyedOperation['kind']): void => {
    if (!first(`operation ${node.path}`, node.source)) return;
    first('used operation', node.source);
    lists.operations.push({ operation: node, kind });
    // Who sends what is turned round in a webhook, and documents disagree on what readOnly means there.
    const ways: readonly [Way, Way] = kind === 'path' ? ['request', 'response'] : [undefined, undefined];
    void node.security;
    for (const item of node.servers) server(item);
    for (const item of node.parameters) parameter(item);
    requestBody(node.requestBody, ways[0]);
    for (const item of node.responses) response(item, ways[1]);
    for (const operations of node.callbacks.values())
      for (const item of operations) operation(item, 'callback');
  };

  /** A path item among the components was met already where it is used, under its real path. */
  const unused = (node: Operation): boolean => first('used operation', node.source);

  for (const item of contract.servers) server(item);
  for (const item of contract.operations) operation(item, 'path');
  for (const item of contract.webhooks) operation(item, 'webhook');
  void contract.securitySchemes;
  for (const item of contract.schemas.values()) schema(item);
  for (const [kind, name, node] of componentNodes(contract, context)) {
    const settled = settleObject(context, node);
    if (settled === undefined) continue;
    switch (kind) {
      case 'parameters': {
        const location = own(settled.raw, 'in');
        if (typeof location !== 'string' || !LOCATIONS.has(location)) break;
        parameter(
          buildParameter(
            context,
            String(own(settled.raw, 'name') ?? name),
            location as Parameter['in'],
            settled,
          ),
        );
        break;
      }
      case 'headers':
        for (const item of buildHeaders(context, onlyChild(node, name)).values()) header(item, undefined);
        break;
      case 'responses':
        response(buildResponse(context, 'default', settled, []), 'response');
        break;
      case 'requestBodies':
        requestBody(buildRequestBody(context, settled), 'request');
        break;
      case 'links':
        for (const item of buildLinks(context, onlyChild(node, name)).values()) link(item);
        break;
      case 'mediaTypes':
        mediaType(buildMediaType(context, name, settled), undefined);
        break;
      case 'callbacks':
        for (const item of buildCallback(context, settled)) if (unused(item)) operation(item, 'callback');
        break;
      case 'pathItems':
        for (const item of buildPathItem(context, name, settled))
          if (unused(item)) operation(item, 'webhook');
        break;
      default:
    }
  }
  const documents = [...new Set([contract.source.document, ...context.documents.values()])].filter(
    document => 'value' in document,
  );
  return { contract, context, documents, paths: pathsOf(contract), rawAt, ...lists };
}

/** Getters whose problems would otherwise wait for somebody to validate with them. */
function touch(schema: Schema): void {
  void schema.types;
  void schema.enum;
  void schema.pattern;
  void schema.format;
  void schema.required;
  void schema.uniqueItems;
  void schema.minimum;
  void schema.maximum;
  void schema.exclusiveMinimum;
  void schema.exclusiveMaximum;
  void schema.multipleOf;
  void schema.minLength;
  void schema.maxLength;
  void schema.minItems;
  void schema.maxItems;
  void schema.minContains;
  void schema.maxContains;
  void schema.minProperties;
  void schema.maxProperties;
  void schema.readOnly;
  void schema.writeOnly;
  void schema.deprecated;
  void schema.xml;
}

const LOCATIONS = new Set(['path', 'query', 'header', 'cookie', 'querystring']);

/** The kinds of `components` that are objects of their own; 2.0 keeps two of them at its top. */
function componentNodes(contract: Contract, context: BuildContext): [string, string, Node][] {
  const root: Node = { raw: contract.raw, source: contract.source };
  const owner = contract.dialect === '2.0' ? root : child(root, 'components');
  const kinds =
    contract.dialect === '2.0'
      ? ['parameters', 'responses']
      : [
          'parameters',
          'headers',
          'responses',
          'requestBodies',
          'links',
          'mediaTypes',
          'callbacks',
          'pathItems',
          'examples',
        ];
  return kinds.flatMap(kind => {
    const map = settle(context, owner && child(owner, kind));
    return children(map, true).map(([name, node]): [string, string, Node] => [kind, name, node]);
  });
}

/** A map with one entry, for builders that take maps. */
function onlyChild(node: Node, name: string): Node {
  const tokens = pointerTokens(node.source.pointer);
  return {
    raw: Object.fromEntries([[name, node.raw]]),
    source: { document: node.source.document, pointer: joinPointer('', ...tokens.slice(0, -1)) },
  };
}

function pathsOf(contract: Contract): Survey['paths'] {
  const paths = own(contract.raw, 'paths');
  if (!isObject(paths)) return [];
  return Object.keys(paths)
    .filter(path => !path.startsWith('x-'))
    .map(path => ({
      path,
      source: { document: contract.source.document, pointer: joinPointer('/paths', path) },
    }));
}

function rawAt(source: Source): Json | undefined {
  let raw: Json | undefined = source.document.value;
  for (const token of pointerTokens(source.pointer)) {
    if (raw === undefined) return undefined;
    raw = Array.isArray(raw) ? (raw as readonly Json[])[Number(token)] : own(raw, token);
  }
  return raw;
}
