/**
 * Responses Object and Response Object.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#responses-object
 */
import type { Response } from '../model.ts';
import {
  type BuildContext,
  child,
  children,
  lazy,
  type Node,
  type ObjectNode,
  settleObject,
  stringOf,
} from './context.ts';
import { buildLinks } from './link-object.ts';
import { buildContent, buildHeaders } from './media-type-object.ts';
import { swaggerResponseContent } from './swagger-2.ts';

const STATUS = /^([1-5][0-9]{2}|[1-5]XX|default)$/;

/** The responses of an operation in document order; API Gateway's integer keys arrive here as text. */
export function buildResponses(
  context: BuildContext,
  responses: Node | undefined,
  produces: readonly string[],
): readonly Response[] {
  return children(responses).flatMap(([key, written]) => {
    const status = /^[1-5]xx$/i.test(key) ? key.toUpperCase() : key;
    if (!STATUS.test(status)) {
      context.report({
        rule: 'response-status',
        severity: 'error',
        message: `"${key}" is no response status; this response is ignored.`,
        source: written.source,
        fix: 'Use a status such as 200, a range such as 4XX, or "default".',
      });
      return [];
    }
    const node = settleObject(context, written);
    return node === undefined ? [] : [buildResponse(context, status, node, produces)];
  });
}

/** One response under its status. */
export function buildResponse(
  context: BuildContext,
  status: string,
  node: ObjectNode,
  produces: readonly string[],
): Response {
  const headers = lazy(() => buildHeaders(context, child(node, 'headers')));
  const content = lazy(() =>
    context.dialect === '2.0'
      ? swaggerResponseContent(context, node, produces)
      : buildContent(context, child(node, 'content')),
  );
  const links = lazy(() => buildLinks(context, child(node, 'links')));
  return {
    source: node.source,
    status,
    description: stringOf(node.raw, 'description'),
    get headers() {
      return headers();
    },
    get content() {
      return content();
    },
    get links() {
      return links();
    },
  };
}
