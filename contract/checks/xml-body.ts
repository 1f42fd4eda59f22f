/** Is a body of XML well-formed, and what its schema says as far as XML can tell? */
import { LONGEST_XML, xmlText } from '../http/body/xml.ts';
import { coerce } from '../http/coerce.ts';
import { isXml } from '../http/media-type.ts';
import { kindsOf } from '../http/schema-views.ts';
import { parseXml, type XmlElement } from '../http/xml-document.ts';
import { isWrapped, xmlFacts, xmlNodeType } from '../http/xml-facts.ts';
import { localName } from '../http/xml-namespaces.ts';
import type { Schema } from '../model.ts';
import { isValid, validate } from '../schema/validate.ts';
import type { Check, Finding } from './check.ts';
import { onceForEachBody, type ReadBody } from './read-body.ts';
import { shownValue } from './shown-value.ts';

const PET = `responses:
  "200":
    description: A pet
    content:
      application/xml:
        schema: { type: object, xml: { name: pet }, required: [age], properties: { age: { type: integer } } }`;

export const xmlBody: Check = {
  name: 'xml-body',
  title: 'XML is well-formed and what its schema says',
  severity: 'error',
  appliesTo: 'bodies of a documented media type of XML',
  description:
    'The text must be well-formed. The root is held against `xml.name` where the document gives one; elements and attributes against the schemas of their properties and items; and required properties that cannot be null must be there. What XML leaves open is left alone: elements that no property names, choices between schemas, how long a list is, and `null`.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#xml-object',
  samples: {
    passing: {
      operation: PET,
      status: 200,
      headers: { 'Content-Type': 'application/xml' },
      body: '<pet><age>3</age></pet>',
    },
    failing: {
      operation: PET,
      status: 200,
      headers: { 'Content-Type': 'application/xml' },
      body: '<pet><age>three</age></pet>',
    },
  },
  check: onceForEachBody(judge),
};

function judge({ content, type, bytes }: ReadBody): readonly Finding[] {
  if (!isXml(type) || bytes.length > LONGEST_XML) return [];
  const sent = xmlText(type, bytes);
  // What is wrong with its characters, and which charsets nobody reads, other checks say.
  if (!('text' in sent)) return [];
  const read = parseXml(sent.text);
  if ('malformed' in read) {
    const { malformed, line, column } = read;
    return [
      {
        received: `a body that is not XML: ${malformed} (line ${line}, column ${column})`,
        documented: `a body of ${content.mediaType}`,
        source: content.source,
      },
    ];
  }
  const { schema } = content;
  if (schema === undefined) return [];
  const { xml } = xmlFacts(schema);
  const { root } = read;
  if (xml?.name !== undefined && localName(root.name) !== xml.name) {
    return [
      {
        received: `the root element <${root.name}>`,
        documented: `<${xml.name}> (xml.name)`,
        source: schema.source,
      },
    ];
  }
  // A text or a list at the root is written in more than one way.
  return kindsOf(schema).join() === 'object' ? [...held(schema, root, '')] : [];
}

function* members(schema: Schema, element: XmlElement, path: string): Generator<Finding> {
  if (hasChoice(schema)) return;
  const { properties } = xmlFacts(schema);
  const needed = requiredOf(schema);
  for (const [key, property] of properties) {
    const { xml } = xmlFacts(property);
    const place = xmlNodeType(xml);
    const name = xml?.name ?? key;
    const at = `${path}/${place === 'attribute' ? '@' : ''}${name}`;
    if (place === 'attribute') {
      const value = [...element.attributes].find(([known]) => localName(known) === name)?.[1];
      if (value !== undefined) yield* single(property, value, at);
      else if (needed.has(key) && isCertain(property)) yield missing(property, at);
      continue;
    }
    // Text has no name, and what may be of several kinds says nothing about which it is.
    const [kind, ...others] = kindsOf(property);
    if (place !== 'element' || others.length > 0) continue;
    if (kind === 'array') {
      yield* items(property, element, name, path);
      continue;
    }
    if (isWrapped(xml)) continue;
    const found = element.children.filter(child => localName(child.name) === name);
    if (found.length === 0 && needed.has(key) && isCertain(property)) yield missing(property, at);
    for (const child of found) yield* held(property, child, at);
  }
}

/**
 * The items of a list, in an element of their own or among their parent's. A list may be empty, and then leaves no
 * trace, so how many there are is not asked.
 */
function* items(list: Schema, element: XmlElement, name: string, path: string): Generator<Finding> {
  const { xml, items: item, prefixItems } = xmlFacts(list);
  if (item === undefined || prefixItems.length > 0) return;
  const called = xmlFacts(item).xml?.name ?? name;
  const named = (parent: XmlElement, wanted: string): readonly XmlElement[] =>
    parent.children.filter(child => localName(child.name) === wanted);
  const parents = isWrapped(xml) ? named(element, name) : [element];
  const at = isWrapped(xml) ? `${path}/${name}/${called}` : `${path}/${called}`;
  for (const parent of parents) for (const child of named(parent, called)) yield* held(item, child, at);
}

/** An element against the schema of its value; lists of lists and what is told to be null are left alone. */
function* held(schema: Schema, element: XmlElement, at: string): Generator<Finding> {
  if ([...element.attributes.keys()].some(attribute => localName(attribute) === 'nil')) return;
  const [kind, ...others] = kindsOf(schema);
  if (others.length > 0 || kind === 'array') return;
  if (kind === 'object') yield* members(schema, element, at);
  else if (element.children.length === 0 && !hasChoice(schema)) yield* single(schema, element.text, at);
}

function* single(schema: Schema, text: string, at: string): Generator<Finding> {
  // An empty element is how most say null, and spaces around a value are the printer's.
  if (text.trim() === '' && isValid(schema, null, 'response')) return;
  const readings = [text, text.trim()].map(reading => coerce(schema, reading));
  if (readings.some(value => isValid(schema, value, 'response'))) return;
  const [value = text] = readings;
  const [violation] = validate(schema, value, { direction: 'response' });
  if (violation === undefined) return;
  yield {
    received: `${at}: ${shownValue(value)}`,
    documented: `${violation.message} (${violation.keyword})`,
    source: violation.schema,
  };
}

function missing(property: Schema, at: string): Finding {
  return { received: `nothing at ${at}`, documented: 'a required property', source: property.source };
}

/** Whether it must be there in an answer, and cannot be left out to say null. */
function isCertain(property: Schema): boolean {
  return !property.writeOnly && !isValid(property, null, 'response');
}

function requiredOf(schema: Schema, depth = 0): ReadonlySet<string> {
  const names = new Set(schema.required);
  if (depth > 16) return names;
  for (const part of [schema.reference, ...schema.allOf])
    if (part !== undefined) for (const name of requiredOf(part, depth + 1)) names.add(name);
  return names;
}

/** Which of several schemas an element follows, its members do not say. */
function hasChoice({ oneOf, anyOf, if: condition, reference, allOf }: Schema, depth = 0): boolean {
  if (oneOf !== undefined || anyOf !== undefined || condition !== undefined || depth > 16) return true;
  return [reference, ...allOf].some(part => part !== undefined && hasChoice(part, depth + 1));
}
