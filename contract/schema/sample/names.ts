/**
 * What a value is likely to look like, told from the name of its property or parameter: `firstName` is a name,
 * `countryCode` two letters. Guesses only; whether a guess fits the schema is for others to say.
 */

const split = new Map<string, readonly string[]>();
/** Names kept; those of one document are few, those of a hostile one are not. */
const MOST_KEPT = 4_000;

/** The lower-case words of a name: `billingAddress_line2` is billing, address, line2. */
export function words(name: string): readonly string[] {
  let found = split.get(name);
  if (found === undefined) {
    if (split.size >= MOST_KEPT) split.clear();
    found = splitName(name);
    split.set(name, found);
  }
  return found;
}

function splitName(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');
}

interface Person {
  readonly first: string;
  readonly last: string;
}

const PEOPLE: readonly Person[] = [
  { first: 'Ada', last: 'Lovelace' },
  { first: 'Grace', last: 'Hopper' },
  { first: 'Alan', last: 'Turing' },
  { first: 'Katherine', last: 'Johnson' },
  { first: 'Edsger', last: 'Dijkstra' },
  { first: 'Barbara', last: 'Liskov' },
  { first: 'Donald', last: 'Knuth' },
  { first: 'Margaret', last: 'Hamilton' },
];

const PLACES: readonly (readonly [
  city: string,
  country: string,
  code: string,
  region: string,
  postal: string,
])[] = [
  ['Amsterdam', 'Netherlands', 'NL', 'Noord-Holland', '1012 JS'],
  ['Lisbon', 'Portugal', 'PT', 'Lisboa', '1100-148'],
  ['Toronto', 'Canada', 'CA', 'Ontario', 'M5V 2T6'],
  ['Seoul', 'South Korea', 'KR', 'Seoul', '04524'],
  ['Nairobi', 'Kenya', 'KE', 'Nairobi', '00100'],
  ['Oslo', 'Norway', 'NO', 'Oslo', '0150'],
];

const CURRENCIES: readonly string[] = ['EUR', 'USD', 'GBP', 'JPY', 'KRW', 'CHF'];
const LANGUAGES: readonly string[] = ['en', 'nl', 'de', 'fr', 'ko', 'pt'];
const LOCALES: readonly string[] = ['en-GB', 'nl-NL', 'de-DE', 'fr-FR', 'ko-KR', 'pt-PT'];
const COLORS: readonly string[] = ['blue', 'green', 'red', 'amber', 'violet', 'grey'];
const COMPANIES: readonly string[] = ['Acme Ltd', 'Globex BV', 'Initech GmbH', 'Umbrella Oy', 'Hooli Inc'];
const TITLES: readonly string[] = ['A first look', 'The second act', 'Behind the curtain', 'An open stage'];
const TAGS: readonly string[] = ['new', 'popular', 'featured', 'archived'];
const STREETS: readonly string[] = ['Keizersgracht 1', 'Rua Augusta 22', 'King Street 103', 'Sejong-daero 4'];

const SENTENCES: readonly string[] = [
  'A short description of this item.',
  'Another description, just as short.',
  'The third one says a little more than the others.',
  'A last description closes the list.',
];

/** Picks in order, and marks later rounds so that two variants are never the same text. */
export function pick(list: readonly string[], variant: number, mark = ' '): string {
  const chosen = list[variant % list.length] ?? '';
  const round = Math.floor(variant / list.length);
  return round === 0 ? chosen : `${chosen}${mark}${round + 1}`;
}

/** Codes have no room for marks; they repeat. */
function cycle(list: readonly string[], variant: number): string {
  return list[variant % list.length] ?? '';
}

function person(variant: number): Person {
  const { first, last } = PEOPLE[variant % PEOPLE.length] ?? { first: 'Ada', last: 'Lovelace' };
  const round = Math.floor(variant / PEOPLE.length);
  return { first, last: round === 0 ? last : `${last} ${round + 1}` };
}

function login(variant: number): string {
  const { first } = person(variant);
  const round = Math.floor(variant / PEOPLE.length);
  return `${first.toLowerCase()}${round === 0 ? '' : round + 1}`;
}

export function email(variant: number): string {
  return `${login(variant)}@example.com`;
}

export function url(variant: number): string {
  return variant === 0 ? 'https://example.com' : `https://example.com/${variant + 1}`;
}

function slug(variant: number): string {
  return pick(['a-first-look', 'the-second-act', 'behind-the-curtain', 'an-open-stage'], variant, '-');
}

function phone(variant: number): string {
  // The ranges that Ofcom keeps for drama: nobody's telephone rings.
  return `+4420794600${String(variant % 100).padStart(2, '0')}`;
}

type Guess = (variant: number, all: readonly string[]) => string;

const place =
  (index: 0 | 1 | 2 | 3 | 4): Guess =>
  variant =>
    PLACES[variant % PLACES.length]?.[index] ?? '';

