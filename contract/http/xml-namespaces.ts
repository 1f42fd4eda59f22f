/**
 * Which namespace a name of XML is in. Knows prefixes and where they are declared, no schema.
 *
 * @see https://www.w3.org/TR/xml-names/
 */
import type { XmlElement } from './xml-document.ts';

/** What prefixes mean, from the innermost declaration outwards: a copy for each element would grow without bound. */
export interface Namespaces {
  /** By prefix; the namespace without one under the empty text. */
  readonly own: ReadonlyMap<string, string>;
  readonly outer: Namespaces | undefined;
}

export const ROOT_NAMESPACES: Namespaces = {
  own: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]),
  outer: undefined,
};

/** What prefixes mean in an element, given what they mean around it. */
export function scopeOf({ attributes }: XmlElement, outer: Namespaces): Namespaces {
  let own: Map<string, string> | undefined;
  for (const [name, value] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    own ??= new Map();
    own.set(name.slice('xmlns:'.length), value);
  }
  return own === undefined ? outer : { own, outer };
}

/** Undefined for a name in none, and for a prefix that nobody declares. */
export function namespaceOf(name: string, scope: Namespaces): string | undefined {
  const colon = name.indexOf(':');
  const prefix = colon === -1 ? '' : name.slice(0, colon);
  for (let at: Namespaces | undefined = scope; at !== undefined; at = at.outer) {
    const found = at.own.get(prefix);
    if (found !== undefined) return found === '' ? undefined : found;
  }
  return undefined;
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
