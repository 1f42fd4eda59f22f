/** Rules about bodies and their media types, in requests and responses. */
import { parseMediaType } from '../../http/media-type.ts';
import type { MediaType, Operation, RequestBody } from '../../model.ts';
import type { Direction } from '../../schema/run.ts';
import type { Source } from '../../source.ts';
import { type DiffRule, withOperation } from '../rule.ts';
import type { Collector, Spot } from '../spot.ts';

const post = (body: string): string =>
  `paths:\n  /pets:\n    post:\n${body === '' ? '' : `      requestBody: ${body}\n`}      responses: { '204': { description: Kept } }\n`;
const JSON_BODY = '{ content: { application/json: {} } }';
const REQUIRED = '{ required: true, content: { application/json: {} } }';
const TWO = '{ content: { application/json: {}, application/xml: {} } }';
const answer = (content: string): string =>
  `paths:\n  /pets:\n    get:\n      responses: { '200': { description: Pets, content: ${content} } }\n`;
const form = (encoding: string): string =>
  post(
    `{ content: { multipart/form-data: { schema: { type: object, properties: { photo: {} } }, encoding: { photo: { contentType: ${encoding} } } } } }`,
  );

export const requestBodyAdded: DiffRule = {
  name: 'request-body-added',
  severity: 'safe',
  title: 'An optional request body is new.',
  why: 'Clients that send none are taken as before.',
  before: post(''),
  after: post(JSON_BODY),
};

export const requiredRequestBodyAdded: DiffRule = {
  name: 'required-request-body-added',
  severity: 'breaking',
  title: 'A required request body is new.',
  why: 'Clients that send none are refused.',
  before: post(''),
  after: post(REQUIRED),
};

export const requestBodyRemoved: DiffRule = {
  name: 'request-body-removed',
  severity: 'breaking',
  title: 'The request body is gone.',
  why: 'Clients that send one are refused, or not heard any more.',
  before: post(JSON_BODY),
  after: post(''),
};

export const requestBodyBecameRequired: DiffRule = {
  name: 'request-body-became-required',
  severity: 'breaking',
  title: 'The request body must be sent.',
  why: 'Clients that send none are refused.',
  before: post(JSON_BODY),
  after: post(REQUIRED),
};

export const requestBodyBecameOptional: DiffRule = {
  name: 'request-body-became-optional',
  severity: 'safe',
  title: 'The request body may be left out.',
  why: 'Clients that send one are taken as before.',
  before: post(REQUIRED),
  after: post(JSON_BODY),
};

export const requestMediaTypeRemoved: DiffRule = {
  name: 'request-media-type-removed',
  severity: 'breaking',
  title: 'A media type is not taken any more.',
  why: 'Clients that send it are refused.',
  before: post(TWO),
  after: post(JSON_BODY),
};

export const requestMediaTypeAdded: DiffRule = {
  name: 'request-media-type-added',
  severity: 'safe',
  title: 'A media type is taken besides.',
  why: 'Clients that send another one are taken as before.',
  before: post(JSON_BODY),
  after: post(TWO),
};

export const partEncodingChanged: DiffRule = {
  name: 'part-encoding-changed',
  severity: 'breaking',
  title: 'A part of a form or multipart body is written in another way.',
  why: 'What clients send is refused, or read as something else.',
  before: form('image/png'),
  after: form('image/jpeg'),
};

export const responseMediaTypeRemoved: DiffRule = {
  name: 'response-media-type-removed',
  severity: 'breaking',
  title: 'A media type is not sent any more.',
  why: 'Clients that ask for it, or can read nothing else, get no answer they understand.',
  before: answer('{ application/json: {}, application/xml: {} }'),
  after: answer('{ application/json: {} }'),
};

export const responseMediaTypeAdded: DiffRule = {
  name: 'response-media-type-added',
  severity: 'safe',
  title: 'A media type is sent besides.',
  why: 'Clients that say what they accept get it as before.',
  before: responseMediaTypeRemoved.after,
  after: responseMediaTypeRemoved.before,
};

export const responseBodyAdded: DiffRule = {
  name: 'response-body-added',
  severity: 'safe',
  title: 'A response that had no body has one.',
  why: 'Clients that look for none ignore it.',
  before: withOperation(''),
  after: answer('{ application/json: {} }'),
};

