/**
 * Texts for the formats of JSON Schema and of the OpenAPI format registry, each as people would write it, and each
 * longer or shorter where length asks for it.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 * @see https://spec.openapis.org/registry/format/
 */
import { hash } from '../random.ts';
import { email, instantFor, textFor, url } from './names.ts';

/** The length in characters that is wanted. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

type Writer = (name: readonly string[], variant: number, span: Span) => readonly string[];

/** Candidates for a format; undefined for formats that nobody here knows. */
export function formatted(
  format: string,
  name: readonly string[],
  variant: number,
  span: Span,
): readonly string[] | undefined {
  return WRITERS.get(format)?.(name, variant, span);
}

/** Whole seconds, because many readers of `date-time` know no others. */
function dateTime(name: readonly string[], variant: number): string {
  return `${new Date(instantFor(name, variant)).toISOString().slice(0, 19)}Z`;
}

/** A version 4 UUID, recognisable as made: the variant's number is in its last group. */
export function uuid(name: readonly string[], variant: number): string {
  const salt = name.join('-');
  const part = (key: string): string => hash(`${salt}:${variant}:${key}`).toString(16).padStart(8, '0');
  const [a, b, c, d] = [part('a'), part('b'), part('c'), part('d')];
  const kind = '89ab'[hash(a) % 4];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${kind}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

/** The text, or a longer one with the same beginning and end when more characters are wanted. */
function stretched(before: string, filling: string, after: string, { least }: Span): string {
  const missing = least - before.length - after.length;
  if (missing <= filling.length) return before + filling + after;
  return before + filling.repeat(Math.ceil(missing / filling.length)).slice(0, missing) + after;
}

/** `https://example.com/…`, with a path as long as it takes. */
function address(variant: number, name: readonly string[], span: Span): readonly string[] {
  const guess = textFor(name, variant);
  const plain = guess?.startsWith('https://') ? guess : url(variant);
  return [plain, stretched(`${plain}/`, 'path', '', span), 'http://a.co', 'http://a', 'a:b', 'a:'];
}

/** A host name of labels of up to 63 characters. */
function hostname(variant: number, { least }: Span): readonly string[] {
  const plain = variant === 0 ? 'api.example.com' : `api-${variant + 1}.example.com`;
  let long = plain;
  while (long.length < least)
    long = `${'h'.repeat(Math.max(1, Math.min(63, least - long.length - 1)))}.${long}`;
  return [plain, long, 'a.co', 'a'];
}

/** The local part may have 64 characters; beyond that the domain grows. */
function mail(name: readonly string[], variant: number, { least }: Span): readonly string[] {
  const guess = textFor(name, variant);
  const plain = guess?.includes('@') ? guess : email(variant);
  const missing = least - plain.length;
  if (missing <= 0) return [plain, 'a@b.co', 'a@b'];
  const local = `${'a'.repeat(Math.min(missing, 40))}${plain}`;
  let domain = local;
  while (domain.length < least) {
    const label = 'd'.repeat(Math.max(1, Math.min(60, least - domain.length - 1)));
    domain = domain.replace('@', `@${label}.`);
  }
  return [local, domain];
}

/** Base64 of plain text, whole groups of four. */
function base64(variant: number, { least, most }: Span): readonly string[] {
  const plain = variant === 0 ? 'c2FtcGxl' : `c2FtcGxl${['MDE=', 'MDI=', 'MDM=', 'MDQ='][variant % 4]}`;
  const groups = Math.max(1, Math.ceil(least / 4));
  return [
    plain,
    'YWJj'.repeat(Math.max(groups, 2)),
    ...(most < 4 ? [''] : []),
    'YWJj'.repeat(groups),
    'YQ==',
  ];
}

function time(name: readonly string[], variant: number): string {
  return dateTime(name, variant).slice(11);
}

function ipv6(variant: number): string {
  return `2001:db8::${(variant + 1).toString(16)}`;
}

const always =
  (...texts: readonly string[]): Writer =>
  () =>
    texts;

const uri: Writer = (name, variant, span) => address(variant, name, span);

const WRITERS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  [
    'date-time',
    (name, variant, span) => {
      const plain = dateTime(name, variant);
      return [plain, stretched(`${plain.slice(0, -1)}.`, '0', 'Z', span), `${plain.slice(0, -1)}+00:00`];
    },
  ],
  ['date', (name, variant) => [dateTime(name, variant).slice(0, 10)]],
  [
    'time',
    (name, variant, span) => {
      const plain = time(name, variant);
      return [plain, stretched(`${plain.slice(0, -1)}.`, '0', 'Z', span)];
    },
  ],
  ['duration', (_, variant, span) => [`PT${variant + 1}H`, 'P1D', stretched('PT', '1', 'S', span)]],
  ['email', mail],
  ['idn-email', mail],
  ['hostname', (_, variant, span) => hostname(variant, span)],
  ['idn-hostname', (_, variant, span) => hostname(variant, span)],
  ['ipv4', (_, variant) => [`192.0.2.${(variant % 254) + 1}`, '192.168.100.100', '1.1.1.1']],
  ['ipv6', (_, variant) => [ipv6(variant), '::1', '2001:0db8:0000:0000:0000:0000:0000:0001', '::']],
  ['uri', uri],
  ['url', uri],
  ['iri', uri],
  ['uri-reference', (name, variant, span) => [...address(variant, name, span), '/a', 'a', '']],
  ['iri-reference', (name, variant, span) => [...address(variant, name, span), '/a', 'a', '']],
  [
    'uri-template',
    (_, variant, span) => [
      variant === 0 ? 'https://example.com/{id}' : `https://example.com/${variant + 1}/{id}`,
      stretched('https://example.com/', 'path', '/{id}', span),
      '{a}',
      'a',
      '',
    ],
  ],
  ['uuid', (name, variant) => [uuid(name, variant)]],
  ['json-pointer', (_, variant, span) => [`/a/${variant}`, stretched('/', 'a', '', span), '/a', '']],
  ['relative-json-pointer', (_, variant, span) => [`${variant}/a`, stretched('0/', 'a', '', span), '0']],
  [
    'regex',
    (_, variant, span) => [variant === 0 ? '^[a-z]+$' : `^[a-z]{${variant}}$`, stretched('', 'a', '', span)],
  ],
  ['byte', (_, variant, span) => base64(variant, span)],
  ['base64', (_, variant, span) => base64(variant, span)],
  ['base64url', (_, variant, span) => base64(variant, span).map(text => text.replaceAll('=', ''))],
  [
    'password',
    (_, variant, span) => [
      `correct-horse-battery-staple${variant === 0 ? '' : `-${variant + 1}`}`,
      stretched('Aa1-', 'correct-horse', '', span),
    ],
  ],
  ['phone', (name, variant) => [textFor([...name, 'phone'], variant) ?? '+442079460000']],
  ['country', (name, variant) => [textFor([...name, 'country', 'code'], variant) ?? 'NL']],
  ['currency', (name, variant) => [textFor([...name, 'currency'], variant) ?? 'EUR']],
  ['color', always('#3366cc')],
  ['slug', (name, variant) => [textFor([...name, 'slug'], variant) ?? 'a-first-look']],
  ['char', (_, variant) => [String.fromCharCode(97 + (variant % 26))]],
  ['decimal', (_, variant, span) => [`${9 + variant}.99`, stretched('1.', '5', '', span), '1']],
  ['decimal128', (_, variant, span) => [`${9 + variant}.99`, stretched('1.', '5', '', span), '1']],
  ['double', (_, variant) => [`${1 + variant}.5`, '1']],
  ['float', (_, variant) => [`${1 + variant}.5`, '1']],
  ['int64', (_, variant, span) => [String(variant + 1), stretched('', '1', '', span)]],
  ['int32', (_, variant, span) => [String(variant + 1), stretched('', '1', '', span)]],
  ['uint64', (_, variant, span) => [String(variant + 1), stretched('', '1', '', span)]],
  ['http-date', (name, variant) => [new Date(instantFor(name, variant)).toUTCString()]],
  ['date-time-local', (name, variant) => [dateTime(name, variant).slice(0, 19)]],
  ['time-local', (name, variant) => [dateTime(name, variant).slice(11, 19)]],
  ['media-range', always('application/json', '*/*')],
  ['sf-string', (_, variant) => [`"sample-${variant + 1}"`]],
  ['sf-token', (_, variant) => [`sample-${variant + 1}`]],
  ['sf-integer', (_, variant) => [String(variant + 1)]],
  ['sf-boolean', always('?1', '?0')],
  ['sf-decimal', always('1.5')],
  ['sf-binary', always(':c2FtcGxl:')],
  ['html', always('<p>Sample</p>')],
  ['commonmark', always('A *sample* text.')],
]);
