/**
 * Media Type Object and Encoding Object.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#media-type-object
 */
import { own } from '../json/value.ts';
import type { Encoding, MediaType, Style } from '../model.ts';
import { type BuildContext, child, children, lazy, type Node, settleObject, stringOf } from './context.ts';
import { buildExamples } from './example-object.ts';
import { buildHeaders } from './header-object.ts';
import { buildSchema } from './schema-object.ts';

/** The entries of a `content` map in document order. */
export function buildContent(context: BuildContext, node: Node | undefined): readonly MediaType[] {
  return children(node, true).flatMap(([mediaType, written]) => {
    const item = settleObject(context, written);
    return item === undefined ? [] : [buildMediaType(context, mediaType, item)];
  });
}

function buildMediaType(context: BuildContext, mediaType: string, node: Node): MediaType {
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
