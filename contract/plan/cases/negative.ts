/** Requests that break one rule of the document each, in the parameters, the body or around it. Credentials stand apart. */
import { decodeBody } from '../../http/body/body.ts';
import { mediaTypeFor } from '../../http/content.ts';
import { isJson, isXml, matchesMediaType } from '../../http/media-type.ts';
import { kindsOf } from '../../http/schema-views.ts';
import { joinPointer } from '../../json/pointer.ts';
import type { MediaType, Parameter, Schema } from '../../model.ts';
import { validate } from '../../schema/validate.ts';
import type { Source } from '../../source.ts';
import { leastValue, writeBody } from './body-value.ts';
import { breaches } from './breaches.ts';
import type { BrokenPart } from './case.ts';
import type { Basis, Draft, Step } from './draft.ts';
import { mayConflict, ownBody, withOwnTexts } from './own-texts.ts';
import { parameterFaults } from './parameter-faults.ts';
import { isFraming } from './parameter-value.ts';
import type { RequestParts, WrittenBody, WrittenParameter } from './request-parts.ts';

/** The negative cases of an operation. */
export function* negativeCases(basis: Basis): Generator<Step> {
  if (basis.depth === 'examples') return;
  for (const parameter of basis.operation.parameters) yield* parameterCases(basis, parameter);
  yield* bodyCases(basis);
}

function* parameterCases(basis: Basis, parameter: Parameter): Generator<Step> {
  const { least } = basis;
  // The transport has the last word on these.
  if (isFraming(parameter)) return;
  const label = `${parameter.in} parameter ${JSON.stringify(parameter.name)}`;
  const words = `${parameter.in} ${parameter.name}`;
  if (parameter.required && parameter.in !== 'path') {
    const without = new Map(least.parameters);
    without.delete(parameter);
    const why = below(parameter.source, 'required');
    yield refused(
      'parameter',
      `${label} missing`,
      why,
      { ...least, parameters: without },
      `${words} missing`,
    );
  }
  const overridden =
    parameter.in === 'header' &&
    least.given.some(([name]) => name.toLowerCase() === parameter.name.toLowerCase());
  for (const fault of parameterFaults(parameter, basis.depth)) {
    if (fault.kind === 'skip') {
      yield fault;
      continue;
    }
    const parts = withParameter(least, parameter, fault.written);
    const certain = fault.certain && !overridden && !isCredential(basis, parameter);
    yield { ...refused('parameter', fault.name, fault.why, parts, fault.words), certain };
  }
  if (parameter.style === 'deepObject') {
    const plain = { where: 'query', pairs: [[parameter.name, 'rehearsal']] } as const;
    const name = `${label}: a text, and not an object in brackets`;
    const parts = withParameter(least, parameter, plain);
    // To many servers it is another parameter, which they pass over.
    yield {
      ...refused('parameter', name, parameter.source, parts, `${words} plain`),
      expectation: 'any',
      certain: true,
    };
  }
}

/** Sent as a parameter, yet replaced by the credentials of the same name. */
function isCredential({ least: { credentials } }: Basis, { in: place, name }: Parameter): boolean {
  switch (place) {
    case 'header':
      return credentials.headers.some(([known]) => known.toLowerCase() === name.toLowerCase());
    case 'query':
    case 'querystring':
      return credentials.query.length > 0;
    case 'cookie':
      return credentials.cookies.length > 0;
    case 'path':
      return false;
  }
}

function withParameter(parts: RequestParts, parameter: Parameter, written: WrittenParameter): RequestParts {
  return { ...parts, parameters: new Map(parts.parameters).set(parameter, written) };
}

