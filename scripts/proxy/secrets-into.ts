/** Teaches a mask what passes by as a credential, before anything is told of it. */
import { contentTypeOf, documentedResponse, type Exchange } from '../../contract/exchange.ts';
import { decodeBody } from '../../contract/http/body/body.ts';
import { mediaTypeFor } from '../../contract/http/content.ts';
import { isForm, isJson, isMultipart, isXml } from '../../contract/http/media-type.ts';
import type { MediaType } from '../../contract/model.ts';
import type { Mask } from '../../contract-tests/mask.ts';
import type { ProxyOptions } from './proxy-server.ts';
import { secretsIn } from './record/redact.ts';
import type { PassedRequest } from './traffic-exchange.ts';

const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
]);

/** Secrets that need not be taught again while they are used. */
const RECENT = 1000;

/** Of texts and files without parts nobody knows which is a secret. */
function hasNames(type: string): boolean {
  return isJson(type) || isXml(type) || isForm(type) || isMultipart(type);
}

/** Listeners that learn from headers, and from the bodies that a schema or a name calls secret. */
export function secretsInto(mask: Mask): Pick<ProxyOptions, 'onPassed' | 'onAnswered'> {
  /** The last ones, which come again with most requests; the mask itself forgets none. */
  const recent = new Set<string>();
  const isNew = (secret: string): boolean => {
    if (recent.has(secret)) return false;
    if (recent.size >= RECENT) recent.clear();
    recent.add(secret);
    return true;
  };
  const learnHeader = (line: readonly [name: string, value: string]): void => {
    if (isNew(line[1])) mask.learn([line], []);
  };
  const learnBody = (content: readonly MediaType[], type: unknown, body: Uint8Array | undefined): void => {
    if (typeof type !== 'string' || body === undefined || body.byteLength === 0 || !hasNames(type)) return;
    const mediaType = mediaTypeFor(content, type);
    const decoded = mediaType === undefined ? undefined : decodeBody(mediaType, type, body);
    if (decoded === undefined || !('value' in decoded)) return;
    const found = secretsIn(decoded.value, mediaType?.schema).filter(isNew);
    if (found.length > 0) mask.learn([], found);
  };
  return {
    onPassed: ({ operation, headers, wire }: PassedRequest) => {
      const schemes = [...operation.contract.securitySchemes.values()];
      const isSecret = (name: string): boolean =>
        SECRET_HEADERS.has(name) ||
        schemes.some(
          scheme =>
            scheme.kind === 'apiKey' && scheme.in === 'header' && scheme.parameter.toLowerCase() === name,
        );
      for (const line of headers) if (isSecret(line[0].toLowerCase())) learnHeader(line);
      learnBody(operation.requestBody?.content ?? [], wire.headers['content-type'], wire.body);
    },
    onAnswered: ({ case: { operation }, response }: Exchange) => {
      for (const line of response.headers) if (SECRET_HEADERS.has(line[0].toLowerCase())) learnHeader(line);
      const content = documentedResponse(operation, response.status)?.content ?? [];
      learnBody(content, contentTypeOf(response), response.body);
    },
  };
}
