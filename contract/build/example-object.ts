/**
 * Example Object, and the single `example` beside it.
 *
 * @see https://spec.openapis.org/oas/v3.2.0#example-object
 */
import { isObject, own } from '../json/value.ts';
import type { Example, ExternalValue } from '../model.ts';
import type { Source } from '../source.ts';
import {
  absolute,
  type BuildContext,
  child,
  children,
  type Node,
  settleObject,
  stringOf,
} from './context.ts';

/** The examples of a parameter, header or media type: named ones in document order, else the single one. */
export function buildExamples(context: BuildContext, owner: Node): readonly Example[] {
  const named = child(owner, 'examples');
  const list: Example[] = [];
  if (named !== undefined && isObject(named.raw)) {
    for (const [name, node] of children(named, true)) {
      const example = settleObject(context, node);
      if (example === undefined) continue;
      const externalValue = stringOf(example.raw, 'externalValue');
      list.push({
        source: example.source,
        name,
        summary: stringOf(example.raw, 'summary'),
        value: own(example.raw, 'value') ?? own(example.raw, 'dataValue'),
        serializedValue: stringOf(example.raw, 'serializedValue'),
        externalValue,
        external: externalOf(context, externalValue, example.source),
      });
    }
  }
  const single = child(owner, 'example');
  if (single !== undefined) list.push(unnamedExample(single));
  return list;
}

/** A value that stands alone as an example. */
export function unnamedExample(node: Node): Example {
  return {
    source: node.source,
    name: undefined,
    summary: undefined,
    value: node.raw,
    serializedValue: undefined,
    externalValue: undefined,
    external: undefined,
  };
}

function externalOf(
  { externals }: BuildContext,
  name: string | undefined,
  { document }: Source,
): ExternalValue | undefined {
  const uri = name === undefined || externals.size === 0 ? undefined : absolute(name, document.uri);
  return uri === undefined ? undefined : externals.get(uri);
}
