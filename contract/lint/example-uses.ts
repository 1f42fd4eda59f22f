/**
 * Every value that a document gives as an example, with the schema it must fit and the way it travels. Texts that
 * stand for a value in its serialised form are read first, as the specification allows them for parameters and for
 * media types that are no JSON.
 */
import { decodeBody } from '../http/body/body.ts';
import { isForm, isJson, isJsonSequence, isMultipart, isText, isXml } from '../http/media-type.ts';
import { parseHeader, parseParameter } from '../http/parameter-style.ts';
import { joinPointer } from '../json/pointer.ts';
import { isArray, isObject, type Json, own } from '../json/value.ts';
import type { Example, Header, MediaType, Parameter, Schema } from '../model.ts';
import { isValid } from '../schema/validate.ts';
import type { Source } from '../source.ts';
import type { Survey, Way } from './survey.ts';

export interface ExampleUse {
  readonly schema: Schema;
  readonly value: Json;
  readonly way: Way;
  /** Where the value itself stands. */
  readonly source: Source;
  /** The beginning of a message about it. */
  readonly called: string;
}

/** All examples whose value is at hand and can be understood. */
export function* exampleUses(survey: Survey): Generator<ExampleUse> {
  for (const parameter of survey.parameters) {
    for (const example of parameter.examples) yield* ofParameter(survey, parameter, example);
  }
  for (const { header, way } of survey.headers) {
    for (const example of header.examples) yield* ofHeader(survey, header, way, example);
  }
  for (const { mediaType, way } of survey.mediaTypes) {
    for (const example of mediaType.examples) yield* ofMediaType(survey, mediaType, way, example);
  }
  for (const schema of survey.schemas) yield* ofSchema(survey, schema);
}

/** Examples that are told but not here: an `externalValue` that could not be read. */
export function externalExamples({ parameters, headers, mediaTypes }: Survey): readonly Example[] {
  return [
    ...parameters.flatMap(({ examples }) => examples),
    ...headers.flatMap(({ header }) => header.examples),
    ...mediaTypes.flatMap(({ mediaType }) => mediaType.examples),
  ].filter(
    ({ externalValue, external, value }) =>
      externalValue !== undefined &&
      value === undefined &&
      (external === undefined || 'unavailable' in external),
  );
}

function* ofParameter(survey: Survey, parameter: Parameter, example: Example): Generator<ExampleUse> {
  const { schema } = parameter;
  if (schema === undefined || example.value === undefined) return;
  const { value } = example;
  const told = `${named(example)} of the ${parameter.in} parameter "${parameter.name}"`;
  if (typeof value === 'string' && fitsAsText(parameter, schema, value)) return;
  yield { schema, value, way: 'request', source: valueSource(survey, example), called: told };
}

/** Before 3.1 an example could be written as it is sent: `1,2,3`, or `10` for a number. */
function fitsAsText(parameter: Parameter, schema: Schema, text: string): boolean {
  const written =
    parameter.in === 'query' || parameter.in === 'cookie' ? [text, `${parameter.name}=${text}`] : [text];
  return written.some(raw => {
    const read = parseParameter(parameter, raw);
    return 'value' in read && read.value !== undefined && isValid(schema, read.value, 'request');
  });
}

function* ofHeader(survey: Survey, header: Header, way: Way, example: Example): Generator<ExampleUse> {
  const { schema } = header;
  if (schema === undefined || example.value === undefined) return;
  const { value } = example;
  if (typeof value === 'string') {
    const read = parseHeader(header, value);
    if ('value' in read && read.value !== undefined && isValid(schema, read.value, way)) return;
  }
  yield {
    schema,
    value,
    way,
    source: valueSource(survey, example),
    called: `${named(example)} of the header "${header.name}"`,
  };
}

function* ofMediaType(
  survey: Survey,
  mediaType: MediaType,
  way: Way,
  example: Example,
): Generator<ExampleUse> {
  const called = named(example);
  const source = valueSource(survey, example);
  const schema = mediaType.schema ?? mediaType.itemSchema;
  if (schema === undefined || example.value === undefined) return;
  const value = understood(mediaType, schema, example.value, way);
  if (value === undefined) return;
  if (mediaType.schema !== undefined) yield { schema, value, way, source, called };
  else if (isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield {
        schema,
        value: item,
        way,
        source: { ...source, pointer: joinPointer(source.pointer, index) },
        called,
      };
    }
  }
}

/** The example as data; undefined when it is a text in a form that is not read here. */
function understood(mediaType: MediaType, schema: Schema, value: Json, way: Way): Json | undefined {
  if (typeof value !== 'string' || isValid(schema, value, way)) return value;
  const { mediaType: name } = mediaType;
  // A JSON text inside a string is a string; whoever means the object must write the object.
  if (isJson(name)) return value;
  if (isForm(name) || isMultipart(name) || isJsonSequence(name) || isText(name) || isXml(name)) {
    const decoded = decodeBody(
      mediaType,
      name,
      new TextEncoder().encode(value),
      way === undefined ? {} : { direction: way },
    );
    if ('malformed' in decoded) return value;
    return 'value' in decoded ? decoded.value : undefined;
  }
  return undefined;
}

function* ofSchema(survey: Survey, schema: Schema): Generator<ExampleUse> {
  if (schema.examples.length === 0) return;
  const { source } = schema;
  const list = own(survey.rawAt(source), 'examples');
  for (const [index, value] of schema.examples.entries()) {
    const tokens =
      isArray(list) && list.length === schema.examples.length ? ['examples', index] : ['example'];
    const place = { ...source, pointer: joinPointer(source.pointer, ...tokens) };
    yield { schema, value, way: undefined, source: place, called: 'The example' };
  }
}

function named({ name }: Example): string {
  return name === undefined ? 'The example' : `The example "${name}"`;
}

/** Named examples are objects around their value. */
function valueSource(survey: Survey, { name, source }: Example): Source {
  if (name === undefined) return source;
  const raw = survey.rawAt(source);
  const key =
    isObject(raw) && own(raw, 'value') === undefined && own(raw, 'dataValue') !== undefined
      ? 'dataValue'
      : 'value';
  return { ...source, pointer: joinPointer(source.pointer, key) };
}
