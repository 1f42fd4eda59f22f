/**
 * Parameters both ways: a value as it is sent in a path, query, header or cookie, and what was sent as a value of the
 * types the schema asks for. Validation comes after; here only what cannot be read at all is malformed.
 *
 * Where the specification leaves a choice: of a scalar sent twice the first counts; headers are not percent-encoded
 * (3.1.2, appendix D); exploded cookies are cookies of their own; an object nested in deepObject is written with
 * more brackets.
 *
 * @see https://spec.openapis.org/oas/v3.1.1#style-values
 * @see https://www.rfc-editor.org/rfc/rfc6570
 */
import { parseJson } from '../json/parse.ts';
import { stringifyJson } from '../json/stringify.ts';
import type { Json } from '../json/value.ts';
import type { Header, MediaType, Parameter } from '../model.ts';
import { decodeForm, encodeForm, FORM_PLACE, RESERVED_PLACE } from './body/form-urlencoded.ts';
import { coerce } from './coerce.ts';
import { isForm, isJson, isText } from './media-type.ts';
import { type NamedValues, parseCookies, parseQuery } from './named-values.ts';
import { formDecode, percentDecode, percentEncode, percentEncodeExcept } from './percent-encoding.ts';
import { type ParsedParameter, readPairs, readText } from './style-read.ts';
import { type Pair, type Place, scalarText, type Unwritable, writePairs, writeText } from './style-write.ts';

export type { ParsedParameter } from './style-read.ts';

/** A value ready to be sent. Everything is encoded for its place. */
export type SerializedParameter =
  /** What stands for the variable in the path. */
  | { readonly where: 'path'; readonly text: string }
  /** To be joined as `name=value&name=value`. */
  | { readonly where: 'query'; readonly pairs: readonly Pair[] }
  | { readonly where: 'header'; readonly name: string; readonly text: string }
  /** To be joined with `; ` to others in the `Cookie` header. */
  | { readonly where: 'cookie'; readonly text: string }
  /** The whole query. */
  | { readonly where: 'querystring'; readonly text: string }
  /** The value cannot be carried: nothing sent could be read back as this value. */
  | { readonly where: 'nowhere'; readonly why: string };

/** What came in the parameter's place: see {@link parseParameter}. */
export type RawParameter = string | readonly string[] | NamedValues | undefined;

/**
 * Writes a value as the parameter's style says.
 *
 * @example
 * ```ts
 * import { serializeParameter } from './contract/http/parameter-style.ts';
 * import { contractFromText } from './contract/read.ts';
 *
 * const { contract } = contractFromText(
 *   'openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /: { get: { parameters: [{ name: ids, in: query, schema: { type: array } }], responses: {} } } }\n',
 * );
 * const ids = contract?.operations[0]?.parameters[0];
 * if (ids !== undefined) console.log(serializeParameter(ids, [1, 2])); // pairs: ids=1, ids=2
 * ```
 */
export function serializeParameter(parameter: Parameter, value: Json): SerializedParameter {
  switch (parameter.in) {
    case 'path':
      return toPath(parameter, value);
    case 'query':
      return toQuery(parameter, value);
    case 'header':
      return serializeHeader(parameter.name, parameter, value);
    case 'cookie':
      return toCookie(parameter, value);
    case 'querystring':
      return toQuerystring(parameter, value);
    default:
      return parameter.in satisfies never;
  }
}

/**
 * Reads what came for a parameter: un-serialises it and turns texts into the types of the schema. A text that fits
 * none of them stays a text, so that validation names the type. `value: undefined` means it was not sent.
 *
 * @param raw - path: the variable, still encoded. Query and querystring: the query without `?`, or `parseQuery` of it.
 *   Header: the field's value or values. Cookie: the `Cookie` header, or `parseCookies` of it.
 * @param taken - names of the other query or cookie parameters, which an exploded object with further properties
 *   must leave alone
 */
