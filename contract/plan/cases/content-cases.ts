/**
 * What stands around a body: content types that exist and are not documented, none at all, a charset, and bodies that
 * are not what their content type says.
 */
import { isForm, isJson, isMultipart, matchesMediaType, parseMediaType } from '../../http/media-type.ts';
import type { RequestBody } from '../../model.ts';
import { below } from '../../source.ts';
import type { Basis, Draft, Step, UsableBody } from './draft.ts';
import { ownBody } from './own-texts.ts';
import type { WrittenBody } from './request-parts.ts';

/** Types that servers read all the same when they do not look: the usual one of `curl -d` and of browsers' beacons. */
const STRANGERS = ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/json'];

export function* contentCases(basis: Basis): Generator<Step> {
  const { operation, bodies, depth } = basis;
  const { requestBody } = operation;
  const [first] = bodies;
  if (depth === 'examples' || requestBody === undefined || first === undefined) return;
  const json = bodies.find(({ content }) => isJson(content.mediaType));
  yield* typeCases(basis, requestBody, json ?? first);
  if (json !== undefined) yield* jsonCases(basis, json);
  const multipart = bodies.find(({ content }) => isMultipart(content.mediaType));
  if (multipart !== undefined) yield* multipartCases(basis, multipart);
  const form = bodies.find(({ content }) => isForm(content.mediaType));
  if (form !== undefined) yield* formCases(basis, form);
}

function* typeCases(basis: Basis, requestBody: RequestBody, usable: UsableBody): Generator<Step> {
  const why = below(requestBody.source, 'content');
  let left = basis.depth === 'deep' ? STRANGERS.length : 2;
  for (const contentType of STRANGERS) {
    if (requestBody.content.some(({ mediaType }) => matchesMediaType(mediaType, contentType))) continue;
    if ((left -= 1) < 0) break;
    yield draft(basis, 'refused', 'content-type', `content type ${contentType} not documented`, why, {
      ...ownBody(basis, usable, contentType),
      contentType,
    });
  }
  // A receiver may look at the body instead, or take it for bytes, which it may refuse (RFC 9110, 8.3).
  yield {
    ...draft(basis, 'any', 'content-type', 'content type missing', why, {
      ...ownBody(basis, usable, 'missing'),
      contentType: undefined,
    }),
    certain: true,
  };
}

function* jsonCases(basis: Basis, { content, least }: UsableBody): Generator<Step> {
  const why = content.source;
  const { contentType } = least;
  const given = basis.least.given.some(([name]) => name.toLowerCase() === 'content-type');
  // It says what is so anyhow (RFC 8259, 8.1 and 11), and many clients send it. Servers that compare the whole header
  // refuse it, and keep their document to the letter; so nothing is expected but that they do not fail.
  if (contentType !== undefined && parseMediaType(contentType)?.parameters.size === 0 && !given) {
    yield {
      kind: 'draft',
      intent: 'positive',
      expectation: 'any',
      name: 'content type with a charset',
      why,
      parts: { ...basis.least, body: { ...least, contentType: `${contentType}; charset=utf-8` } },
      fromExample: false,
    };
  }
  const text = new TextDecoder().decode(least.bytes);
  const slips: readonly (readonly [name: string, text: string])[] = [
    ['body of JSON with a comma too many', withComma(text)],
    ['body of JSON with more behind it', `${text}x`],
    ...(basis.depth === 'deep'
      ? ([
          ['body of JSON in single quotes', "{'rehearsal': 'sample'}"],
          ['body of JSON with a comment', `${text} // sample`],
          ['body of JSON with NaN', '{"rehearsal": NaN}'],
          ['body of JSON cut off', text.slice(0, -1)],
        ] as const)
      : []),
  ];
  for (const [name, slip] of slips) {
    yield draft(basis, 'refused', 'body', name, why, { ...least, bytes: bytes(slip) });
  }
}

/** Before the last bracket, where lenient readers let it pass. */
function withComma(text: string): string {
  const last = text.trimEnd().length - 1;
  const closing = text.charAt(last);
  const empty = /^[[{]\s*$/.test(text.slice(0, last));
  if (closing !== '}' && closing !== ']') return `${text},`;
  return `${text.slice(0, last)}${empty && closing === '}' ? '"rehearsal":1' : ''}${empty && closing === ']' ? '1' : ''},${closing}`;
}

function* multipartCases(basis: Basis, { content, least }: UsableBody): Generator<Step> {
  const why = content.source;
  const [type = content.mediaType] = (least.contentType ?? '').split(';');
  yield draft(basis, 'refused', 'body', 'multipart body without a boundary', why, {
    ...least,
    contentType: type,
  });
  const half = least.bytes.slice(0, Math.floor(least.bytes.length / 2));
  yield draft(basis, 'refused', 'body', 'multipart body cut off', why, { ...least, bytes: half });
}

/** Browsers take a percent sign that encodes nothing for itself (URL Standard, 5.1), so a server may too. */
function* formCases(basis: Basis, { content, least }: UsableBody): Generator<Step> {
  const text = new TextDecoder().decode(least.bytes);
  yield {
    ...draft(basis, 'any', 'body', 'form body with a percent sign that encodes nothing', content.source, {
      ...least,
      bytes: bytes(`${text}${text === '' ? '' : '&'}rehearsal=%zz`),
    }),
    certain: true,
  };
}

function draft(
  { least }: Basis,
  expectation: 'refused' | 'any',
  breaks: 'content-type' | 'body',
  name: string,
  why: Draft['why'],
  body: WrittenBody,
): Draft {
  return {
    kind: 'draft',
    intent: 'negative',
    expectation,
    breaks,
    name,
    why,
    parts: { ...least, body },
    fromExample: false,
  };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
