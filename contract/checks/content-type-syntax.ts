/** Is the Content-Type a media type at all? */
import { contentTypeOf, type Exchange } from '../exchange.ts';
import { parseMediaType } from '../http/media-type.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';

export const contentTypeSyntax: Check = {
  name: 'content-type-syntax',
  title: 'The Content-Type is a media type',
  severity: 'error',
  appliesTo: 'every answer with a Content-Type',
  description:
    'A type, a slash and a subtype, then parameters. What is none, or only a range of them, tells nobody how to read the body.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      body: 'Rex',
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Content-Type': 'json' },
      body: '"Rex"',
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const type = contentTypeOf(exchange.response);
  if (type === undefined) return [];
  const media = parseMediaType(type);
  if (media !== undefined && media.type !== '*' && media.subtype !== '*') return [];
  return [
    {
      received: `Content-Type: ${type}`,
      documented: 'a media type such as application/json',
      source: answerSource(exchange),
    },
  ];
}
