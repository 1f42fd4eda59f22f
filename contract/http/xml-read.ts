/**
 * An element of XML as the value that a schema makes of it, by its `xml` hints: the way back from `xml-write.ts`. XML
 * does not say what is a list, a number or nothing at all; the schema does, and where nothing fits the text stays, so
 * that validation can name what was expected.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#xml-object
 */
import { isArray, type Json, type JsonObject, setOwn } from '../json/value.ts';
import type { Schema, Xml } from '../model.ts';
import { type Direction, isValid } from '../schema/validate.ts';
import { coerceTogether } from './coerce.ts';
import { itemSchemas, propertySchemas, type View, viewsOf } from './schema-views.ts';
import type { XmlElement } from './xml-document.ts';
import { isWrapped, type XmlFacts, xmlFacts, xmlNodeType } from './xml-facts.ts';
import { localName, type Namespaces, namespaceOf, ROOT_NAMESPACES, scopeOf } from './xml-namespaces.ts';
import { xmlName } from './xml-write.ts';

/**
 * The value of a root element.
 *
 * Elements and attributes are found by their local names; a namespace counts where the document gives one. Attributes
 * and elements that `xml` says nothing about are the properties of their name; attributes that no property names are
 * left out. A list that leaves no trace is empty where it is required, and absent elsewhere; `xsi:nil` and an empty
 * element are null where the schema knows null and nothing better. `misnamed` says that an element of a given
 * `xml.name` or `xml.namespace` is called something else.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { parseXml } from './contract/http/xml-document.ts';
 * import { readXml } from './contract/http/xml-read.ts';
 *
 * const { contract } = contractFromText(
 *   'swagger: "2.0"\npaths: {}\ndefinitions: { Pet: { properties: { id: { type: integer, xml: { attribute: true } } } } }\n',
 * );
 * const sent = parseXml('<Pet id="7"/>');
 * if ('root' in sent) console.log(readXml(contract?.schemas.get('Pet'), sent.root, 'request')); // { value: { id: 7 } }
 * ```
 */
export function readXml(
  schema: Schema | undefined,
  root: XmlElement,
  direction: Direction,
): { readonly value: Json } | { readonly misnamed: string } {
  const run: Run = { direction, left: CHOICES, misnamed: undefined };
  const here: Place = { element: root, scope: scopeOf(root, ROOT_NAMESPACES), above: undefined };
  expectName(here, xmlFacts(schema).xml, run);
  const value = elementValue(schema === undefined ? [] : [schema], here, run);
  return run.misnamed === undefined ? { value } : { misnamed: run.misnamed };
}

/** How many elements may be looked at while there is still a choice between union members. */
const CHOICES = 50_000;

interface Run {
  readonly direction: Direction;
  left: number;
  misnamed: string | undefined;
}

/** An element, the prefixes that mean something in it, and where it stands. */
interface Place {
  readonly element: XmlElement;
  readonly scope: Namespaces;
  readonly above: Place | undefined;
}

function childrenOf(above: Place): readonly Place[] {
  const { element, scope } = above;
  return element.children.map(child => ({ element: child, scope: scopeOf(child, scope), above }));
}

function pathOf({ element, above }: Place): string {
  return `${above === undefined ? '' : pathOf(above)}/${element.name}`;
}

function expectName(place: Place, xml: Xml | undefined, run: Run): void {
  if (xml?.name === undefined && xml?.namespace === undefined) return;
  if (isCalled(place, xml.name === undefined ? localName(place.element.name) : xmlName(xml.name), xml))
    return;
  const wanted = `<${xml.name ?? localName(place.element.name)}>${xml.namespace === undefined ? '' : ` of the namespace ${xml.namespace}`}`;
  run.misnamed ??= `${pathOf(place)} stands where ${wanted} is documented`;
}

function isCalled({ element, scope }: Place, name: string, xml: Xml | undefined): boolean {
  if (localName(element.name) !== name) return false;
  return xml?.namespace === undefined || namespaceOf(element.name, scope) === xml.namespace;
}

