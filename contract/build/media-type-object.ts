/**
 * Media Type Object, Encoding Object and Header Object: one file because they contain each other. A part of a multipart
 * body has headers, and a header may be a document of a media type.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#media-type-object
 * @see https://spec.openapis.org/oas/v3.1.1#header-object
 */
import { own } from '../json/value.ts';
import type { Encoding, Header, MediaType, Style } from '../model.ts';
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
import { buildSchema } from './schema-object.ts';
import { swaggerItemSchema, swaggerStyle } from './swagger-2.ts';

/** The entries of a `content` map in document order. */
export function buildContent(context: BuildContext, node: Node | undefined): readonly MediaType[] {
  return children(node, true).flatMap(([mediaType, written]) => {
    const item = settleObject(context, written);
    return item === undefined ? [] : [buildMediaType(context, mediaType, item)];
  });
}

/** One entry of a `content` map. */
export function buildMediaType(context: BuildContext, mediaType: string, node: Node): MediaType {
  const schema = lazy(() => schemaAt(context, node, 'schema'));
  const itemSchema = lazy(() => schemaAt(context, node, 'itemSchema'));
  const examples = lazy(() => buildExamples(context, node));
  const encoding = lazy(
    () =>
      new Map(
        children(child(node, 'encoding'), true).map(([name, item]) => [name, buildEncoding(context, item)]),
      ),
  );
  return {
    source: node.source,
    mediaType,
    get schema() {
      return schema();
    },
    get itemSchema() {
      return itemSchema();
    },
    get examples() {
      return examples();
    },
    get encoding() {
      return encoding();
    },
  };
}

function buildEncoding(context: BuildContext, node: Node): Encoding {
  const style = stringOf(node.raw, 'style') as Style | undefined;
  const explode = own(node.raw, 'explode');
  const headers = lazy(() => buildHeaders(context, child(node, 'headers')));
  return {
    source: node.source,
    contentType: stringOf(node.raw, 'contentType'),
    get headers() {
      return headers();
    },
    style,
    explode: typeof explode === 'boolean' ? explode : (style ?? 'form') === 'form',
    allowReserved: own(node.raw, 'allowReserved') === true,
  };
}

/** The schema under a key, if one is written there. */
export function schemaAt(context: BuildContext, node: Node, key: string): MediaType['schema'] {
  const schema = child(node, key);
  return schema === undefined ? undefined : buildSchema(context, schema);
}

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