export function parseParameter(
  parameter: Parameter,
  raw: RawParameter,
  taken?: ReadonlySet<string>,
): ParsedParameter {
  if (raw === undefined) return ABSENT;
  switch (parameter.in) {
    case 'path':
      if (typeof raw !== 'string') return ABSENT;
      return parameter.content === undefined
        ? readText(raw, parameter, parameter.schema, percentDecode)
        : readContent(parameter.content, percentDecode(raw));
    case 'query': {
      const values = typeof raw === 'string' ? parseQuery(raw) : isNamed(raw) ? raw : NOTHING;
      if (parameter.content === undefined) {
        return readPairs(values, parameter, parameter.schema, formDecode, taken);
      }
      const text = values.get(parameter.name)?.[0];
      return text === undefined ? ABSENT : readContent(parameter.content, formDecode(text));
    }
    case 'header':
      return isNamed(raw) ? ABSENT : parseHeader(parameter, raw);
    case 'cookie': {
      const values = isNamed(raw) ? raw : parseCookies(raw);
      const decode = parameter.style === 'cookie' ? plain : cookieDecode;
      if (parameter.content === undefined) {
        return readPairs(values, parameter, parameter.schema, decode, taken);
      }
      const text = values.get(parameter.name)?.[0];
      return text === undefined ? ABSENT : readContent(parameter.content, decode(text));
    }
    case 'querystring':
      return typeof raw === 'string' && raw !== '' ? readQuerystring(parameter, raw) : ABSENT;
    default:
      return parameter.in satisfies never;
  }
}

/** The part of a header parameter, response header or part header that says how it is written. */
type HeaderForm = Pick<Header, 'schema' | 'content' | 'explode'>;

/** Writes a header's value: style `simple`, nothing percent-encoded. */
export function serializeHeader(name: string, header: HeaderForm, value: Json): SerializedParameter {
  const written =
    header.content === undefined
      ? writeText(value, { name, style: headerStyle(header), explode: header.explode }, HEADER_PLACE)
      : writeContent(header.content, value, true);
  if ('why' in written) return { where: 'nowhere', why: written.why };
  const text = HEADER_PLACE.encode(written.text);
  return text === undefined
    ? nowhere('a header carries visible Latin-1 characters only')
    : { where: 'header', name, text };
}

/** Reads a header's value; several fields of one name are one list (RFC 9110, 5.3). */
export function parseHeader(
  header: HeaderForm,
  raw: string | readonly string[] | undefined,
): ParsedParameter {
  if (raw === undefined) return ABSENT;
  const text = (typeof raw === 'string' ? raw : raw.join(', ')).trim();
  if (header.content !== undefined) return readContent(header.content, text);
  return readText(
    text,
    { name: '', style: headerStyle(header), explode: header.explode },
    header.schema,
    trimmed,
  );
}

/** 2.0 knows other delimiters in headers; a Header Object of 3.x has no style. */
function headerStyle(header: HeaderForm): Parameter['style'] {
  return 'style' in header ? (header as Parameter).style : 'simple';
}

function toPath(parameter: Parameter, value: Json): SerializedParameter {
  const place = parameter.allowReserved ? PATH_RESERVED_PLACE : FORM_PLACE;
  const written =
    parameter.content === undefined
      ? writeText(value, parameter, place)
      : encoded(writeContent(parameter.content, value, false));
  if ('why' in written) return { where: 'nowhere', why: written.why };
  if (written.text === '') return nowhere('an empty text cannot stand for a variable of a path');
  // Clients remove `.` and `..` from paths, encoded or not (URL Standard, "shorten a url's path").
  if (/^(?:\.|%2e){1,2}$/i.test(written.text))
    return nowhere('a path loses segments of one or two full stops');
  return { where: 'path', text: written.text };
}

function toQuery(parameter: Parameter, value: Json): SerializedParameter {
  if (parameter.content !== undefined) {
    const name = percentEncode(parameter.name);
    const written = encoded(writeContent(parameter.content, value, false));
    if ('why' in written || name === undefined)
      return nowhere('why' in written ? written.why : 'the name cannot be sent');
    return { where: 'query', pairs: [[name, written.text]] };
  }
  const written = writePairs(value, parameter, parameter.allowReserved ? RESERVED_PLACE : FORM_PLACE);
  return 'why' in written ? { where: 'nowhere', why: written.why } : { where: 'query', pairs: written.pairs };
}

