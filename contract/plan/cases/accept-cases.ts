/**
 * Requests that say which media type they would like: each that a success is documented with, and one that is not
 * offered.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
import { matchesMediaType, parseMediaType } from '../../http/media-type.ts';
import type { MediaType, Operation, Response } from '../../model.ts';
import { below } from '../../source.ts';
import type { Basis, Draft, Step } from './draft.ts';

/** Nobody offers it, and nobody is surprised by it. */
const STRANGER = 'application/x-rehearsal';

export function* acceptCases(basis: Basis): Generator<Step> {
  if (basis.depth === 'examples') return;
  const successes = basis.operation.responses.filter(({ status }) => /^2/.test(status));
  yield* offeredCases(basis, successes);
  yield* strangerCases(basis, successes);
}

/**
 * A type that every documented success comes with must be to be had. Where it comes with one of them only, the server
 * chooses the status, so 406 may be right for this very request, and no case is made.
 */
function* offeredCases(basis: Basis, successes: readonly Response[]): Generator<Step> {
  const withBody = successes.filter(({ content }) => content.length > 0);
  const seen = new Set<string>();
  for (const { content } of withBody) {
    for (const type of content) {
      const { mediaType } = type;
      if (seen.has(mediaType) || parseMediaType(mediaType) === undefined || mediaType === '*/*') continue;
      seen.add(mediaType);
      const name = `accepting ${mediaType}`;
      const everywhere = withBody.every(other => offers(other, mediaType));
      if (everywhere) yield accepting(basis, type, name);
      else yield { kind: 'skip', reason: 'open', what: name };
    }
  }
}

function accepting({ least }: Basis, { mediaType, source }: MediaType, name: string): Draft {
  return {
    kind: 'draft',
    intent: 'positive',
    expectation: 'accepted',
    name,
    why: source,
    parts: { ...least, accept: mediaType },
    fromExample: false,
  };
}

/**
 * A server may disregard an Accept that it cannot meet and send what it has, or answer 406: both are right (RFC 9110,
 * 12.5.1), so nothing is expected but that it does not fail. Who documents a 406 has promised it.
 */
function* strangerCases({ operation, least }: Basis, successes: readonly Response[]): Generator<Step> {
  const types = successes.flatMap(({ content }) => content);
  if (types.length === 0 || types.some(({ mediaType }) => matchesMediaType(mediaType, STRANGER))) return;
  const promised = operation.responses.find(({ status }) => status === '406');
  yield {
    kind: 'draft',
    intent: 'negative',
    expectation: promised === undefined ? 'any' : 'refused',
    breaks: 'accept',
    name: 'accepting only a media type that is not documented',
    why: promised?.source ?? responsesOf(operation),
    parts: { ...least, accept: STRANGER },
    fromExample: false,
    certain: true,
  };
}

function responsesOf({ source }: Operation): Draft['why'] {
  return below(source, 'responses');
}

function offers({ content }: Response, type: string): boolean {
  return content.some(({ mediaType }) => mediaType === type || matchesMediaType(mediaType, type));
}
