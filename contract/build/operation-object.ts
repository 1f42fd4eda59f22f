/**
 * Operation Object, and the Path Item Object around it.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#path-item-object
 */
import { isArray, type Json, type JsonObject, own } from '../json/value.ts';
import type { Operation, SecurityRequirement } from '../model.ts';
import {
  type BuildContext,
  child,
  children,
  extensionsOf,
  lazy,
  type Node,
  settle,
  stringOf,
} from './context.ts';
import { buildParameters, parameterNodes } from './parameter-object.ts';
import { buildRequestBody } from './request-body-object.ts';
import { buildResponses } from './response-object.ts';
import { buildSecurity } from './security-object.ts';
import { buildServers } from './server-object.ts';
import { swaggerMediaTypes, swaggerRequestBody } from './swagger-2.ts';

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** API Gateway's word for "any method not declared beside it". */
const ANY_METHOD = 'x-amazon-apigateway-any-method';

/**
 * The operations of one path item. A path item may be a reference, with its own members beside it winning (3.1.1,
 * 4.8.9.1); `query` and `additionalOperations` exist from 3.2 on.
 */
export function buildPathItem(context: BuildContext, path: string, written: Node): readonly Operation[] {
  const target = typeof own(written.raw, '$ref') === 'string' ? settle(context, written) : undefined;
  const items = target === undefined ? [written] : [written, target];
  const operations = new Map<string, Operation>();
  for (const item of items) {
    for (const [method, node] of operationNodes(context, item)) {
      if (!operations.has(method)) operations.set(method, buildOperation(context, method, path, node, items));
    }
  }
  return [...operations.values()];
}

function operationNodes(context: BuildContext, item: Node): [string, Node][] {
  const nodes: [string, Node][] = [];
  for (const [key, node] of children(item, true)) {
    if (METHODS.has(key) || (key === 'query' && context.dialect === '3.2'))
      nodes.push([key.toUpperCase(), node]);
    else if (key === ANY_METHOD) nodes.push(['ANY', node]);
    else if (key === 'additionalOperations' && context.dialect === '3.2') nodes.push(...children(node, true));
  }
  return nodes;
}

function buildOperation(
  context: BuildContext,
  method: string,
  path: string,
  node: Node,
  items: readonly Node[],
): Operation {
  // A path item may stand in another file; `consumes` and `produces` are always the root document's.
  const root = (): JsonObject => context.contract().raw;
  const swagger = context.dialect === '2.0';
  const lists = [...items.toReversed().map(item => child(item, 'parameters')), child(node, 'parameters')];
  const tags = own(node.raw, 'tags');
  const parameters = lazy(() => buildParameters(context, lists));
  const requestBody = lazy(() =>
    swagger
      ? swaggerRequestBody(
          context,
          parameterNodes(context, lists),
          swaggerMediaTypes(root(), node.raw, 'consumes'),
          node.source,
        )
      : buildRequestBody(context, child(node, 'requestBody')),
  );
  const responses = lazy(() =>
    buildResponses(
      context,
      child(node, 'responses'),
      swagger ? swaggerMediaTypes(root(), node.raw, 'produces') : [],
    ),
  );
  const servers = lazy(
    () =>
      buildServers(node) ??
      items.map(item => buildServers(item)).find(found => found !== undefined) ??
      context.contract().servers,
  );
  const security = lazy(() => operationSecurity(context, node));
  const callbacks = lazy(
    () =>
      new Map(
        children(child(node, 'callbacks'), true).map(([name, item]) => [name, buildCallback(context, item)]),
      ),
  );
  return {
    source: node.source,
    get contract() {
      return context.contract();
    },
    key: `${method} ${path}`,
    id: stringOf(node.raw, 'operationId'),
    method,
    path,
    summary: stringOf(node.raw, 'summary'),
    description: stringOf(node.raw, 'description'),
    deprecated: own(node.raw, 'deprecated') === true,
    tags: isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : NO_TAGS,
    get servers() {
      return servers();
    },
    get parameters() {
      return parameters();
    },
    get requestBody() {
      return requestBody();
    },
    get responses() {
      return responses();
    },
    get security() {
      return security();
    },
    get callbacks() {
      return callbacks();
    },
    get extensions() {
      return extensionsOf(node.raw);
    },
  };
}
const NO_TAGS: readonly string[] = [];

/** The operation's own `security`, else the document's. An empty list at the operation takes the document's away. */
function operationSecurity(context: BuildContext, node: Node): readonly SecurityRequirement[] {
  const contract = context.contract();
  const written: Node | undefined =
    child(node, 'security') ?? child({ raw: contract.raw as Json, source: contract.source }, 'security');
  return written === undefined ? [] : buildSecurity(context, written, () => contract.securitySchemes);
}

/** The operations of one callback; their paths are runtime expressions. */
export function buildCallback(context: BuildContext, written: Node): readonly Operation[] {
  const node = settle(context, written);
  return children(node).flatMap(([expression, item]) => buildPathItem(context, expression, item));
}