function toCookie(parameter: Parameter, value: Json): SerializedParameter {
  if (parameter.content !== undefined) {
    const written = encoded(writeContent(parameter.content, value, false));
    if ('why' in written) return nowhere(written.why);
    return { where: 'cookie', text: `${parameter.name}=${written.text}` };
  }
  const written = writePairs(
    value,
    parameter,
    parameter.style === 'cookie' ? COOKIE_PLACE : FORM_COOKIE_PLACE,
  );
  if ('why' in written) return nowhere(written.why);
  return { where: 'cookie', text: written.pairs.map(([name, text]) => `${name}=${text}`).join('; ') };
}

function toQuerystring(parameter: Parameter, value: Json): SerializedParameter {
  const { content } = parameter;
  if (content === undefined) return nowhere('a querystring parameter needs "content"');
  const written = isForm(content.mediaType)
    ? encodeForm(content, value)
    : encoded(writeContent(content, value, false));
  return 'why' in written ? nowhere(written.why) : { where: 'querystring', text: written.text };
}

function readQuerystring({ content }: Parameter, query: string): ParsedParameter {
  if (content === undefined) return ABSENT;
  return isForm(content.mediaType)
    ? decodeForm(content, parseQuery(query))
    : readContent(content, percentDecode(query));
}

/** A value as a document of a media type inside a text. `ascii` for headers. */
function writeContent(
  content: MediaType,
  value: Json,
  ascii: boolean,
): { readonly text: string } | Unwritable {
  if (isJson(content.mediaType)) {
    const text = stringifyJson(value);
    return {
      text: ascii
        ? text.replace(/[\u007f-\uffff]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
        : text,
    };
  }
  const text = scalarText(value);
  if (text === undefined || !isText(content.mediaType)) return { why: `${content.mediaType} is not written` };
  return { text };
}

function readContent(content: MediaType, text: string | undefined): ParsedParameter {
  if (text === undefined) return { malformed: 'it is not percent-encoded UTF-8' };
  if (isJson(content.mediaType)) {
    const read = parseJson(text);
    return 'value' in read
      ? read
      : { malformed: `it is not JSON: ${read.error.message} (column ${read.error.column})` };
  }
  if (isText(content.mediaType)) return { value: coerce(content.schema, text) };
  return { value: text, unchecked: `${content.mediaType} is not read` };
}

function encoded(written: { readonly text: string } | Unwritable): { readonly text: string } | Unwritable {
  if ('why' in written) return written;
  const text = percentEncode(written.text);
  return text === undefined ? { why: 'it holds a lone surrogate' } : { text };
}

const PATH_RESERVED_PLACE: Place = {
  percent: true,
  encode: (text, name) => (name === true ? percentEncode(text) : percentEncodeExcept(text, ":@!$&'()*+")),
};

/** Blanks at the ends are not part of a field's value (RFC 9110, 5.5). */
const HEADER_PLACE: Place = {
  percent: false,
  encode: text => (/^[\t\x20-\x7e\x80-\xff]*$/.test(text) && text.trim() === text ? text : undefined),
};

/** The name of a cookie is a token and is never encoded (RFC 6265, 4.1.1). */
const FORM_COOKIE_PLACE: Place = {
  percent: true,
  encode: (text, name) => (name === true ? token(text) : percentEncode(text)),
};

/** Style `cookie` of 3.2 encodes nothing: what RFC 6265, 4.1.1 does not allow cannot be sent. */
const COOKIE_PLACE: Place = {
  percent: false,
  encode: (text, name) =>
    name === true
      ? token(text)
      : /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(text)
        ? text
        : undefined,
};

function token(text: string): string | undefined {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(text) ? text : undefined;
}

const ABSENT: ParsedParameter = { value: undefined };
const NOTHING: NamedValues = new Map();

function plain(text: string): string {
  return text;
}

function trimmed(text: string): string {
  return text.trim();
}

/** Cookies are often written by hand; one that is not percent-encoded is taken as it is. */
function cookieDecode(text: string): string {
  return percentDecode(text) ?? text;
}

function isNamed(raw: string | readonly string[] | NamedValues): raw is NamedValues {
  return raw instanceof Map;
}

function nowhere(why: string): SerializedParameter {
  return { where: 'nowhere', why };
}
