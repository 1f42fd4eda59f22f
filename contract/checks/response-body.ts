/** Is the body what its media type and its schema say? */
import { contentTypeOf, documentedResponse, type Exchange, hasNoBody } from '../exchange.ts';
import { isJson, isXml } from '../http/media-type.ts';
import { parseJson } from '../json/parse.ts';
import { valueAt } from '../json/pointer.ts';
import { isArray, type Json } from '../json/value.ts';
import type { Response, Schema } from '../model.ts';
import { validate } from '../schema/validate.ts';
import type { Check, Finding } from './check.ts';
import { isWhole, onceForEachBody, readBody } from './read-body.ts';
import { shownValue } from './shown-value.ts';

const PETS = `responses:
  "200":
    description: Pets
    content:
      application/json:
        schema: { type: array, items: { type: object, required: [name], properties: { name: { type: string } } } }`;

export const responseBody: Check = {
  name: 'response-body',
  title: 'The body is what its schema says',
  severity: 'error',
  asks: 'answer',
  appliesTo: 'answers with a body of a documented media type, and answers that lack one',
  description:
    'JSON must be well-formed, whether or not a schema stands behind it, and every part of a body that breaks its schema is told. `writeOnly` properties are not asked for. Texts, forms and files are held against their schemas too; Sequences of JSON texts and event streams are held against the schema of their items. XML has a check of its own. An answer without any body, where the document gives JSON or XML a schema, is a failure as well.',
  specification: 'https://spec.openapis.org/oas/v3.1.1#media-type-object',
  samples: {
    passing: {
      operation: PETS,
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '[{"name":"Rex"}]',
    },
    failing: {
      operation: PETS,
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '[{"name":7}]',
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const {
    case: { operation },
    response,
  } = exchange;
  // Of a body that is cut off or still coded nothing else can be said.
  if (hasNoBody(exchange) || !isWhole(response)) return NOTHING;
  const documented = documentedResponse(operation, response.status);
  if (response.body.length === 0) return documented === undefined ? NOTHING : missing(documented);
  const type = contentTypeOf(response);
  if (type === undefined) return NOTHING;
  if (readBody(exchange) !== undefined) return judged(exchange);
  return isJson(type) ? malformedJson(exchange, documented) : NOTHING;
}

const NOTHING: readonly Finding[] = [];

function missing({ content }: Response): readonly Finding[] {
  const [first] = content;
  const needed = content.every(
    ({ mediaType, schema }) => schema !== undefined && (isJson(mediaType) || isXml(mediaType)),
  );
  if (first === undefined || !needed) return NOTHING;
  return [{ received: 'no body', documented: `a body of ${first.mediaType}`, source: first.source }];
}

/** Nothing is documented for it, yet what calls itself JSON must be some. */
function malformedJson(
  { case: { operation }, response }: Exchange,
  documented: Response | undefined,
): readonly Finding[] {
  const text = new TextDecoder().decode(response.body);
  try {
    JSON.parse(text);
    return NOTHING;
  } catch {
    // The reason is looked for below, in words of our own.
  }
  const read = parseJson(text);
  if ('value' in read) return NOTHING;
  const { message, line, column } = read.error;
  return [
    {
      received: `a body that is not JSON: ${message} (line ${line}, column ${column})`,
      documented: 'well-formed JSON, as its Content-Type says',
      source: documented?.source ?? operation.source,
    },
  ];
}

const judged = onceForEachBody(({ content, decoded, schema, itemSchema }) => {
  if ('raw' in decoded) return NOTHING;
  if ('malformed' in decoded) {
    const documented = `a body of ${content.mediaType}`;
    return [
      { received: `a body that cannot be read: ${decoded.malformed}`, documented, source: content.source },
    ];
  }
  const { value } = decoded;
  const findings = schema === undefined ? [] : [...violations(schema, value, '')];
  if (itemSchema !== undefined && isArray(value)) {
    for (const [index, item] of value.entries()) findings.push(...violations(itemSchema, item, `/${index}`));
  }
  return findings;
});

function violations(schema: Schema, value: Json, prefix: string): readonly Finding[] {
  return validate(schema, value, { direction: 'response' }).flatMap(violation => {
    const received = valueAt(value, violation.instance);
    if (violation.keyword === 'format' && isRoundedInt64(received)) return [];
    return {
      received: shownValue(received),
      documented: `${violation.message} (${violation.keyword})`,
      source: violation.schema,
      instance: `${prefix}${violation.instance}`,
    };
  });
}

/** The bounds of int64 as servers write them that count in doubles, which JSON allows for (RFC 8259, 6). */
function isRoundedInt64(value: Json | undefined): boolean {
  return (typeof value === 'number' || typeof value === 'bigint') && Math.abs(Number(value)) === 2 ** 63;
}