const sentence: Guess = variant => pick(SENTENCES, variant);

/** By the last word, or by the last two run together; the longer key wins. */
const BY_ENDING: ReadonlyMap<string, Guess> = new Map<string, Guess>([
  ['email', email],
  ['mail', email],
  ['emailaddress', email],
  ['mailaddress', email],
  ['firstname', variant => person(variant).first],
  ['givenname', variant => person(variant).first],
  ['forename', variant => person(variant).first],
  ['middlename', variant => person(variant + 1).first],
  ['lastname', variant => person(variant).last],
  ['familyname', variant => person(variant).last],
  ['surname', variant => person(variant).last],
  ['fullname', variant => `${person(variant).first} ${person(variant).last}`],
  ['displayname', variant => `${person(variant).first} ${person(variant).last}`],
  ['realname', variant => `${person(variant).first} ${person(variant).last}`],
  ['author', variant => `${person(variant).first} ${person(variant).last}`],
  ['owner', login],
  ['username', login],
  ['user', login],
  ['login', login],
  ['nickname', login],
  ['handle', login],
  ['password', () => 'correct-horse-battery-staple'],
  ['city', place(0)],
  ['town', place(0)],
  ['country', place(1)],
  ['countryname', place(1)],
  ['countrycode', place(2)],
  ['region', place(3)],
  ['state', place(3)],
  ['province', place(3)],
  ['zip', place(4)],
  ['zipcode', place(4)],
  ['postcode', place(4)],
  ['postalcode', place(4)],
  ['street', variant => pick(STREETS, variant)],
  ['address', variant => pick(STREETS, variant)],
  ['line1', variant => pick(STREETS, variant)],
  ['currency', variant => cycle(CURRENCIES, variant)],
  ['currencycode', variant => cycle(CURRENCIES, variant)],
  ['language', variant => cycle(LANGUAGES, variant)],
  ['lang', variant => cycle(LANGUAGES, variant)],
  ['locale', variant => cycle(LOCALES, variant)],
  ['timezone', () => 'Europe/Amsterdam'],
  ['phone', phone],
  ['phonenumber', phone],
  ['mobile', phone],
  ['telephone', phone],
  ['fax', phone],
  ['url', url],
  ['uri', url],
  ['href', url],
  ['link', url],
  ['website', url],
  ['homepage', url],
  ['webhook', url],
  ['avatar', variant => `https://example.com/avatars/${variant + 1}.png`],
  ['image', variant => `https://example.com/images/${variant + 1}.png`],
  ['slug', slug],
  ['hostname', () => 'api.example.com'],
  ['domain', () => 'example.com'],
  ['host', () => 'api.example.com'],
  ['ip', variant => `192.0.2.${(variant % 254) + 1}`],
  ['ipaddress', variant => `192.0.2.${(variant % 254) + 1}`],
  ['path', variant => `/a/path/${variant + 1}`],
  ['filename', variant => `file-${variant + 1}.txt`],
  ['file', variant => `file-${variant + 1}.txt`],
  ['mimetype', () => 'application/json'],
  ['contenttype', () => 'application/json'],
  ['mediatype', () => 'application/json'],
  ['color', variant => cycle(COLORS, variant)],
  ['colour', variant => cycle(COLORS, variant)],
  ['company', variant => pick(COMPANIES, variant)],
  ['organization', variant => pick(COMPANIES, variant)],
  ['organisation', variant => pick(COMPANIES, variant)],
  ['title', variant => pick(TITLES, variant)],
  ['subject', variant => pick(TITLES, variant)],
  ['headline', variant => pick(TITLES, variant)],
  ['description', sentence],
  ['summary', sentence],
  ['comment', sentence],
  ['message', sentence],
  ['body', sentence],
  ['text', sentence],
  ['content', sentence],
  ['note', sentence],
  ['notes', sentence],
  ['bio', sentence],
  ['reason', sentence],
  ['detail', sentence],
  ['status', variant => cycle(['active', 'pending', 'closed'], variant)],
  ['tag', variant => pick(TAGS, variant, '-')],
  ['tags', variant => pick(TAGS, variant, '-')],
  ['label', variant => pick(TAGS, variant, '-')],
  ['labels', variant => pick(TAGS, variant, '-')],
  ['version', variant => `1.${variant}.0`],
  ['sku', variant => `SKU-${String(1001 + variant)}`],
  ['gender', variant => cycle(['female', 'male', 'other'], variant)],
  ['price', variant => `${9 + variant}.99`],
  ['amount', variant => `${9 + variant}.99`],
  ['token', variant => `token-${variant + 1}`],
  ['id', variant => String(variant + 1)],
  ['ids', variant => String(variant + 1)],
  ['code', variant => `code-${variant + 1}`],
  ['name', (variant, all) => nameOf(variant, all)],
]);

