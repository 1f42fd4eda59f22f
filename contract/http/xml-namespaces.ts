/**
 * Which namespace a name of XML is in. Knows prefixes and where they are declared, no schema.
 *
 * @see https://www.w3.org/TR/xml-names/
 */
import type { XmlElement } from './xml-document.ts';

/** Namespaces by prefix; the one without a prefix under the empty text. */
export type Namespaces = ReadonlyMap<string, string>;

export const ROOT_NAMESPACES: Namespaces = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

/** What prefixes mean in an element, given what they mean around it. */
export function scopeOf({ attributes }: XmlElement, outer: Namespaces): Namespaces {
  let own: Map<string, string> | undefined;
  for (const [name, value] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    own ??= new Map(outer);
    own.set(name.slice('xmlns:'.length), value);
  }
  return own ?? outer;
}

/** Undefined for a name in none, and for a prefix that nobody declares. */
export function namespaceOf(name: string, scope: Namespaces): string | undefined {
  const colon = name.indexOf(':');
  const found = scope.get(colon === -1 ? '' : name.slice(0, colon));
  return found === '' ? undefined : found;
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
