/**
 * Parameter Object: styles and their defaults settled, path item's and operation's merged.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#parameter-object
 */
import { own } from '../json/value.ts';
import type { Parameter, ParameterLocation, Style } from '../model.ts';
import { below } from '../source.ts';
import {
  type BuildContext,
  child,
  children,
  extensionsOf,
  lazy,
  type Node,
  type ObjectNode,
  settleObject,
  stringOf,
} from './context.ts';
import { buildExamples, unnamedExample } from './example-object.ts';
import { buildContent, schemaAt } from './media-type-object.ts';
import { swaggerItemSchema, swaggerStyle } from './swagger-2.ts';

const LOCATIONS: readonly string[] = [
  'path',
  'query',
  'header',
  'cookie',
  'querystring',
] satisfies ParameterLocation[];

/** Headers that a Parameter Object cannot describe (3.1.1, 4.8.12.2.1): other parts of the document do. */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

/** The `parameters` lists of the path item and the operation; the operation's win by location and name. */
export function buildParameters(
  context: BuildContext,
  lists: readonly (Node | undefined)[],
): readonly Parameter[] {
  const byKey = new Map<string, Parameter>();
  for (const node of parameterNodes(context, lists)) {
    const location = stringOf(node.raw, 'in');
    const name = stringOf(node.raw, 'name');
    // Bodies of 2.0 stand in this list too; `swagger-2.ts` reads those.
    if (context.dialect === '2.0' && (location === 'body' || location === 'formData')) continue;
    if (name === undefined || location === undefined || !LOCATIONS.includes(location)) {
      context.report({
        rule: 'parameter-form',
        severity: 'error',
        message: `A parameter needs a "name" and an "in" of ${LOCATIONS.join(', ')}; this one is ignored.`,
        source: node.source,
        fix: 'Write both members.',
      });
      continue;
    }
    if (location === 'header' && IGNORED_HEADERS.has(name.toLowerCase()) && context.dialect !== '2.0')
      continue;
    const key = `${location}:${location === 'header' ? name.toLowerCase() : name}`;
    byKey.set(key, buildParameter(context, name, location as ParameterLocation, node));
  }
  return [...byKey.values()];
}

/** The parameter objects of several lists, references followed. */
export function parameterNodes(context: BuildContext, lists: readonly (Node | undefined)[]): ObjectNode[] {
  return lists.flatMap(list =>
    children(list, true).flatMap(([, written]) => {
      const node = settleObject(context, written);
      return node === undefined ? [] : [node];
    }),
  );
}

/** One parameter, its name and place in the request already known. */
export function buildParameter(
  context: BuildContext,
  name: string,
  location: ParameterLocation,
  node: ObjectNode,
): Parameter {
  const swagger = context.dialect === '2.0';
  const { style, explode } = swagger
    ? swaggerStyle(node.raw, location)
    : writtenStyle(context, node, location);
  const schema = lazy(() => (swagger ? swaggerItemSchema(context, node) : schemaAt(context, node, 'schema')));
  const content = lazy(() => buildContent(context, child(node, 'content'))[0]);
  const examples = lazy(() => {
    if (!swagger) return buildExamples(context, node);
    const single = child(node, 'x-example') ?? child(node, 'example');
    return single === undefined ? [] : [unnamedExample(single)];
  });
  return {
    source: node.source,
    name,
    in: location,
    description: stringOf(node.raw, 'description'),
    required: location === 'path' || own(node.raw, 'required') === true,
    deprecated: own(node.raw, 'deprecated') === true,
    allowEmptyValue: own(node.raw, 'allowEmptyValue') === true,
    style,
    explode,
    allowReserved: own(node.raw, 'allowReserved') === true,
    get schema() {
      return schema();
    },
    get content() {
      return content();
    },
    get examples() {
      return examples();
    },
    extensions: extensionsOf(node.raw),
  };
}

/** Which styles each location knows, the default first (3.1.1, 4.8.12.2.2; `cookie` from 3.2). */
const STYLES: Readonly<Record<ParameterLocation, readonly Style[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
  querystring: ['form'],
};

function writtenStyle(
  context: BuildContext,
  node: ObjectNode,
  location: ParameterLocation,
): { style: Style; explode: boolean } {
  const allowed = STYLES[location];
  const [fallback = 'form'] = allowed;
  const written = own(node.raw, 'style');
  const known = allowed.find(style => style === written);
  if (written !== undefined && known === undefined) {
    context.report({
      rule: 'parameter-style',
      severity: 'error',
      message: `Parameters in ${location} have no style ${JSON.stringify(written)}; "${fallback}" is taken instead.`,
      source: below(node.source, 'style'),
      fix: `Use ${allowed.join(', ')}.`,
    });
  }
  const style = known ?? fallback;
  const explode = own(node.raw, 'explode');
  return { style, explode: typeof explode === 'boolean' ? explode : style === 'form' || style === 'cookie' };
}
