/**
 * Answers that are wrong about their own length. Node's parser stops at them; here what it had read becomes an answer
 * all the same, with a word about its fault, because such an answer breaks the contract and is no matter of the network.
 */
import type { IncomingMessage } from 'node:http';
import type { FramingFault } from '../../contract/exchange.ts';

/** An error of Node's HTTP parser. */
export interface ParseError extends NodeJS.ErrnoException {
  /** The bytes that the parser stumbled over, and how many of them it had read. */
  readonly rawPacket?: Uint8Array;
  readonly bytesParsed?: number;
}

export interface MalformedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  readonly framing: FramingFault;
}

export function isParseError(error: NodeJS.ErrnoException): error is ParseError {
  return error.code?.startsWith('HPE_') === true;
}

/** The fault of an answer that was begun, as far as the parser's error tells it. */
export function faultOf(incoming: IncomingMessage, error: ParseError): FramingFault {
  if (!incoming.complete) return { kind: 'malformed', received: wordsOf(error) };
  const { rawPacket, bytesParsed = 0, code } = error;
  const read = code === 'HPE_CLOSED_CONNECTION' ? bytesParsed - 1 : bytesParsed;
  const excess = Math.max(1, (rawPacket?.length ?? 0) - read);
  return { kind: 'excess', received: `${excess} more bytes behind the end of the body` };
}

/** The fault of an answer whose connection was closed in good order too early. */
export function shortFault(incoming: IncomingMessage, bytes: number): FramingFault {
  const announced = valuesOf(incoming.rawHeaders, 'content-length')[0];
  return {
    kind: 'short',
    received:
      announced === undefined
        ? `${bytes} bytes without a last chunk, then the end of the connection`
        : `${bytes} of ${announced} bytes, then the end of the connection`,
  };
}

/**
 * The fault of an answer that is whole as JSON while more of it is announced, and nothing more comes: the length was
 * counted wrong, most often in other units than bytes. Undefined for one that may just be slow.
 */
export function overlongFault(
  { rawHeaders }: IncomingMessage,
  body: Uint8Array,
  idleMs: number,
): FramingFault | undefined {
  const [announced] = valuesOf(rawHeaders, 'content-length');
  const [type = ''] = valuesOf(rawHeaders, 'content-type');
  if (announced === undefined || !/[/+]json\b/i.test(type)) return undefined;
  try {
    JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
  const received = `${body.length} of ${announced} bytes, a whole JSON text, then nothing for ${idleMs / 1000} seconds`;
  return { kind: 'short', received };
}

/** Codes of a head that was refused for what it says about the body. */
const HEAD_FAULTS: ReadonlySet<string | undefined> = new Set([
  'HPE_INVALID_CONTENT_LENGTH',
  'HPE_INVALID_TRANSFER_ENCODING',
  'HPE_UNEXPECTED_CONTENT_LENGTH',
]);

/** The answer whose head was refused because of its framing; undefined when it cannot be made out. */
export function malformedAnswer(error: ParseError): MalformedAnswer | undefined {
  if (!HEAD_FAULTS.has(error.code)) return undefined;
  const packet = Buffer.from(error.rawPacket ?? new Uint8Array());
  const end = packet.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = packet.subarray(0, Math.max(0, end)).toString('latin1').split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1];
  if (status === undefined) return undefined;
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const raw = headers.flat();
  const lengths = valuesOf(raw, 'content-length');
  const [encoding] = valuesOf(raw, 'transfer-encoding');
  const received =
    encoding !== undefined && lengths.length > 0
      ? `Content-Length: ${lengths.join(', ')} beside Transfer-Encoding: ${encoding}`
      : lengths.length > 1
        ? `Content-Length ${lengths.length} times: ${lengths.join(', ')}`
        : encoding === undefined
          ? `Content-Length: ${lengths[0] ?? ''}`
          : `Transfer-Encoding: ${encoding}`;
  const body = new Uint8Array(packet.subarray(end + 4));
  return { status: Number(status), headers, body, framing: { kind: 'malformed', received } };
}

/** What a server sent behind an answer that ends with its headers: Node takes it for the next answer, and fails. */
export function bodyAfterEnd(
  method: string,
  { statusCode }: IncomingMessage,
  { rawPacket }: ParseError,
): Uint8Array | undefined {
  if (method !== 'HEAD' && statusCode !== 204 && statusCode !== 304) return undefined;
  const packet = Buffer.from(rawPacket ?? new Uint8Array());
  const end = packet.indexOf('\r\n\r\n');
  const body = end === -1 ? packet : packet.subarray(end + 4);
  return body.length > 0 ? body : undefined;
}

/** What an answer that is none says of itself, without the parser's own jargon. */
export function notHttp(error: ParseError): string {
  const [first, second] = error.rawPacket ?? [];
  if (first === 0x15 && second === 3) return 'it speaks TLS: does the address begin with https://?';
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'its headers are larger than 256 kB';
  return `the answer is not HTTP: ${wordsOf(error)}`;
}

function wordsOf({ message }: ParseError): string {
  return message.replace(/^Parse Error: /, '');
}

function valuesOf(raw: readonly string[], name: string): readonly string[] {
  return raw.filter((_value, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name);
}
