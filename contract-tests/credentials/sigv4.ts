/**
 * AWS Signature Version 4 of a request as it is sent, for stages of API Gateway that ask for IAM.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac } from 'node:crypto';
import type { CaseRequest } from '../../contract/plan/cases/case.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  readonly region: string;
  /** `execute-api` for API Gateway. */
  readonly service: string;
}

/**
 * The request with the headers that sign it. Signed are the host, the media type, the body and all `x-amz-` headers;
 * others may change on the way.
 *
 * @param baseUrl - where the request's path begins
 */
export function signed(
  baseUrl: string,
  request: CaseRequest,
  credentials: AwsCredentials,
  now: Date,
): CaseRequest {
  const { host, pathname } = new URL(baseUrl);
  const time = `${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const added: [string, string][] = [['X-Amz-Date', time]];
  if (credentials.sessionToken !== undefined) added.push(['X-Amz-Security-Token', credentials.sessionToken]);
  const headers = [
    ...request.headers.filter(([name]) => !/^(authorization|x-amz-date|x-amz-security-token)$/i.test(name)),
    ...added,
  ];
  const given = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  const toSign = canonicalHeaders([
    ['host', given ?? host],
    ...(request.contentType === undefined ? [] : [['content-type', request.contentType] as const]),
    ...headers.filter(([name]) => /^x-amz-/i.test(name)),
  ]);
  const names = toSign.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    canonicalPath(`${pathname.replace(/\/+$/, '')}${request.path}`),
    canonicalQuery(request.query),
    ...toSign.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(request.body ?? ''),
  ].join('\n');
  const { accessKeyId, secretAccessKey, region, service } = credentials;
  const date = time.slice(0, 8);
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
  const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  const signature = hmac(key, text).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...request, headers: [...headers, ['Authorization', authorization]] };
}

type Header = readonly [name: string, value: string];

/** By name, each once, values of the same name in their order. */
function canonicalHeaders(headers: readonly Header[]): readonly Header[] {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    values.set(key, [...(values.get(key) ?? []), value.trim().replace(/ +/g, ' ')]);
  }
  return [...values]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([name, all]): Header => [name, all.join(',')]);
}

/** Encoded once more than it is sent, without empty segments and those of dots; every service but S3 does so. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encoded(segment));
  }
  const end = segments.length > 0 && /\/\.{0,2}$/.test(path) ? '/' : '';
  return `/${segments.join('/')}${end}`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => {
      const [name = '', ...value] = pair.split('=');
      return [encoded(decoded(name)), encoded(decoded(value.join('=')))] as const;
    })
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** A percent sign that encodes nothing stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** By code unit, which is not what `localeCompare` does. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer | string, data: string): Buffer {
  return createHmac('sha256', key).update(data, 'utf8').digest();
}
