/**
 * Request Body Object.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#request-body-object
 */
import { own } from '../json/value.ts';
import type { RequestBody } from '../model.ts';
import { type BuildContext, child, lazy, type Node, settleObject, stringOf } from './context.ts';
import { buildContent } from './media-type-object.ts';

/** The `requestBody` of an operation, if it has one. */
export function buildRequestBody(context: BuildContext, written: Node | undefined): RequestBody | undefined {
  const node = settleObject(context, written);
  if (node === undefined) return undefined;
  const content = lazy(() => buildContent(context, child(node, 'content')));
  return {
    source: node.source,
    description: stringOf(node.raw, 'description'),
    required: own(node.raw, 'required') === true,
    get content() {
      return content();
    },
  };
}
