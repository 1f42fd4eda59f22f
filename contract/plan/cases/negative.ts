/** Requests that break one rule of the document each, in the parameters, the body or around it. Credentials stand apart. */
import { mediaTypeFor } from '../../http/content.ts';
import { isJson, matchesMediaType } from '../../http/media-type.ts';
import { serializeParameter } from '../../http/parameter-style.ts';
import { joinPointer } from '../../json/pointer.ts';
import type { Json } from '../../json/value.ts';
import type { MediaType, Parameter, Schema } from '../../model.ts';
import { sample } from '../../schema/sample.ts';
import { type Breach, violate } from '../../schema/violate.ts';
import type { Source } from '../../source.ts';
import { writeBody } from './body-value.ts';
import type { Basis, Draft, Step } from './draft.ts';
import { isFraming } from './parameter-value.ts';
import type { RequestParts, WrittenBody, WrittenParameter } from './request-parts.ts';

/** Violations of one schema that are tried. */
const MOST_VIOLATIONS = { examples: 0, standard: 100, deep: 1000 } as const;

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
    yield refused(`${label} missing`, why, { ...least, parameters: without }, `${words} missing`);
  }
  const schema = parameter.schema ?? parameter.content?.schema;
  if (schema === undefined) return;
  for (const violation of limited(basis, schema, undefined)) {
    if (violation === 'more') {
      yield { kind: 'skip', reason: 'limit', what: `more violations of ${label}` };
      return;
    }
    const name = `${label}: ${violation.description} (${violation.keyword})`;
    const written = serializeParameter(parameter, violation.value);
    if (written.where === 'nowhere') {
      yield { kind: 'skip', reason: 'not-writable', what: name };
      continue;
    }
    yield refused(
      name,
      violation.schema,
      withParameter(least, parameter, written),
      `${words}${violation.instance} ${violation.keyword}`,
    );
  }
}

function withParameter(parts: RequestParts, parameter: Parameter, written: WrittenParameter): RequestParts {
  return { ...parts, parameters: new Map(parts.parameters).set(parameter, written) };
}

function* bodyCases(basis: Basis): Generator<Step> {
  const { operation, least, bodies } = basis;
  const { requestBody } = operation;
  const [first] = bodies;
  if (requestBody === undefined || first === undefined) return;
  if (requestBody.required) {
    yield refused('body missing', below(requestBody.source, 'required'), { ...least, body: undefined });
  }
  const stranger = 'application/x-rehearsal';
  if (!requestBody.content.some(({ mediaType }) => matchesMediaType(mediaType, stranger))) {
    const body: WrittenBody = { ...first.least, contentType: stranger };
    yield refused('content type not documented', below(requestBody.source, 'content'), { ...least, body });
  }
  const json = bodies.find(({ content }) => isJson(content.mediaType));
  if (json !== undefined) {
    const body: WrittenBody = { ...json.least, bytes: new TextEncoder().encode('{"rehearsal":') };
    yield refused('body not well-formed JSON', json.content.source, { ...least, body });
  }
  const seen = new Set<Schema>();
  for (const { content } of bodies) {
    // Media types often share one schema; breaking it once is enough.
    if (content.schema === undefined || seen.has(content.schema)) continue;
    seen.add(content.schema);
    yield* schemaCases(basis, content, content.schema, bodies.length > 1);
  }
}

function* schemaCases(basis: Basis, content: MediaType, schema: Schema, several: boolean): Generator<Step> {
  const { least, seed, operation } = basis;
  const exact =
    isJson(content.mediaType) &&
    !least.given.some(([name]) => name.toLowerCase() === 'content-type') &&
    mediaTypeFor(operation.requestBody?.content ?? [], content.mediaType) === content;
  const label = several ? `${content.mediaType} body` : 'body';
  const full = sample(schema, { direction: 'request', parts: 'all', seed });
  for (const violation of limited(basis, schema, 'value' in full ? full.value : undefined)) {
    if (violation === 'more') {
      yield { kind: 'skip', reason: 'limit', what: `more violations of the ${label}` };
      return;
    }
    const name = `${label}: ${violation.description} (${violation.keyword})`;
    const written = writeBody(content, violation.value);
    if ('why' in written) {
      yield { kind: 'skip', reason: 'not-writable', what: name };
      continue;
    }
    const words = `${label}${violation.instance} ${violation.keyword}`;
    yield { ...refused(name, violation.schema, { ...least, body: written.body }, words), certain: exact };
  }
}

/** The first violations of a schema, and the word that there are more. */
function* limited({ depth }: Basis, schema: Schema, base: Json | undefined): Generator<Breach | 'more'> {
  const most = MOST_VIOLATIONS[depth];
  let count = 0;
  for (const breach of violate(schema, { direction: 'request', ...(base === undefined ? {} : { base }) })) {
    if (count >= most) {
      yield 'more';
      return;
    }
    count += 1;
    yield breach;
  }
}

function refused(name: string, why: Source, parts: RequestParts, words = name): Draft {
  return { kind: 'draft', expectation: 'refused', name, words, why, parts, fromExample: false };
}

function below({ document, pointer }: Source, key: string): Source {
  return { document, pointer: joinPointer(pointer, key) };
}
