/** The `Authorization` header of Signature Version 4, taken apart. */
import { AwsError } from './aws-error.ts';

export interface Authorization {
  readonly accessKeyId: string;
  /** `20150830` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `aws4_request` */
  readonly terminator: string;
  /** Lower-case, in their order. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20150830T123600Z` */
  readonly time: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * @param headers - lower-case names
 * @throws AwsError MissingAuthenticationTokenException, IncompleteSignatureException
 */
export function authorizationOf(headers: Readonly<Record<string, string>>): Authorization {
  const header = headers['authorization'];
  if (header === undefined || header.trim() === '') {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const fields = fieldsOf(header);
  const time = timeOf(headers);
  const absent = [
    ...['Credential', 'Signature', 'SignedHeaders']
      .filter(name => !fields.has(name))
      .map(name => `Authorization header requires '${name}' parameter.`),
    ...(time === undefined
      ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]
      : []),
  ];
  if (absent.length > 0) {
    throw incomplete(`${absent.join(' ')} Authorization=${header.split(' ')[0]}`);
  }
  const credential = fields.get('Credential') ?? '';
  // An access key has no slash, whatever else it has.
  const [accessKeyId = '', date = '', region = '', service = '', terminator = '', ...more] =
    credential.split('/');
  if (terminator === '' || more.length > 0) {
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return {
    accessKeyId,
    date,
    region,
    service,
    terminator,
    signedHeaders: (fields.get('SignedHeaders') ?? '').toLowerCase().split(';'),
    signature: fields.get('Signature') ?? '',
    time: time ?? '',
  };
}

function fieldsOf(header: string): ReadonlyMap<string, string> {
  const [algorithm = '', ...rest] = header.trim().split(/\s+/);
  if (algorithm !== ALGORITHM) {
    throw incomplete(
      `Unsupported AWS 'algorithm': '${algorithm}'. Authorization headers of AWS begin with ${ALGORITHM}.`,
    );
  }
  const fields = new Map<string, string>();
  for (const pair of rest.join(' ').split(',')) {
    const text = pair.trim();
    if (text === '') continue;
    const equals = text.indexOf('=');
    if (equals === -1) {
      throw incomplete(
        `'${text}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`,
      );
    }
    fields.set(text.slice(0, equals), text.slice(equals + 1));
  }
  return fields;
}

/** `X-Amz-Date`, or `Date` in the same form or that of HTTP. */
function timeOf(headers: Readonly<Record<string, string>>): string | undefined {
  const given = headers['x-amz-date'] ?? headers['date'];
  if (given === undefined) return undefined;
  if (/^\d{8}T\d{6}Z$/.test(given)) return given;
  const parsed = Date.parse(given);
  if (!Number.isNaN(parsed)) return new Date(parsed).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  throw incomplete(
    `Date must be in ISO-8601 'basic format'. Got '${given}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  );
}

function incomplete(message: string): AwsError {
  return new AwsError('IncompleteSignatureException', message);
}