/** What an element is under the first view of its schemas that accepts it; under the first one when none does. */
function elementValue(schemas: readonly Schema[], place: Place, run: Run): Json {
  run.left -= 1;
  if (isNil(place)) return null;
  const views = viewsOf(schemas);
  const [first] = views as readonly [View, ...View[]];
  if (views.length === 1 || run.left < 0) return valueUnder(first, schemas, place, run);
  const before = run.misnamed;
  let fallback: { readonly value: Json; readonly misnamed: string | undefined } | undefined;
  for (const view of views) {
    run.misnamed = before;
    const value = valueUnder(view, schemas, place, run);
    if (run.misnamed === before && fits(schemas, value, run)) return value;
    fallback ??= { value, misnamed: run.misnamed };
  }
  run.misnamed = fallback?.misnamed;
  return fallback?.value ?? null;
}

function fits(schemas: readonly Schema[], value: Json, { direction }: Run): boolean {
  return schemas.every(schema => isValid(schema, value, direction));
}

function isNil({ element, scope }: Place): boolean {
  for (const [name, value] of element.attributes) {
    if (localName(name) !== 'nil' || !/^(?:true|1)$/.test(value.trim())) continue;
    const namespace = name.includes(':') ? namespaceOf(name, scope) : undefined;
    if (namespace === INSTANCE || name.startsWith('xsi:')) return true;
  }
  return false;
}
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

function valueUnder(view: View, schemas: readonly Schema[], place: Place, run: Run): Json {
  const { types } = view;
  const { element } = place;
  const structured = element.children.length > 0;
  const blank = element.text.trim() === '';
  if (types?.has('object') === true) {
    const value = membersOf(view, place, run);
    if (structured || Object.keys(value).length > 0) return value;
    // Text where elements are wanted is a text still, and an empty element may be null.
    if (!blank || (types.has('null') && !fits(schemas, value, run)))
      return textValue(schemas, element.text, run);
    return value;
  }
  if (types?.has('array') === true) {
    if (structured || blank) return itemsOf(view, childrenOf(place), run);
    // A text is no list of one here, as it is in a query.
    if (types.size === 1) return element.text;
  }
  return structured ? membersOf(view, place, run) : textValue(schemas, element.text, run);
}

/** A text as what its schemas ask for. Spaces around a value are the printer's, unless only they make it valid. */
function textValue(schemas: readonly Schema[], text: string, run: Run): Json {
  const asSent = coerceTogether(schemas, text);
  if (fits(schemas, asSent, run)) return asSent;
  const trimmed = text.trim();
  if (trimmed === '' && fits(schemas, null, run)) return null;
  const bare = coerceTogether(schemas, trimmed);
  return fits(schemas, bare, run) || typeof bare !== 'string' ? bare : asSent;
}

/** All children of an element that is a list, whatever they are called where the document gives them no name. */
function itemsOf(view: View, children: readonly Place[], run: Run): readonly Json[] {
  return children.map((child, index) => {
    const schemas = itemSchemas(view, index);
    expectName(child, factsOf(schemas).xml, run);
    return elementValue(schemas, child, run);
  });
}

function membersOf(view: View, place: Place, run: Run): JsonObject {
  const object: Record<string, Json> = {};
  const children = childrenOf(place);
  const taken = new Set<Place>();
  const declared = namesOf(view);
  for (const name of declared) {
    const value = propertyValue(name, view, { place, children, taken }, run);
    if (value !== undefined) setOwn(object, name, value);
  }
  const others = Map.groupBy(
    children.filter(child => !taken.has(child)),
    ({ element }) => localName(element.name),
  );
  for (const [local, found] of others) {
    // What is called like a property, and is not it, must not be taken for it.
    const name = declared.has(local) ? `<${found[0]?.element.name ?? local}>` : local;
    setOwn(object, name, severalOf(propertySchemas(view, name), found, run));
  }
  return object;
}

interface Members {
  readonly place: Place;
  readonly children: readonly Place[];
  /** The children that some property has claimed. */
  readonly taken: Set<Place>;
}

