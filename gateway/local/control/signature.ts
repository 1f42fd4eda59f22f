/**
 * Checks a request's signature (AWS Signature Version 4) where that is asked for. The SDK's own signer only signs, and
 * says nothing of why a signature is not what it would have made, so this is written out.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Authorization, authorizationOf } from './authorization.ts';
import { AwsError } from './aws-error.ts';

/** Access key id to secret access key. */
export type SigningKeys = Readonly<Record<string, string>>;

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface SignatureCheck {
  readonly keys: SigningKeys;
  readonly region: string;
  /** Epoch seconds. */
  readonly now: number;
}

const SERVICE = 'apigateway';
/** Clocks may differ by so much, either way. */
const SKEW_MINUTES = 5;

/**
 * Refuses a request that is not signed, not for us, not now, or not with the secret of its access key.
 *
 * @throws AwsError MissingAuthenticationTokenException, IncompleteSignatureException, InvalidSignatureException,
 * UnrecognizedClientException
 */
export function refuseSignature(request: SignedRequest, { keys, region, now }: SignatureCheck): void {
  const authorization = authorizationOf(request.headers);
  refuseScope(authorization, region);
  refuseTime(authorization, now);
  const { accessKeyId, signature } = authorization;
  const secret = Object.hasOwn(keys, accessKeyId) ? keys[accessKeyId] : undefined;
  if (secret === undefined) {
    throw new AwsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  const toSign = [
    'AWS4-HMAC-SHA256',
    authorization.time,
    scopeOf(authorization),
    sha256(Buffer.from(canonical)),
  ].join('\n');
  const expected = hmac(signingKey(secret, authorization), toSign).toString('hex');
  if (!sameText(expected, signature)) {
    throw invalid(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n' +
        `The Canonical String for this request should have been\n'${canonical}'\n\n` +
        `The String-to-Sign should have been\n'${toSign}'\n`,
    );
  }
}

function refuseScope({ region, service, terminator, signedHeaders }: Authorization, ours: string): void {
  if (region !== ours) {
    throw invalid(`Credential should be scoped to a valid region, not '${region}'. `);
  }
  if (service !== SERVICE) throw invalid(`Credential should be scoped to correct service: '${SERVICE}'. `);
  if (terminator !== 'aws4_request') {
    throw invalid(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
    );
  }
  if (!signedHeaders.includes('host')) {
    throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
}

function refuseTime({ time, date }: Authorization, now: number): void {
  if (time.slice(0, 8) !== date) {
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${time.slice(0, 8)}', from '${time}'.`,
    );
  }
  const signed = secondsOf(time);
  const skew = SKEW_MINUTES * 60;
  if (signed < now - skew) {
    throw invalid(
      `Signature expired: ${time} is now earlier than ${timeOf(now - skew)} (${timeOf(now)} - ${SKEW_MINUTES} min.)`,
    );
  }
  if (signed > now + skew) {
    throw invalid(
      `Signature not yet current: ${time} is still later than ${timeOf(now + skew)} (${timeOf(now)} + ${SKEW_MINUTES} min.)`,
    );
  }
}

function canonicalRequest(
  { method, target, headers, body }: SignedRequest,
  signed: readonly string[],
): string {
  const query = target.indexOf('?');
  const path = query === -1 ? target : target.slice(0, query);
  return [
    method,
    canonicalPath(path),
    query === -1 ? '' : canonicalQuery(target.slice(query + 1)),
    ...signed.map(name => `${name}:${(headers[name] ?? '').trim().replaceAll(/\s+/g, ' ')}`),
    '',
    signed.join(';'),
    sha256(body),
  ].join('\n');
}

/** Escapes what is escaped already once more, as all services but S3 do. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(escaped(segment));
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => {
      const [name = '', ...value] = pair.split('=');
      return `${escaped(unescaped(name))}=${escaped(unescaped(value.join('=')))}`;
    })
    .sort()
    .join('&');
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A broken escape stays as it is: it cannot have been signed, and the signature will tell. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function signingKey(secret: string, { date, region, service, terminator }: Authorization): Buffer {
  return [date, region, service, terminator].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secret}`),
  );
}

function scopeOf({ date, region, service, terminator }: Authorization): string {
  return `${date}/${region}/${service}/${terminator}`;
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** In a time that does not tell how much of it is the same. */
function sameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function secondsOf(time: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) /
    1000
  );
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidSignatureException', message);
}
