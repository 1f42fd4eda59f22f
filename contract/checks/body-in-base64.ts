/** Is a file sent as its bytes, or as the text that somebody wrapped them in on the way? */
import { contentTypeOf, type Exchange, hasNoBody } from '../exchange.ts';
import { parseMediaType } from '../http/media-type.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';
import { isWhole } from './read-body.ts';

export const bodyInBase64: Check = {
  name: 'body-in-base64',
  title: 'Files are sent as bytes, not in Base64',
  severity: 'error',
  appliesTo: 'bodies of pictures, PDF, ZIP and gzip',
  description:
    'A file that begins as the Base64 of its kind does is one that nobody unwrapped: a proxy that was not told what is binary, or `isBase64Encoded` forgotten. Other bytes are not judged, since many formats have no beginning of their own.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.3',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: A leaflet } }',
      status: 200,
      headers: { 'Content-Type': 'application/pdf' },
      body: '%PDF-1.7',
    },
    failing: {
      operation: 'responses: { "200": { description: A leaflet } }',
      status: 200,
      headers: { 'Content-Type': 'application/pdf' },
      body: 'JVBERi0xLjcK',
    },
  },
  check,
};

/** How the Base64 of each kind of file begins. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  'application/gzip': 'H4sI',
  'application/pdf': 'JVBERi',
  'application/zip': 'UEsD',
  'image/gif': 'R0lGOD',
  'image/jpeg': '/9j/',
  'image/png': 'iVBORw0KGgo',
  'image/webp': 'UklGR',
};

function check(exchange: Exchange): readonly Finding[] {
  const { response } = exchange;
  const type = contentTypeOf(response);
  if (type === undefined || response.body.length === 0) return [];
  const media = parseMediaType(type);
  const beginning = media && BEGINNINGS[`${media.type}/${media.subtype}`];
  if (beginning === undefined || hasNoBody(exchange) || !isWhole(response)) return [];
  const text = String.fromCharCode(...response.body.subarray(0, 64)).replace(/^"/, '');
  if (!text.startsWith(beginning) || !/^[A-Za-z0-9+/=\r\n"]*$/.test(text)) return [];
  return [
    {
      received: `${type} in Base64: ${text.slice(0, 20)}…`,
      documented: 'the bytes of the file',
      source: answerSource(exchange),
    },
  ];
}
