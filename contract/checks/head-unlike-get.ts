/** Is HEAD what GET is, without the body? */
import { claimsOf, type Exchange, earlierStep, headerValues, isAccepted } from '../exchange.ts';
import type { Check, Finding } from './check.ts';
import { JSON_TYPE, READ_PET, READ_REX } from './item-samples.ts';

export const headUnlikeGet: Check = {
  name: 'head-unlike-get',
  title: 'HEAD answers as GET does, without the body',
  severity: 'error',
  appliesTo: 'sequences: HEAD after a GET of the same address that succeeded',
  description:
    'Compares the status, where the document speaks of HEAD or HEAD succeeds, the media type, the length where both give one, and whether headers that the document requires of GET are there.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2',
  samples: {
    passing: {
      operation: READ_PET,
      method: 'GET',
      request: 'HEAD /pets/7',
      status: 200,
      headers: JSON_TYPE,
      earlier: [READ_REX],
      claims: [{ kind: 'head-of', get: 0, first: 0, documented: false }],
    },
    failing: {
      operation: READ_PET,
      method: 'GET',
      request: 'HEAD /pets/7',
      status: 200,
      headers: { 'Content-Type': 'text/html' },
      earlier: [READ_REX],
      claims: [{ kind: 'head-of', get: 0, first: 0, documented: false }],
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  return claimsOf(exchange, 'head-of').flatMap(({ get, first, documented }) => {
    const was = earlierStep(exchange, get);
    if (was === undefined) return [];
    const { source } = exchange.case.operation;
    const { status } = exchange.response;
    if (status !== was.response.status) {
      if (!documented && !isAccepted(exchange)) return [];
      return [
        { received: `status ${status}`, documented: `status ${was.response.status}, as for GET`, source },
      ];
    }
    return [...unlikeHeaders(exchange, was, earlierStep(exchange, first), documented)].map(
      ([received, expected]) => ({
        received,
        documented: `${expected}, as for GET`,
        source,
      }),
    );
  });
}

function* unlikeHeaders(
  head: Exchange,
  get: Exchange,
  first: Exchange | undefined,
  documented: boolean,
): Generator<readonly [string, string]> {
  const typed = (exchange: Exchange): string | undefined =>
    headerValues(exchange.response, 'content-type')[0];
  if (typed(head) !== undefined && typed(head) !== typed(get))
    yield [`Content-Type: ${typed(head)}`, `Content-Type: ${typed(get)}`];
  const [length] = headerValues(head.response, 'content-length');
  const coded = headerValues(get.response, 'content-encoding').length > 0;
  // What changes by itself has no length to compare with.
  const steady = first === undefined || first.response.body.length === get.response.body.length;
  // Node writes 0 for what it was not told, and so do others.
  if (
    length !== undefined &&
    length !== '0' &&
    !coded &&
    steady &&
    Number(length) !== get.response.body.length
  )
    yield [`Content-Length: ${length}`, `Content-Length: ${get.response.body.length}`];
  // A HEAD that the document describes has headers of its own, which response-headers asks for.
  if (documented) return;
  const { status } = get.response;
  const response = get.case.operation.responses.find(one => one.status === String(status));
  for (const [name, { required }] of response?.headers ?? []) {
    const there = headerValues(get.response, name).length > 0;
    if (required && there && headerValues(head.response, name).length === 0)
      yield [`no ${name}`, `the header ${name}`];
  }
}
