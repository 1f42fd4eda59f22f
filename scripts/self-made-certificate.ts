/**
 * A certificate made by ourselves, for `--https` without one: an X.509 certificate around a fresh P-256 key, for the
 * names of this machine. Node signs but has no maker of certificates, so the few DER structures are written here.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface Certificate {
  /** Both PEM. */
  readonly cert: string;
  readonly key: string;
}

/** Browsers refuse certificates of more than 398 days. */
const DAYS = 365;
const DAY = 86_400_000;

/** OBJECT IDENTIFIERs, already as DER contents. */
const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  keyUsage: '551d0f',
  extendedKeyUsage: '551d25',
  serverAuth: '2b06010505070301',
  subjectAltName: '551d11',
} as const;

/**
 * A certificate for some host names and addresses, valid from yesterday on for a year. The key never touches the disk.
 *
 * @param hosts - `localhost`, `127.0.0.1`, `::1`
 */
export function selfMadeCertificate(hosts: readonly string[]): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const name = sequence(set(sequence(oid(OID.commonName), der(0x0c, Buffer.from('rehearsal mock')))));
  const from = Date.now() - DAY;
  const serial = randomBytes(16);
  // Positive, and without a leading zero to argue about.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name,
    sequence(time(from), time(from + DAYS * DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(hosts))),
  );
  const signature = sign('sha256', body, privateKey);
  const cert = sequence(body, algorithm, bits(signature));
  return {
    cert: pem('CERTIFICATE', cert),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** The fingerprint that browsers show, so that a person can compare. */
export function fingerprint({ cert }: Certificate): string {
  const bytes = Buffer.from(cert.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const hex = createHash('sha256').update(bytes).digest('hex').toUpperCase();
  return hex.match(/../g)?.join(':') ?? '';
}

function extensions(hosts: readonly string[]): readonly Buffer[] {
  const names = hosts.map(host =>
    isIP(host) === 0 ? der(0x82, Buffer.from(host, 'latin1')) : der(0x87, address(host)),
  );
  return [
    // No authority: what it signs counts for nothing, should its key ever get out.
    extension(OID.basicConstraints, true, sequence()),
    extension(OID.keyUsage, true, der(0x03, Buffer.from([7, 0x80]))),
    extension(OID.extendedKeyUsage, false, sequence(oid(OID.serverAuth))),
    extension(OID.subjectAltName, false, sequence(...names)),
  ];
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  const flag = critical ? [der(0x01, Buffer.from([0xff]))] : [];
  return sequence(oid(id), ...flag, der(0x04, value));
}

/** An IP address as 4 or 16 bytes. */
function address(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from(host.split('.').map(Number));
  const [head = '', tail] = expandEmbedded(host).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return Buffer.from(groups.map(group => group.padStart(4, '0')).join(''), 'hex');
}

/** `::ffff:1.2.3.4` in hexadecimal groups, and without a zone. */
function expandEmbedded(host: string): string {
  return host
    .replace(/%.*$/, '')
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a: string, b: string, c: string, d: string) =>
      [a, b, c, d]
        .map(part => Number(part).toString(16).padStart(2, '0'))
        .join('')
        .replace(/^(....)(....)$/, '$1:$2'),
    );
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...contents: readonly Buffer[]): Buffer {
  return der(0x30, ...contents);
}

function set(...contents: readonly Buffer[]): Buffer {
  return der(0x31, ...contents);
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function bits(bytes: Buffer): Buffer {
  return der(0x03, Buffer.from([0]), bytes);
}

/** UTCTime, which serves until 2049 (4.1.2.5.1). */
function time(at: number): Buffer {
  const text = new Date(at).toISOString().replace(/\.\d+|[-:T]/g, '');
  return der(0x17, Buffer.from(text.slice(2), 'latin1'));
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
