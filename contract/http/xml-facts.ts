/** What of a schema matters to XML: its name, its `xml` hints, its properties and items. */
import type { Schema, Xml } from '../model.ts';

/** Gathered through `$ref` siblings and `allOf`. */
export interface XmlFacts {
  readonly name: string | undefined;
  readonly xml: Xml | undefined;
  readonly properties: ReadonlyMap<string, Schema>;
  readonly items: Schema | undefined;
  readonly prefixItems: readonly Schema[];
}

const SCHEMA_DEPTH = 16;
const known = new WeakMap<Schema, XmlFacts>();

export function xmlFacts(schema: Schema | undefined): XmlFacts {
  if (schema === undefined) return gather(undefined);
  let facts = known.get(schema);
  if (facts === undefined) known.set(schema, (facts = gather(schema)));
  return facts;
}

function gather(schema: Schema | undefined): XmlFacts {
  const properties = new Map<string, Schema>();
  let name: string | undefined;
  let xml: Xml | undefined;
  let list: Schema | undefined;
  let prefixItems: readonly Schema[] = [];
  const visit = (current: Schema | undefined, depth: number, own: boolean): void => {
    if (current === undefined || depth > SCHEMA_DEPTH) return;
    // A part of an `allOf` lends its properties, not its name.
    if (own) {
      xml ??= current.xml;
      name ??= current.name;
    }
    for (const [key, property] of current.properties) if (!properties.has(key)) properties.set(key, property);
    list ??= current.items;
    if (prefixItems.length === 0) prefixItems = current.prefixItems ?? [];
    visit(current.reference, depth + 1, own);
    for (const part of current.allOf) visit(part, depth + 1, current.allOf.length === 1 && own);
    for (const part of [...(current.oneOf ?? []), ...(current.anyOf ?? [])]) visit(part, depth + 1, false);
  };
  visit(schema, 0, true);
  return { name, xml, properties, items: list, prefixItems };
}

/** `element`, `attribute`, `text`, `cdata` or `none`, whichever version says it. */
export function xmlNodeType(xml: Xml | undefined): string {
  return xml?.nodeType ?? (xml?.attribute === true ? 'attribute' : 'element');
}

/** True for a list that stands in an element of its own. */
export function isWrapped(xml: Xml | undefined): boolean {
  return xml?.wrapped === true || xml?.nodeType === 'element';
}