function propertyValue(
  name: string,
  view: View,
  { place, children, taken }: Members,
  run: Run,
): Json | undefined {
  const schemas = propertySchemas(view, name);
  const { xml, items } = factsOf(schemas);
  const called = xmlName(xml?.name ?? name);
  const types = typesOf(schemas);
  const required = view.schemas.some(schema => schema.required.includes(name));
  const kind = xmlNodeType(xml);
  if (kind === 'text' || kind === 'cdata') {
    const { text } = place.element;
    return text === '' && !required ? undefined : textValue(schemas, text, run);
  }
  if (kind === 'attribute' && !types.has('object') && !types.has('array')) {
    const value = attributeOf(place, called, xml);
    return value === undefined ? undefined : textValue(schemas, value, run);
  }
  const take = (wanted: string, hints: Xml | undefined): readonly Place[] => {
    const found = children.filter(child => !taken.has(child) && isCalled(child, wanted, hints));
    for (const child of found) taken.add(child);
    return found;
  };
  if (!types.has('array') || isWrapped(xml)) {
    const found = take(called, xml);
    return found.length === 0 ? undefined : wrappedOf(schemas, found, run);
  }
  const item = xmlFacts(items).xml;
  const found = take(item?.name === undefined ? called : xmlName(item.name), item);
  if (found.length > 0) return severalOf(schemas, found, run);
  const other = types.size > 1 ? take(called, xml) : [];
  if (other.length > 0) return wrappedOf(schemas, other, run);
  // An empty list leaves no trace among its parent's elements.
  return required && types.size === 1 ? [] : undefined;
}

/** One element is the value; several are a list, which a schema that wants one value refuses. */
function wrappedOf(schemas: readonly Schema[], found: readonly Place[], run: Run): Json {
  const values = found.map(place => elementValue(schemas, place, run));
  const [first = null] = values;
  return values.length === 1 ? first : values.every(isArray) ? values.flat() : values;
}

/** Elements of one name beside each other: the items of a list where a list may be, else the value itself. */
function severalOf(schemas: readonly Schema[], found: readonly Place[], run: Run): Json {
  const views = viewsOf(schemas);
  const [only] = found;
  const view = views.find(({ types }) => types?.has('array') === true);
  if (only !== undefined && found.length === 1) {
    if (view === undefined) return elementValue(schemas, only, run);
    if (views.length > 1 || (view.types?.size ?? 1) > 1) {
      const { misnamed } = run;
      const value = elementValue(schemas, only, run);
      if (run.misnamed === misnamed && !isArray(value) && fits(schemas, value, run)) return value;
      run.misnamed = misnamed;
    }
  }
  return found.map((place, index) =>
    elementValue(view === undefined ? schemas : itemSchemas(view, index), place, run),
  );
}

function attributeOf({ element, scope }: Place, name: string, xml: Xml | undefined): string | undefined {
  for (const [written, value] of element.attributes) {
    if (written === 'xmlns' || written.startsWith('xmlns:') || localName(written) !== name) continue;
    // An attribute without a prefix is in no namespace, so one can only be asked for beside a prefix.
    const wanted = xml?.prefix === undefined ? undefined : xml.namespace;
    if (wanted === undefined || (written.includes(':') && namespaceOf(written, scope) === wanted))
      return value;
  }
  return undefined;
}

/** The properties that a view names; asked for each element, and views last as long as their schemas. */
function namesOf(view: View): ReadonlySet<string> {
  let names = namesByView.get(view);
  if (names === undefined) {
    names = new Set(view.schemas.flatMap(({ properties }) => [...properties.keys()]));
    namesByView.set(view, names);
  }
  return names;
}
const namesByView = new WeakMap<View, ReadonlySet<string>>();

function typesOf(schemas: readonly Schema[]): ReadonlySet<string> {
  const views = viewsOf(schemas);
  let types = typesByViews.get(views);
  if (types === undefined) {
    types = new Set(views.flatMap(one => [...(one.types ?? ['string'])]));
    typesByViews.set(views, types);
  }
  return types;
}
const typesByViews = new WeakMap<readonly View[], ReadonlySet<string>>();

const NO_FACTS: XmlFacts = xmlFacts(undefined);

/** Of schemas that apply together, those hints that are written. */
function factsOf(schemas: readonly Schema[]): XmlFacts {
  const all = schemas.map(xmlFacts);
  return all.find(({ xml }) => xml !== undefined) ?? all[0] ?? NO_FACTS;
}