export const BODY_RULES: readonly DiffRule[] = [
  requestBodyAdded,
  requiredRequestBodyAdded,
  requestBodyRemoved,
  requestBodyBecameRequired,
  requestBodyBecameOptional,
  requestMediaTypeRemoved,
  requestMediaTypeAdded,
  partEncodingChanged,
  responseMediaTypeRemoved,
  responseMediaTypeAdded,
  responseBodyAdded,
];

/** The request bodies of an operation. `direction` is `response` where the API is who sends the request. */
export function compareRequestBodies(
  old: Operation,
  now: Operation,
  spot: Spot,
  direction: Direction,
  collector: Collector,
): void {
  const [before, after] = [old.requestBody, now.requestBody];
  const place = { ...spot, part: 'request body' };
  const tell = (rule: DiffRule, message: string): void =>
    collector.report(rule, place, message, sourceOf(before, old), sourceOf(after, now));
  if (before === undefined && after === undefined) return;
  if (before === undefined) {
    if (after?.required === true) tell(requiredRequestBodyAdded, 'the required body is new');
    else tell(requestBodyAdded, 'the body is new');
    return;
  }
  if (after === undefined) {
    tell(requestBodyRemoved, 'the body is gone');
    return;
  }
  if (after.required && !before.required) tell(requestBodyBecameRequired, 'the body is required now');
  if (before.required && !after.required) tell(requestBodyBecameOptional, 'the body is optional now');
  const at = { before: before.source, after: after.source };
  compareContent(before.content, after.content, place, direction, at, collector);
}

function sourceOf(body: RequestBody | undefined, operation: Operation): Source {
  return body?.source ?? operation.source;
}

/** The media types of a body. */
export function compareContent(
  old: readonly MediaType[],
  now: readonly MediaType[],
  spot: Spot,
  direction: Direction,
  at: { readonly before: Source; readonly after: Source },
  collector: Collector,
): void {
  const { report, schemas } = collector;
  const [before, after] = [byType(old), byType(now)];
  const [removed, added] =
    direction === 'request'
      ? [requestMediaTypeRemoved, requestMediaTypeAdded]
      : [responseMediaTypeRemoved, before.size === 0 ? responseBodyAdded : responseMediaTypeAdded];
  for (const [key, media] of before) {
    const other = after.get(key);
    if (other === undefined) {
      report(removed, spot, `the media type ${media.mediaType} is gone`, media.source, at.after);
      continue;
    }
    const place = { ...spot, part: `${spot.part} ${media.mediaType}` };
    const places = { before: media.source, after: other.source };
    schemas(direction, place, media.schema, other.schema, places);
    if (media.itemSchema !== undefined || other.itemSchema !== undefined)
      schemas(
        direction,
        { ...place, part: `${place.part}, each item` },
        media.itemSchema,
        other.itemSchema,
        places,
      );
    compareEncodings(media, other, place, collector);
  }
  for (const [key, media] of after)
    if (!before.has(key))
      report(added, spot, `the media type ${media.mediaType} is new`, at.before, media.source);
}

/** Names without regard to case and blanks; parameters tell types apart, as in `application/json; version=2`. */
function byType(content: readonly MediaType[]): ReadonlyMap<string, MediaType> {
  return new Map(
    content.map(media => {
      const range = parseMediaType(media.mediaType);
      if (range === undefined) return [media.mediaType, media];
      const parameters = [...range.parameters].map(pair => pair.join('='));
      return [[`${range.type}/${range.subtype}`, ...parameters.toSorted()].join(';'), media];
    }),
  );
}

function compareEncodings(old: MediaType, now: MediaType, spot: Spot, { report }: Collector): void {
  for (const name of new Set([...old.encoding.keys(), ...now.encoding.keys()])) {
    const [was, is] = [old.encoding.get(name), now.encoding.get(name)];
    const written = (encoding: typeof was): string =>
      [encoding?.contentType, encoding?.style, encoding?.style === undefined ? undefined : encoding.explode]
        .map(value => (value === undefined ? '' : String(value)))
        .join(' ')
        .trim();
    if (written(was) === written(is)) continue;
    const message = `the form of the part "${name}" is another one: ${written(was) || 'not told'} became ${written(is) || 'not told'}`;
    report(partEncodingChanged, spot, message, was?.source ?? old.source, is?.source ?? now.source);
  }
}
