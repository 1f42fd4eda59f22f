/**
 * Header Object, for responses and for the parts of a multipart body.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#header-object
 */
import { own } from '../json/value.ts';
import type { Header } from '../model.ts';
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
import { buildExamples, unnamedExample } from './example-object.ts';
import { buildContent, schemaAt } from './media-type-object.ts';
import { swaggerItemSchema, swaggerStyle } from './swagger-2.ts';

/** The headers of a `headers` map. `Content-Type` is ignored there, as the specification says. */
export function buildHeaders(context: BuildContext, node: Node | undefined): ReadonlyMap<string, Header> {
  const headers = new Map<string, Header>();
  for (const [name, written] of children(node, true)) {
    if (name.toLowerCase() === 'content-type') continue;
    const header = settleObject(context, written);
    if (header !== undefined) headers.set(name, buildHeader(context, name, header));
  }
  return headers;
}

function buildHeader(context: BuildContext, name: string, node: ObjectNode): Header {
  const swagger = context.dialect === '2.0';
  const explode = swagger ? swaggerStyle(node.raw, 'header').explode : own(node.raw, 'explode') === true;
  // API Gateway also takes 2.0's form, the schema's words in the header itself, in 3.0 documents.
  const bare = own(node.raw, 'schema') === undefined && own(node.raw, 'content') === undefined;
  const schema = lazy(() =>
    swagger || bare ? swaggerItemSchema(context, node) : schemaAt(context, node, 'schema'),
  );
  const content = lazy(() => buildContent(context, child(node, 'content'))[0]);
  const examples = lazy(() => {
    const single = child(node, 'x-example');
    return swagger ? (single === undefined ? [] : [unnamedExample(single)]) : buildExamples(context, node);
  });
  return {
    source: node.source,
    name,
    description: stringOf(node.raw, 'description'),
    required: own(node.raw, 'required') === true,
    deprecated: own(node.raw, 'deprecated') === true,
    explode,
    get schema() {
      return schema();
    },
    get content() {
      return content();
    },
    get examples() {
      return examples();
    },
  };
}