function* bodyCases(basis: Basis): Generator<Step> {
  const { operation, least, bodies, depth } = basis;
  const { requestBody } = operation;
  const [first] = bodies;
  if (requestBody === undefined || first === undefined) return;
  if (requestBody.required) {
    yield refused('body', 'body missing', below(requestBody.source, 'required'), {
      ...least,
      body: undefined,
    });
  }
  const stranger = 'application/x-rehearsal';
  if (!requestBody.content.some(({ mediaType }) => matchesMediaType(mediaType, stranger))) {
    const body: WrittenBody = { ...ownBody(basis, first, stranger), contentType: stranger };
    yield refused('content-type', 'content type not documented', below(requestBody.source, 'content'), {
      ...least,
      body,
    });
  }
  const json = bodies.find(({ content }) => isJson(content.mediaType));
  if (json !== undefined) {
    const body: WrittenBody = { ...json.least, bytes: new TextEncoder().encode('{"rehearsal":') };
    yield refused('body', 'body not well-formed JSON', json.content.source, { ...least, body });
  }
  const xml = bodies.find(({ content }) => isXml(content.mediaType) && !isMeantAsText(content));
  if (xml !== undefined) {
    const body: WrittenBody = { ...xml.least, bytes: new TextEncoder().encode('<rehearsal>') };
    yield refused('body', 'body not well-formed XML', xml.content.source, { ...least, body });
  }
  const seen = new Set<Schema>();
  for (const { content } of bodies) {
    // Media types often share one schema; breaking it once is enough, unless there is time for each.
    if (content.schema === undefined || (depth !== 'deep' && seen.has(content.schema))) continue;
    seen.add(content.schema);
    yield* schemaCases(basis, content, content.schema, bodies.length > 1);
  }
}

/** Documents that describe XML as a text may not care what stands in it. */
function isMeantAsText({ schema }: MediaType): boolean {
  return schema === undefined || kindsOf(schema).includes('scalar');
}

function* schemaCases(basis: Basis, content: MediaType, schema: Schema, several: boolean): Generator<Step> {
  const { least, seed, operation } = basis;
  // JSON says exactly what was written; other types are read back, and where even that says too little, the whole
  // request is held against the operation.
  const json = isJson(content.mediaType);
  const alone =
    !least.given.some(([name]) => name.toLowerCase() === 'content-type') &&
    mediaTypeFor(operation.requestBody?.content ?? [], content.mediaType) === content;
  const label = several ? `${content.mediaType} body` : 'body';
  // Optional parts are added where one of them is broken, so that a failure shows no more than it needs.
  const base = leastValue(content, schema, seed);
  const crowded = mayConflict(operation);
  for (const found of breaches(schema, base, basis.depth)) {
    if (found.kind === 'more') {
      yield { kind: 'skip', reason: 'limit', what: `more violations of the ${label}` };
      return;
    }
    if (found.kind === 'missed') {
      const { instance, keyword, reason } = found.missed;
      yield { kind: 'skip', reason: 'no-violation', what: `${label}${instance} ${keyword}: ${reason}` };
      continue;
    }
    const violation = found.value;
    const name = `${label}: ${violation.description} (${violation.keyword})`;
    const words = `${label}${violation.instance} ${violation.keyword}`;
    const value =
      crowded && base !== undefined
        ? withOwnTexts(violation.value, base, schema, seed, name)
        : violation.value;
    const written = writeBody(content, value);
    if ('why' in written) {
      yield { kind: 'skip', reason: 'not-writable', what: name };
      continue;
    }
    const invalid = alone && (json || readsInvalid(content, schema, written.body, violation.keyword));
    if (invalid === false && alone) {
      yield { kind: 'skip', reason: 'valid-on-the-wire', what: name };
      continue;
    }
    const draft = refused('body', name, violation.schema, { ...least, body: written.body }, words);
    yield { ...draft, certain: invalid === true };
  }
}

/**
 * Whether the written body, read back, still breaks the same rule, and not only another one: a number where a text is
 * wanted is a text in a form, and may be too long all the same. Undefined when it cannot be read.
 */
function readsInvalid(
  content: MediaType,
  schema: Schema,
  { contentType = '', bytes }: WrittenBody,
  keyword: string,
): boolean | undefined {
  const read = decodeBody(content, contentType, bytes);
  if ('raw' in read) return undefined;
  if ('malformed' in read) return true;
  return validate(schema, read.value, { direction: 'request' }).some(
    violation => violation.keyword === keyword || WHOLE.has(violation.keyword),
  );
}

/** Keywords that speak for what stands in them. */
const WHOLE: ReadonlySet<string> = new Set(['false', 'anyOf', 'oneOf', 'not', 'contains', 'propertyNames']);

function refused(breaks: BrokenPart, name: string, why: Source, parts: RequestParts, words = name): Draft {
  return {
    kind: 'draft',
    intent: 'negative',
    expectation: 'refused',
    breaks,
    name,
    words,
    why,
    parts,
    fromExample: false,
  };
}

function below({ document, pointer }: Source, key: string): Source {
  return { document, pointer: joinPointer(pointer, key) };
}
