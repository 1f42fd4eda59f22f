/** Values of documents that are being changed: each begins as what its file says, and is never changed in place. */
import { pointerTokens } from '../../contract/json/pointer.ts';
import { isArray, isObject, type Json, own } from '../../contract/json/value.ts';
import type { Source, SourceDocument } from '../../contract/source.ts';

export interface Draft {
  readonly document: SourceDocument;
  /** What the document is to say. */
  readonly value: Json;
}

export interface Drafts {
  /** What stands below a node, as far as things have come. */
  readonly at: (source: Source, ...keys: readonly string[]) => Json | undefined;
  /** Puts a value there, and objects above it where there are none. False when a reference or another value is in the way. */
  readonly put: (source: Source, keys: readonly string[], value: Json) => boolean;
  /** Puts an item behind a list, which is made where there is none. */
  readonly append: (source: Source, keys: readonly string[], item: Json) => boolean;
  /** Those that say something else now. */
  readonly changed: () => readonly Draft[];
}

export function newDrafts(): Drafts {
  const drafts = new Map<string, Draft>();
  const sayingOf = ({ document }: Source): Json => drafts.get(document.uri)?.value ?? document.value;
  const at: Drafts['at'] = (source, ...keys) => {
    let found: Json | undefined = sayingOf(source);
    for (const token of [...pointerTokens(source.pointer), ...keys])
      found = isArray(found) ? found[Number(token)] : own(found, token);
    return found;
  };
  const put: Drafts['put'] = (source, keys, value) => {
    const changed = withValue(sayingOf(source), [...pointerTokens(source.pointer), ...keys], value);
    if (changed === undefined) return false;
    drafts.set(source.document.uri, { document: source.document, value: changed });
    return true;
  };
  return {
    at,
    put,
    append: (source, keys, item) => {
      const list = at(source, ...keys) ?? [];
      return isArray(list) && put(source, keys, [...list, item]);
    },
    changed: () => [...drafts.values()].filter(({ document, value }) => value !== document.value),
  };
}

function withValue(node: Json | undefined, tokens: readonly string[], value: Json): Json | undefined {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (isArray(node)) {
    const index = Number(token);
    const item = index in node ? withValue(node[index], rest, value) : undefined;
    return item === undefined ? undefined : node.with(index, item);
  }
  if (node !== undefined && (!isObject(node) || own(node, '$ref') !== undefined)) return undefined;
  const member = withValue(own(node, token), rest, value);
  return member === undefined ? undefined : { ...node, [token]: member };
}
