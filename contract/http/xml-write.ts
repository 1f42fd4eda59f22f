/**
 * A value as XML, named and shaped by the `xml` hints of its schema.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#xml-object
 * @see https://spec.openapis.org/oas/v3.2.0#xml-object
 */

import { stringifyJson } from '../json/stringify.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json/value.ts';
import type { Schema, Xml } from '../model.ts';
import { isWrapped, type XmlFacts, xmlFacts, xmlNodeType } from './xml-facts.ts';

/**
 * An XML document. The root is called what `xml.name` says, else the schema's own name, else `root`. A list at the
 * root is wrapped in an element of that name, since a document has one root.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { xmlDocument } from './contract/http/xml-write.ts';
 *
 * const { contract } = contractFromText(
 *   'swagger: "2.0"\npaths: {}\ndefinitions: { Pet: { properties: { id: { type: integer, xml: { attribute: true } } } } }\n',
 * );
 * console.log(xmlDocument(contract?.schemas.get('Pet'), { id: 7 })); // <?xml …?><Pet id="7"/>
 * ```
 */
export function xmlDocument(schema: Schema | undefined, value: Json): string {
  const facts = xmlFacts(schema);
  const name = facts.xml?.name ?? facts.name ?? 'root';
  const root = isArray(value)
    ? element(name, facts.xml, '', items(facts, value, facts.items === undefined ? 'item' : name))
    : node(facts, name, value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

/** One element for a value that is no list. */
function node(facts: XmlFacts, name: string, value: Json): string {
  if (!isObject(value)) return element(name, facts.xml, '', value === null ? '' : escapeText(plain(value)));
  let attributes = '';
  let content = '';
  for (const key of Object.keys(value)) {
    const property = xmlFacts(facts.properties.get(key));
    const child = (value as JsonObject)[key] as Json;
    const kind = xmlNodeType(property.xml);
    const called = property.xml?.name ?? key;
    if (kind === 'attribute' && !isObject(child) && !isArray(child)) {
      if (child !== null) attributes += attribute(called, property.xml, plain(child));
    } else if (kind === 'text' || kind === 'cdata') {
      content += kind === 'cdata' ? cdata(plain(child)) : escapeText(plain(child));
    } else {
      content += member(property, called, child);
    }
  }
  return element(name, facts.xml, attributes, content);
}

/** A property's element or elements: a list repeats its element, inside a wrapper only when `wrapped` says so. */
function member(facts: XmlFacts, name: string, value: Json): string {
  if (!isArray(value)) return node(facts, name, value);
  // The name of an unwrapped list is its items' own, or the property's; a wrapper keeps its name to itself.
  if (isWrapped(facts.xml)) return element(name, facts.xml, '', items(facts, value, name));
  return items(facts, value, name);
}

function items(facts: XmlFacts, list: readonly Json[], fallback: string): string {
  const common = xmlFacts(facts.items);
  return list
    .map((value, index) => {
      const item = index < facts.prefixItems.length ? xmlFacts(facts.prefixItems[index]) : common;
      const name = item.xml?.name ?? fallback;
      return isArray(value) ? element(name, item.xml, '', items(item, value, name)) : node(item, name, value);
    })
    .join('');
}

function element(name: string, xml: Xml | undefined, attributes: string, content: string): string {
  const called = qualified(name, xml);
  const namespace =
    xml?.namespace === undefined ? '' : ` ${declaration(xml.prefix)}="${escapeAttribute(xml.namespace)}"`;
  return content === ''
    ? `<${called}${namespace}${attributes}/>`
    : `<${called}${namespace}${attributes}>${content}</${called}>`;
}

function attribute(name: string, xml: Xml | undefined, value: string): string {
  const namespace =
    xml?.namespace === undefined || xml.prefix === undefined
      ? ''
      : ` ${declaration(xml.prefix)}="${escapeAttribute(xml.namespace)}"`;
  return `${namespace} ${qualified(name, xml)}="${escapeAttribute(value)}"`;
}

function declaration(prefix: string | undefined): string {
  return prefix === undefined ? 'xmlns' : `xmlns:${xmlName(prefix)}`;
}

function qualified(name: string, xml: Xml | undefined): string {
  return xml?.prefix === undefined ? xmlName(name) : `${xmlName(xml.prefix)}:${xmlName(name)}`;
}

/** Names come from property names, which may hold anything; what XML forbids becomes `_`. */
export function xmlName(name: string): string {
  const cleaned = name.replace(/[^\p{L}\p{N}_.-]/gu, '_');
  return /^[\p{L}_]/u.test(cleaned) ? cleaned : `_${cleaned}`;
}

function plain(value: Json): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : stringifyJson(value);
}

function escapeText(text: string): string {
  return legal(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}

function cdata(text: string): string {
  return `<![CDATA[${legal(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** XML 1.0 has no way to write most control characters, nor half a surrogate pair. */
function legal(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