/** `petName` is not a person's, but `customerName` is. */
function nameOf(variant: number, all: readonly string[]): string {
  const { first, last } = person(variant);
  const owner = all.at(-2);
  if (owner === undefined || PERSONS.has(owner)) return `${first} ${last}`;
  const noun = owner.charAt(0).toUpperCase() + owner.slice(1);
  return `${noun} ${variant + 1}`;
}
const PERSONS: ReadonlySet<string> = new Set([
  'customer',
  'contact',
  'author',
  'person',
  'employee',
  'guest',
  'holder',
  'owner',
  'sender',
  'recipient',
]);

/** A text for a name, `undefined` when the name says nothing. */
export function textFor(name: readonly string[], variant: number): string | undefined {
  const last = name.at(-1);
  if (last === undefined) return undefined;
  const pair = name.length > 1 ? BY_ENDING.get(`${name.at(-2)}${last}`) : undefined;
  const guess = pair ?? BY_ENDING.get(last);
  return guess?.(variant, name);
}

/** A plain text in any case: `breed` gives `sample-breed`. */
export function plainText(name: readonly string[], variant: number): string {
  const base = name.length === 0 ? 'sample' : `sample-${name.join('-')}`;
  return variant === 0 ? base : `${base}-${variant + 1}`;
}

const NUMBERS: ReadonlyMap<string, (variant: number) => number> = new Map([
  ['price', (variant: number) => 9.99 + variant],
  ['amount', (variant: number) => 9.99 + variant],
  ['cost', (variant: number) => 9.99 + variant],
  ['total', (variant: number) => 42 + variant],
  ['count', (variant: number) => 3 + variant],
  ['quantity', (variant: number) => 1 + variant],
  ['age', (variant: number) => 36 + (variant % 40)],
  ['year', (variant: number) => 2024 + (variant % 60)],
  ['month', (variant: number) => 1 + (variant % 12)],
  ['day', (variant: number) => 15 + (variant % 13)],
  ['latitude', (variant: number) => Math.round((52.3676 - variant * 1.5) * 1e4) / 1e4],
  ['lat', (variant: number) => Math.round((52.3676 - variant * 1.5) * 1e4) / 1e4],
  ['longitude', (variant: number) => Math.round((4.9041 + variant * 2.5) * 1e4) / 1e4],
  ['lng', (variant: number) => Math.round((4.9041 + variant * 2.5) * 1e4) / 1e4],
  ['lon', (variant: number) => Math.round((4.9041 + variant * 2.5) * 1e4) / 1e4],
  ['percent', (variant: number) => 50 + (variant % 50)],
  ['percentage', (variant: number) => 50 + (variant % 50)],
  ['rating', (variant: number) => 4 - (variant % 4)],
  ['port', (variant: number) => 8080 + variant],
  ['limit', (variant: number) => 10 + variant],
  ['size', (variant: number) => 10 + variant],
  ['offset', (variant: number) => variant],
  ['page', (variant: number) => 1 + variant],
  ['width', (variant: number) => 640 + variant],
  ['height', (variant: number) => 480 + variant],
  ['weight', (variant: number) => 12.5 + variant],
  // Seconds since 1970: 15 January 2024.
  ['timestamp', (variant: number) => 1_705_311_000 + variant * 86_400],
]);

/** A number for a name, `undefined` when the name says nothing. */
export function numberFor(name: readonly string[], variant: number): number | undefined {
  const guess = NUMBERS.get(name.at(-1) ?? '')?.(variant);
  return guess === undefined ? undefined : Math.round(guess * 1e4) / 1e4;
}

const LATER: ReadonlySet<string> = new Set([
  'updated',
  'modified',
  'changed',
  'edited',
  'last',
  'latest',
  'shipped',
  'paid',
  'pushed',
  'merged',
]);
const LATEST: ReadonlySet<string> = new Set([
  'end',
  'ends',
  'ended',
  'due',
  'expires',
  'expired',
  'expiry',
  'expiration',
  'until',
  'to',
  'deleted',
  'closed',
  'completed',
  'finished',
  'archived',
  'delivered',
  'cancelled',
  'canceled',
  'valid',
  'before',
  'max',
  'deadline',
]);
const BIRTH: ReadonlySet<string> = new Set(['birth', 'birthday', 'birthdate', 'dob', 'born']);

const MINUTE = 60_000;
const DAY = 86_400_000;
/** 15 January 2024, 09:30 UTC. Fixed: a sample may not hang on the day it was made. */
const START = 1_705_311_000_000;

/** The instant for a name, in milliseconds: created comes before updated, updated before expires. */
export function instantFor(name: readonly string[], variant: number): number {
  const shift = (variant % 3650) * DAY;
  if (name.some(word => BIRTH.has(word))) return Date.UTC(1990, 4, 17) + shift;
  if (name.some(word => LATEST.has(word))) return START + 365 * DAY + 90 * MINUTE + shift;
  if (name.some(word => LATER.has(word))) return START + 31 * DAY + 45 * MINUTE + shift;
  return START + shift;
}
