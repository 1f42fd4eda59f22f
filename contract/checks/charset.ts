/** Are the characters of a body in the encoding that it is said to be in? */
import { contentTypeOf, type Exchange, hasNoBody } from '../exchange.ts';
import { isJson, isText, isXml, parseMediaType } from '../http/media-type.ts';
import { answerSource } from './answer-source.ts';
import type { Check, Finding } from './check.ts';
import { isWhole } from './read-body.ts';

export const charset: Check = {
  name: 'charset',
  title: 'The charset is known, and the one that the body is in',
  severity: 'error',
  appliesTo: 'bodies of JSON, and others whose Content-Type names a charset',
  description:
    'JSON is UTF-8 and nothing else. Of texts and XML the charset must be one that browsers know, and the bytes must be readable in it. A text without charset may be in any.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.3.2',
  samples: {
    passing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Content-Type': 'application/json; charset=UTF-8' },
      body: '["Zoë"]',
    },
    failing: {
      operation: 'responses: { "200": { description: Pets } }',
      status: 200,
      headers: { 'Content-Type': 'application/json; charset=ISO-8859-1' },
      body: '["Zoë"]',
    },
  },
  check,
};

function check(exchange: Exchange): readonly Finding[] {
  const { response } = exchange;
  const type = contentTypeOf(response);
  if (type === undefined || response.body.length === 0 || hasNoBody(exchange)) return [];
  const json = isJson(type);
  const named = type.includes(';') ? parseMediaType(type)?.parameters.get('charset') : undefined;
  if (named === undefined && !json) return [];
  if (!json && !isText(type) && !isXml(type)) return [];
  const documented = json ? 'JSON in UTF-8' : 'text in a charset that can be read';
  const finding = (received: string): readonly Finding[] => [
    { received, documented, source: answerSource(exchange) },
  ];
  if (json && named !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(named))
    return finding(`JSON that says it is ${named}`);
  const decoder = decoderOf(named ?? 'utf-8');
  if (decoder === undefined) return finding(`the charset ${named}, which browsers do not know`);
  if (!isWhole(response)) return [];
  try {
    decoder.decode(response.body);
    return [];
  } catch {
    return finding(`a body that is not ${named ?? 'UTF-8'}`);
  }
}

type Decoder = InstanceType<typeof TextDecoder>;

/** By the names that a server used. Bounded, for they are strangers' words. */
const decoders = new Map<string, Decoder | undefined>();
const MOST_KEPT = 50;

function decoderOf(name: string): Decoder | undefined {
  if (decoders.has(name)) return decoders.get(name);
  let decoder: Decoder | undefined;
  try {
    decoder = new TextDecoder(name, { fatal: true });
  } catch {
    // No such encoding.
  }
  if (decoders.size < MOST_KEPT) decoders.set(name, decoder);
  return decoder;
}
